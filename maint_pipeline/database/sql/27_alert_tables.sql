-- Which tables hold alerts. New ones go to one: the application's public.security_alerts where it has our
-- columns and nothing prevents it (maint.alerts_table_problem(), from database/alerts_table.sql), our
-- maint.alerts elsewhere. Whatever is in either is read, kept in line and closed alike, so that nothing is
-- lost or notified twice when that changes. docs/decisions/0036.

-- The application's table, whatever its shape, as far as it has what is read and written to resolve an alert
-- and delete it later; null where there is none, or where it may not be touched.
create or replace function maint.application_alerts() returns regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select relation.oid::regclass
    from pg_class as relation
    where relation.oid = to_regclass('public.security_alerts')
        and relation.relkind in ('r', 'p')
        and not exists (
            select from pg_attribute as needed
            left join pg_attribute as found on found.attrelid = relation.oid
                and found.attname = needed.attname and found.atttypid = needed.atttypid
                and not found.attisdropped
            where needed.attrelid = 'maint.alerts'::regclass and found.attname is null
                and needed.attname in ('id', 'alert_type', 'severity', 'details', 'resolved',
                    'resolved_at', 'resolved_by', 'created_at')
        )
        and has_table_privilege('maint_owner', relation.oid, 'select')
        and has_table_privilege('maint_owner', relation.oid, 'update')
        and has_table_privilege('maint_owner', relation.oid, 'delete')
        and (not relation.relrowsecurity
            or (select rolbypassrls from pg_roles where rolname = 'maint_owner')
            or exists (
                select from pg_policy where polrelid = relation.oid and polname = 'maint_owner_works'))
        and maint.trust_problem(relation.oid) is null
$$;

-- The same where it has our columns: alerts of ours may be in it.
create or replace function maint.shared_alerts() returns regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select table_name
    from maint.application_alerts() as table_name
    where has_table_privilege('maint_owner', table_name, 'insert')
        and not exists (
            select from pg_attribute as needed
            left join pg_attribute as found on found.attrelid = table_name
                and found.attname = needed.attname and found.atttypid = needed.atttypid
                and not found.attisdropped
            where needed.attrelid = 'maint.alerts'::regclass and needed.attnum > 0
                and not needed.attisdropped and found.attname is null
        )
$$;

-- Why alerts do not go into the application's table, as text; null where they do.
create or replace function maint.alerts_table_problem() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select maint.alerts_table_problem(
        'public.security_alerts',
        (
            select maint.trusted_function(coalesce(value, 'public.has_role(uuid, public.app_role)'))
                ::regprocedure::text
            from maint.settings where name = 'admin_test'
        ),
        array(select role::text from maint.trusted_owners))
$$;

-- Where new alerts go.
create or replace function maint.alert_home() returns regclass
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _shared constant regclass := maint.shared_alerts();
begin
    if _shared is not null and maint.alerts_table_problem() is null then
        return _shared;
    end if;
    return 'maint.alerts';
end
$$;

-- The tables that hold alerts, ours or the application's own.
create or replace function maint.alert_tables() returns setof regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select relation
    from unnest(array['maint.alerts'::regclass, maint.application_alerts()]) as relation
    where relation is not null
$$;

-- Those that hold alerts of ours.
create or replace function maint.own_alert_tables() returns setof regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select relation
    from unnest(array['maint.alerts'::regclass, maint.shared_alerts()]) as relation
    where relation is not null
$$;

-- The table that an alert is in, ours or the application's own; null where there is none of that id.
create or replace function maint.alert_table(_alert_id uuid) returns regclass
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (select from maint.alerts where id = _alert_id) then
        return 'maint.alerts';
    elsif exists (select from maint.known_alerts() where id = _alert_id) then
        return maint.application_alerts();
    end if;
    return null;
end
$$;

-- Runs a statement on each of some tables, %1$s of its text, as maint.write_application() does on one.
-- Returns all ids together.
create or replace function maint.write_alerts(
    _tables regclass[], _statement text, _values jsonb, _ids uuid[] default null
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass;
    _written uuid[] := '{}';
begin
    foreach _table in array _tables loop
        _written := _written
            || maint.write_application(_table, format(_statement, _table), _values, _ids);
    end loop;
    return _written;
end
$$;

-- What maint.known_alerts() has to be now.
create or replace function maint.known_alerts_query() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with columns as (
        select string_agg(format('%I', needed.attname), ', ' order by needed.attnum) as ours,
            string_agg(
                case when found.attname is null then format('null::pg_catalog.%I', typname)
                    else format('%I', found.attname) end,
                ', ' order by needed.attnum) as theirs
        from pg_attribute as needed
        join pg_type on pg_type.oid = needed.atttypid
        left join pg_attribute as found on found.attrelid = maint.application_alerts()
            and found.attname = needed.attname and found.atttypid = needed.atttypid
            and not found.attisdropped
        where needed.attrelid = 'maint.alerts'::regclass and needed.attnum > 0 and not needed.attisdropped
    )
    select format('select %s from maint.alerts', ours)
        || coalesce(' union all select ' || theirs || ' from ' || maint.application_alerts()::text, '')
    from columns
$$;

-- Makes maint.known_alerts() what it has to be: all alerts of both tables. It is a function of one query
-- without settings, so that PostgreSQL puts it in the place of its call and uses the tables' indexes, and no
-- view, which would keep the application from altering its table (docs/decisions/0002). Called by whatever
-- is about to work with alerts, because the application may drop or change its table at any time. Returns
-- whether anything had changed. Locks: none on tables.
create or replace function maint.follow_alert_tables() returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.known_alerts_query()
        = (select prosrc from pg_proc where oid = to_regprocedure('maint.known_alerts()'))
    then
        return false;
    end if;
    perform maint.wait_for_lock('alert tables');
    execute format(
        'create or replace function maint.known_alerts() returns setof maint.alerts language sql stable as %L',
        maint.known_alerts_query());
    return true;
end
$$;

select maint.follow_alert_tables();
