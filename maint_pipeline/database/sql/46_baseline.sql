-- The approved baseline: what functions, grants, settings, rules and event triggers were when somebody found them right.

-- As they are now. Definitions are texts that can be compared and read.
create or replace function maint.baseline_now()
    returns table (kind text, object text, definition text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'function', name, pg_get_functiondef(routine) || ' -- owner ' || pg_get_userbyid(owner)
    from maint.application_functions()
    union all
    select 'grants', granted.object, string_agg(
        format('%s: %s%s', coalesce(nullif(grantee, 0)::regrole::text, 'public'), privilege_type,
            case when is_grantable then ' (may grant)' else '' end),
        e'\n' order by nullif(grantee, 0)::regrole::text nulls first, privilege_type)
    from (
        select 'function ' || application.name as object, coalesce(proacl, acldefault('f', proowner)) as acl
        from maint.application_functions() as application
        join pg_proc on pg_proc.oid = application.routine
        union all
        select format('%s %I.%I', case relkind when 'S' then 'sequence' else 'table' end,
            nspname, relname), coalesce(relacl, acldefault(
                case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner))
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            and nspname not in ('pg_catalog', 'information_schema', 'maint')
            and nspname not like 'pg\_%'
        union all
        select format('schema %I', nspname), coalesce(nspacl, acldefault('n', nspowner))
        from pg_namespace
        where nspname not in ('pg_catalog', 'information_schema', 'maint')
            and nspname not like 'pg\_%'
    ) as granted
    cross join aclexplode(granted.acl)
    group by granted.object
    union all
    select 'grants', format('role %s', member::regrole), string_agg(
        'member of ' || roleid::regrole, e'\n' order by roleid::regrole::text)
    from pg_auth_members
    group by member
    union all
    select 'setting', name, setting
    from pg_settings
    where source not in ('default', 'client', 'session', 'override', 'environment variable')
        and name not like 'maint.%'
    union all
    select 'setting', format('for %s in %s', coalesce(nullif(setrole, 0)::regrole::text, 'all roles'),
        coalesce(datname, 'all databases')), array_to_string(setconfig, e'\n')
    from pg_db_role_setting
    left join pg_database on pg_database.oid = setdatabase
    where setdatabase = 0 or datname = current_database()
    union all
    select 'event trigger', evtname, format('%s at %s for %s, function %s, owner %s', evtenabled, evtevent,
        coalesce(array_to_string(evttags, ', '), 'everything'), evtfoid::regprocedure, pg_get_userbyid(evtowner))
    from pg_event_trigger
    union all
    select 'rule', format('%I on %I.%I', rulename, nspname, relname), pg_get_ruledef(pg_rewrite.oid)
    from pg_rewrite
    join pg_class on pg_class.oid = ev_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where ev_type <> '1' and nspname not in ('pg_catalog', 'information_schema', 'maint')
$$;

-- What has changed since the baseline was approved.
create or replace function maint.baseline_drift()
    returns table (kind text, object text, change text, approved text, present text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(baseline.kind, seen.kind), coalesce(baseline.object, seen.object),
        case when baseline.object is null then 'new' when seen.object is null then 'gone'
            else 'changed' end,
        baseline.definition, seen.definition
    from maint.baseline
    full join maint.baseline_now() as seen
        on seen.kind = baseline.kind and seen.object = baseline.object
    where seen.definition is distinct from baseline.definition
    order by 1, 2
$$;

-- Makes what is there now the baseline: all of it, or what is of that kind and object. Returns how
-- many entries it changed.
create or replace function maint.approve_baseline(_kind text default null, _object text default null)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _drift record;
    _changed bigint := 0;
begin
    lock table maint.baseline in share row exclusive mode;
    for _drift in
        select drift.kind, drift.object, drift.present
        from maint.baseline_drift() as drift
        where (_kind is null or drift.kind = _kind) and (_object is null or drift.object = _object)
    loop
        if _drift.present is null then
            delete from maint.baseline
            where baseline.kind = _drift.kind and baseline.object = _drift.object;
        else
            insert into maint.baseline as known (kind, object, definition, approved_by)
            values (_drift.kind, _drift.object, _drift.present, maint.caller())
            on conflict on constraint baseline_pkey do update
            set definition = excluded.definition, approved_by = excluded.approved_by,
                approved_at = clock_timestamp();
        end if;
        _changed := _changed + 1;
    end loop;
    return _changed;
end
$$;
