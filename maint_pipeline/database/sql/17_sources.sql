-- The parts that relations of the application play, and what our code reads of each. Our code reads them
-- through one function for each part, maint.audit_log() and so on, which 19_source_binding.sql makes out of
-- maint.sources. 19_source_rules.sql says which rows of maint.sources are accepted.

-- What plays each part unless maint.sources says otherwise.
create or replace function maint.source_defaults()
    returns table (part text, table_schema text, table_name text)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select listed.part, 'public', listed.name
    from (values
        ('audit_log', 'audit_logs'),
        ('organizations', 'orgs'),
        ('backup_settings', 'backup_settings'),
        ('backup_runs', 'backup_runs'),
        ('user_roles', 'user_roles'),
        ('profiles', 'profiles'),
        ('data_export_requests', 'data_export_requests'),
        ('security_alerts', 'security_alerts')
    ) as listed (part, name)
$$;

-- The columns of each part that something reads; profiles and export requests are only known of yet.
--
-- kind says which type a column has: key (the application's own, of identities), text, time (with a time
-- zone), number (the application's own), boolean, address (text). fallback: what stands for a column that
-- is not mapped, where nothing is lost by it; %s in it is the part's first column.
create or replace function maint.source_columns()
    returns table (part text, place integer, name text, kind text, fallback text)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select listed.part, (row_number() over (partition by listed.part order by listed.line))::integer,
        listed.name, listed.kind, listed.fallback
    from (values
        (1, 'audit_log', 'id', 'key', null),
        (2, 'audit_log', 'time', 'time', null),
        (3, 'audit_log', 'user_id', 'key', null),
        (4, 'audit_log', 'entity', 'text', null),
        (5, 'audit_log', 'entity_id', 'key', null),
        (6, 'audit_log', 'action', 'text', null),
        (7, 'audit_log', 'payload_hash', 'text', null),
        (8, 'audit_log', 'ip_address', 'address', null),
        (9, 'audit_log', 'user_agent', 'text', null),
        (10, 'organizations', 'id', 'key', null),
        (11, 'organizations', 'name', 'text', '(%s)::pg_catalog.text'),
        (12, 'organizations', 'deleted_at', 'time', null),
        (13, 'backup_settings', 'org_id', 'key', null),
        (14, 'backup_settings', 'enabled', 'boolean', 'true'),
        (15, 'backup_settings', 'bucket', 'text', null),
        (16, 'backup_settings', 'access_key_encrypted', 'text', null),
        (17, 'backup_settings', 'secret_key_encrypted', 'text', null),
        (18, 'backup_settings', 'created_at', 'time', '''-infinity''::timestamptz'),
        (19, 'backup_runs', 'id', 'key', null),
        (20, 'backup_runs', 'org_id', 'key', null),
        (21, 'backup_runs', 'status', 'text', null),
        (22, 'backup_runs', 'file_url', 'text', null),
        (23, 'backup_runs', 'started_at', 'time', null),
        (24, 'backup_runs', 'finished_at', 'time', null),
        (25, 'backup_runs', 'tables_count', 'number', null),
        (26, 'backup_runs', 'rows_count', 'number', null),
        (27, 'backup_runs', 'notes', 'text', null),
        (28, 'user_roles', 'user_id', 'key', null),
        (29, 'user_roles', 'role', 'text', null),
        (30, 'profiles', 'id', 'key', null),
        (31, 'data_export_requests', 'id', 'key', null)
    ) as listed (line, part, name, kind, fallback)
$$;

-- The relation of that name, whatever the current role may see of it; null where there is none.
create or replace function maint.relation_of(_schema text, _name text) returns oid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_class.oid
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = _schema and relname = _name
$$;

-- The relation that plays a part; null where there is none.
create or replace function maint.source_relation(_part text) returns regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select maint.relation_of(table_schema, table_name)::regclass from maint.sources where part = _part
$$;

-- Why the current role can't read a relation, as text; null if it can. Never raises.
create or replace function maint.unreadable(_relation oid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select case
            when relkind not in ('r', 'p', 'v', 'm', 'f')
                then format('%I.%I is no table or view', nspname, relname)
            when not maint.is_trusted(relowner) then format(
                '%I.%I belongs to a role that is not trusted (maint migrate --trust)', nspname, relname)
            when not has_schema_privilege(pg_namespace.oid, 'usage') then format(
                'needs usage on schema %I for %I', nspname, current_user)
            when not has_table_privilege(pg_class.oid, 'select') then format(
                'needs select on %I.%I for %I', nspname, relname, current_user)
            else maint.hides_rows(pg_class.oid, '{r}')
        end
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where pg_class.oid = _relation
    );
end
$$;

-- Why the current role can't read a source at all, as text; null if it can.
create or replace function maint.source_problem(_part text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when state = 'none' then format('the application has no %s (maint sources)', part)
        when maint.source_relation(part) is null then format('%I.%I does not exist', table_schema, table_name)
        else maint.unreadable(maint.source_relation(part))
    end
    from maint.sources
    where part = _part
$$;

-- Why a column of a source can't be read, as text; null where it can. What was checked when the source was
-- bound is compared with the catalog as it is now: one column that has changed since makes all unreadable.
create or replace function maint.source_column_problem(_part text, _name text) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _problem text := maint.source_problem(_part);
    _relation constant regclass := maint.source_relation(_part);
begin
    if _problem is not null then
        return _problem;
    end if;
    select format('column %I of %s has changed since it was checked: the next run checks it again',
        bound.column_name, _relation)
    into _problem
    from maint.bound_columns as bound
    where bound.part = _part and bound.column_name is not null and not exists (
            select from pg_attribute
            where attrelid = _relation and attname = bound.column_name and not attisdropped
                and format_type(atttypid, atttypmod) = bound.column_type)
    order by bound.place
    limit 1;
    if not found then
        select bound.problem into _problem
        from maint.bound_columns as bound
        where bound.part = _part and bound.name = _name;
        if not found then
            _problem := format('nothing is known of %s.%s: run maint migrate', _part, _name);
        end if;
    end if;
    if _problem is null and _name = 'org_id' then
        select format('%s.org_id is of type %s and organizations.id of type %s (maint sources set %1$s '
            '--column org_id=EXPRESSION)', _part, bound.type, organization.type)
        into _problem
        from maint.bound_columns as bound
        join maint.bound_columns as organization
            on organization.part = 'organizations' and organization.name = 'id'
                and organization.expression is not null
        where bound.part = _part and bound.name = 'org_id' and bound.type <> organization.type
            and not array[bound.type, organization.type] <@ '{smallint,integer,bigint,numeric}';
    end if;
    return _problem;
end
$$;
