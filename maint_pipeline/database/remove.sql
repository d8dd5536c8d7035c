-- Takes out our tables, the schema and the roles, after remove_additions.sql in the same transaction. history.py
-- has written down what our tables hold. maint_worker, maint_owner and maint_repairer go where no other database of
-- the server uses them; the platform's roles stay.
-- Reads maint.keep_history (on: our tables stay, closed to everybody but their owner).
-- Locks: ACCESS EXCLUSIVE on our own tables.

do $$
declare
    _keep_history constant boolean := current_setting('maint.keep_history');
    _ours record;
begin
    if _keep_history then
        for _ours in
            select distinct format('revoke all on %s %s from %s',
                case relkind when 'S' then 'sequence' else 'table' end, pg_class.oid::regclass,
                coalesce(nullif(grantee, 0)::regrole::text, 'public')) as statement
            from pg_class
            cross join aclexplode(relacl)
            where grantee <> relowner and relkind in ('r', 'p', 'S')
                and (relnamespace = 'maint'::regnamespace
                    or pg_class.oid in (to_regclass('public.maintenance_task_runs'),
                            to_regclass('public.security_alerts'))
                        and obj_description(pg_class.oid, 'pg_class') like 'maint_pipeline:%')
            union all
            select distinct format('revoke all on schema maint from %s',
                coalesce(nullif(grantee, 0)::regrole::text, 'public'))
            from pg_namespace
            cross join aclexplode(nspacl)
            where nspname = 'maint' and grantee <> nspowner
        loop
            execute _ours.statement;
        end loop;
        comment on schema maint is 'maint_pipeline: removed, its tables are kept';
        return;
    end if;

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

    -- What maint repairs enable has made. The role goes where no other database of the server uses it.
    if (select nspowner = to_regrole('maint_repairer') from pg_namespace where nspname = 'maint_repairs') then
        begin
            drop schema maint_repairs cascade;
            if not exists (
                select from pg_shdepend
                where refclassid = 'pg_authid'::regclass and refobjid = to_regrole('maint_repairer'))
            then
                drop role maint_repairer;
            end if;
        exception when insufficient_privilege then
            raise notice 'The schema maint_repairs and the role maint_repairer stay: % may not drop them.', current_user;
        end;
    end if;

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
