-- What the checks of the configuration have in common.

-- False is no answer: the check is not applicable, for the reason given.
create or replace function maint.require(_is_so boolean, _reason text) returns boolean
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _is_so is not true then
        raise exception using errcode = 'MA001', message = _reason;
    end if;
    return true;
end
$$;

-- The size of a relation, null for a temporary one: its session may keep it locked, and everybody may make
-- some. Locks: ACCESS SHARE on it, while it looks.
create or replace function maint.relation_bytes(_relation oid) returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when relpersistence <> 't' then pg_relation_size(oid) end
    from pg_class
    where oid = _relation
$$;

-- The schemas that the API serves: what maint.settings says, or what PostgREST reads from the
-- database's roles, or public.
create or replace function maint.exposed_schemas() returns setof oid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with configured (list) as (
        select coalesce(
            (select value from maint.settings where name = 'exposed_schemas'),
            (
                select string_agg(substr(entry, length('pgrst.db_schemas=') + 1), ',')
                from pg_db_role_setting
                cross join unnest(setconfig) as entry
                where entry like 'pgrst.db_schemas=%'
                    and setdatabase in (
                        0, (select oid from pg_database where datname = current_database()))
            ),
            'public')
    )
    select distinct pg_namespace.oid
    from configured
    cross join regexp_split_to_table(configured.list, '\s*,\s*') as name
    join pg_namespace on nspname = btrim(name)
$$;

drop function if exists maint.api_roles();

-- The roles with which the API works: for anonymous and for signed-in users.
create or replace function maint.api_roles() returns table (role oid, name text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_roles.oid, rolname::text from pg_roles where rolname in ('anon', 'authenticated')
$$;

-- Tables, views and the like that the API serves, ours and those of extensions aside.
create or replace function maint.exposed_relations(_kinds text)
    returns table (relation regclass, name text, owner oid, kind "char", schema oid)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_class.oid::regclass, format('%I.%I', nspname, relname), relowner, relkind,
        relnamespace
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relnamespace in (select maint.exposed_schemas())
        and strpos(_kinds, relkind::text) > 0
        and not exists (
            select from pg_depend
            where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
        )
$$;

-- What the API's views and the like read with the rights of their owners, directly or through others:
-- those with security_invoker show only what the caller could read anyway.
create or replace function maint.read_by_owners(_kinds text)
    returns table (view regclass, name text, relation oid)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with recursive used as materialized (
        -- What each view is made of; in a view of the platform's or the server's nobody looks further.
        select distinct ev_class as view, refobjid as relation, relkind = 'm' or not coalesce((
            select option_value::boolean
            from pg_options_to_table(reloptions) where option_name = 'security_invoker'), false) as by_owner
        from pg_depend
        join pg_rewrite on pg_rewrite.oid = pg_depend.objid
        join pg_class on pg_class.oid = ev_class
        where classid = 'pg_rewrite'::regclass and refclassid = 'pg_class'::regclass and refobjid <> ev_class
            and relnamespace not in (
                'pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'maint'::regnamespace)
    ), reading (view, name, relation, by_owner) as (
        select exposed.relation, exposed.name, exposed.relation::oid, false
        from maint.exposed_relations(_kinds) as exposed
        union
        -- Each view decides for what it reads itself: one with the reader's rights within one of an owner's too.
        select reading.view, reading.name, used.relation, used.by_owner
        from reading
        join used on used.view = reading.relation
        -- Past one with the reader's rights only readers come who may read what it is made of.
        where used.by_owner or exists (
            select from pg_class
            cross join maint.api_roles() as visitor
            where pg_class.oid = used.relation and has_schema_privilege(visitor.role, relnamespace, 'usage')
                and has_any_column_privilege(visitor.role, used.relation, 'select'))
    )
    select distinct reading.view, reading.name, reading.relation from reading where reading.by_owner
$$;

-- A rule of pg_hba.conf as it is written, whatever its line.
create or replace function maint.hba_rule(_rule pg_hba_file_rules) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select concat_ws(' ', _rule.type, array_to_string(_rule.database, ','),
        array_to_string(_rule.user_name, ','), _rule.address, _rule.netmask, _rule.auth_method)
$$;

-- A text as a regular expression that matches just that text, whatever somebody has called an object.
create or replace function maint.regex_of(_text text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select regexp_replace(_text, '(\W)', '\\\1', 'g') $$;

-- The application's functions in any schema that is not the system's, an extension's or ours.
create or replace function maint.application_functions()
    returns table (
        routine regprocedure, name text, owner oid, is_definer boolean, config text[], schema oid
    )
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_proc.oid::regprocedure, pg_proc.oid::regprocedure::text, proowner, prosecdef,
        coalesce(proconfig, '{}'), pronamespace
    from pg_proc
    join pg_namespace on pg_namespace.oid = pronamespace
    where prokind <> 'a'
        and nspname not in ('pg_catalog', 'information_schema', 'maint')
        and nspname not like 'pg\_%'
        -- Ours in public ask for themselves who calls them (10_authorization.sql).
        and proowner <> 'maint_owner'::regrole
        and not exists (
            select from pg_depend
            where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
        )
$$;

-- Whether a policy of these roles concerns one of the API's roles: itself, PUBLIC, or one it is in.
create or replace function maint.concerns(_roles oid[], _visitor oid) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from unnest(_roles) as role
        where role = 0 or pg_has_role(_visitor, role, 'usage')
    )
$$;

-- Elements of a list that an administrator wrote with commas.
create or replace function maint.listed(_list text) returns text[]
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select regexp_split_to_array(btrim(_list), '\s*,\s*')
$$;

-- Lets a finding raise no alert until then (null: for good), and resolves its open one. The object need not be
-- found now.
create or replace function maint.ignore_finding(
    _fingerprint text, _reason text, _until timestamptz default null
) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _check constant text := split_part(_fingerprint, ':', 1);
begin
    if not exists (select from maint.checks where name = _check) then
        raise undefined_object using message = format(
            'there is no check %s: a fingerprint is CHECK:OBJECT, as alerts and findings have it',
            _check);
    end if;
    if _reason !~ '\S' then
        raise check_violation using
            message = 'a finding is ignored for a reason, for whoever looks later';
    end if;
    insert into maint.ignored_findings (fingerprint, reason, ignored_by, ignored_until)
    values (_fingerprint, _reason, maint.caller(), _until)
    on conflict (fingerprint) do update
    set reason = excluded.reason, ignored_by = excluded.ignored_by,
        ignored_at = clock_timestamp(), ignored_until = excluded.ignored_until;

    perform maint.lock_alerts(_check);
    perform maint.resolve_alert(alert.id, maint.ignored_evidence(_fingerprint))
    from maint.known_alerts() as alert
    where alert.fingerprint = _fingerprint and alert.alert_type = _check and alert.resolved is not true
        and maint.ignored_evidence(_fingerprint) is not null;
end
$$;

drop function if exists maint.heed_finding(text);

-- Ends it. Returns whether the finding was ignored.
create or replace function maint.unignore_finding(_fingerprint text) returns boolean
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with unignored as (
        delete from maint.ignored_findings
        where fingerprint = _fingerprint
        returning coalesce(ignored_until, 'infinity') > now() as was_ignored
    )
    select coalesce(bool_or(was_ignored), false) from unignored
$$;
