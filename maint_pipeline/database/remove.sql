-- Takes out what is ours, in one transaction and without CASCADE, so that nothing of the application
-- goes with it. A table of ours in public stays while it holds rows. maint_worker and maint_owner go where
-- no other database of the server uses them; the platform's roles stay.
-- Locks: ACCESS EXCLUSIVE on public.maintenance_task_runs, public.security_alerts and, to drop indexes and
-- a trigger, on public.audit_logs and public.backup_runs, until this commits.

do $$
declare
    _ours record;
    _column name;
    _rows bigint;
begin
    if to_regnamespace('maint') is null then
        raise notice 'There is nothing of maint_pipeline in this database.';
        return;
    end if;

    for _ours in
        select polname, polrelid::regclass as relation
        from pg_policy
        join pg_class on pg_class.oid = polrelid
        where polname in ('maint_admins_read', 'maint_service_role_reads', 'maint_owner_works',
                'maint_admins_only')
            and relnamespace in ('public'::regnamespace, 'maint'::regnamespace)
    loop
        execute format('drop policy %I on %s', _ours.polname, _ours.relation);
    end loop;
    for _ours in
        select tgname, tgrelid::regclass as relation
        from pg_trigger
        join pg_proc on pg_proc.oid = tgfoid
        where pronamespace = 'maint'::regnamespace and not tgisinternal
    loop
        execute format('drop trigger %I on %s', _ours.tgname, _ours.relation);
    end loop;

    -- All of a kind at once, because some depend on others.
    for _ours in
        select string_agg(oid::regclass::text, ', ') as views
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind = 'v'
        having count(*) > 0
    loop
        execute 'drop view ' || _ours.views;
    end loop;
    for _ours in
        select string_agg(oid::regprocedure::text, ', ') as functions
        from pg_proc
        where pronamespace = 'maint'::regnamespace
            or pronamespace = 'public'::regnamespace and pg_get_userbyid(proowner) = 'maint_owner'
        having count(*) > 0
    loop
        execute 'drop function ' || _ours.functions;
    end loop;
    for _ours in
        select string_agg(oid::regclass::text, ', ') as tables
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind in ('r', 'p')
        having count(*) > 0
    loop
        execute 'drop table ' || _ours.tables;
    end loop;
    drop type if exists maint.finding;
    drop schema maint;

    -- In public, and in auth, a comment says what we added.
    drop index if exists public.security_alerts_open_fingerprint_key;
    drop index if exists public.maintenance_task_runs_started_at_idx;
    drop index if exists public.maintenance_task_runs_running_idx;
    drop index if exists public.maintenance_task_runs_task_name_idx;
    drop index if exists public.maintenance_task_runs_outcome_idx;
    drop index if exists public.maintenance_task_runs_dagster_run_id_idx;
    drop index if exists public.maintenance_task_runs_day_idx;
    drop index if exists public.security_alerts_fingerprint_idx;
    drop index if exists public.backup_runs_unfinished_idx;
    drop index if exists public.backup_runs_successes_idx;
    drop index if exists public.backup_runs_empty_idx;
    drop index if exists public.audit_logs_time_brin_idx;

    for _ours in
        select oid::regclass as relation,
            coalesce(obj_description(oid, 'pg_class') like 'maint_pipeline:%', false) as is_created,
            relkind = 'r' and (
                select rolsuper or rolname = current_user or pg_class.relowner = datdba
                from pg_roles, pg_database
                where pg_roles.oid = relowner and datname = current_database()
            ) as is_plain
        from pg_class
        where oid in (
            to_regclass('public.maintenance_task_runs'), to_regclass('public.security_alerts'))
    loop
        if not _ours.is_created then
            for _column in
                select attname from pg_attribute
                where attrelid = _ours.relation and attnum > 0 and not attisdropped
                    and col_description(attrelid, attnum) like 'maint_pipeline:%'
            loop
                execute format('alter table %s drop column %I', _ours.relation, _column);
            end loop;
            continue;
        end if;
        -- Reading runs code of a view, and of expressions of indexes: only where we own that anyway.
        if not _ours.is_plain then
            raise notice '% stays: it belongs to somebody else, or is no table.', _ours.relation;
            continue;
        end if;
        execute format('select count(*) from %s', _ours.relation) into _rows;
        if _rows = 0 then
            execute format('drop table %s', _ours.relation);
        else
            raise notice '% stays with its % rows: drop it yourself.', _ours.relation, _rows;
        end if;
    end loop;

    for _ours in
        select oid::regprocedure as function
        from pg_proc
        where pronamespace = to_regnamespace('auth')
            and obj_description(oid, 'pg_proc') like 'maint_pipeline:%'
    loop
        execute format('drop function %s', _ours.function);
    end loop;
    if obj_description(to_regnamespace('auth'), 'pg_namespace') like 'maint_pipeline:%' then
        drop schema auth;
    end if;

    for _ours in
        select pg_class.oid::regclass as relation
        from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            and exists (
                select from aclexplode(relacl) where grantee = 'maint_owner'::regrole
                union all
                select from pg_attribute
                cross join aclexplode(attacl)
                where attrelid = pg_class.oid and grantee = 'maint_owner'::regrole
            )
    loop
        execute format('revoke all on %s from maint_owner', _ours.relation);
    end loop;
    if to_regtype('public.app_role') is not null
        and to_regprocedure('public.has_role(uuid, public.app_role)') is not null
    then
        revoke all on function public.has_role(uuid, public.app_role) from maint_owner;
    end if;
    revoke all on schema public from maint_owner;

    -- What maint migrate --server-views opened, where this role may take it back.
    if (select rolsuper from pg_roles where rolname = current_user) then
        revoke all on pg_catalog.pg_hba_file_rules, pg_catalog.pg_file_settings from maint_owner;
        revoke all on function pg_catalog.pg_hba_file_rules(),
            pg_catalog.pg_show_all_file_settings(), pg_catalog.pg_ls_archive_statusdir() from maint_owner;
    end if;

    -- The worker has nothing but its membership; it stays as long as there is what it is a member of.
    if exists (
        select from pg_shdepend
        where refclassid = 'pg_authid'::regclass
            and refobjid in (to_regrole('maint_owner'), to_regrole('maint_worker'))
    ) then
        raise notice 'The roles maint_owner and maint_worker stay: another database, or an object that was '
            'named before, depends on them.';
        return;
    end if;
    begin
        drop role if exists maint_worker;
        execute format('revoke maint_owner from %I', current_user);
        drop role if exists maint_owner;
    exception when insufficient_privilege then
        raise notice 'The roles maint_owner and maint_worker stay: % may not drop them.', current_user;
    end;
end
$$;
