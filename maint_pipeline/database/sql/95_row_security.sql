-- Row level security of what is ours: administrators read, our functions write, nobody else. In a transaction
-- of its own after everything else, and only where something is missing. Then, and not before, the grants.
-- public.security_alerts is ours only where an earlier version made it; the application's own is left as it is.
-- Locks: ACCESS EXCLUSIVE on each table that lacks row security or a policy, until this commits. Run
-- as the role that migrates, which owns the tables in public.

do $$
declare
    _wanted record;
    _under_retention regclass[];
    _hidden regclass[] := '{}';
begin
    -- What row level security hides from maintenance (hidden.sql names the same before a migration).
    if not (select rolbypassrls from pg_roles where rolname = 'maint_owner') then
        -- maint_owner could have put a view into the place of its table.
        if (select relkind = 'r' from pg_class where oid = 'maint.retention_policies'::regclass) then
            select array_agg(to_regclass(format('%I.%I', table_schema, table_name)))
            into _under_retention
            from maint.retention_policies;
        end if;
        select coalesce(array_agg(pg_class.oid::regclass), '{}') into _hidden
        from pg_class
        where relrowsecurity and relkind in ('r', 'p') and relnamespace <> 'maint'::regnamespace
            and pg_has_role(relowner, 'usage')
            and (exists (select from aclexplode(relacl) where grantee = 'maint_owner'::regrole)
                or exists (
                    select from unnest(_under_retention) as root (relation)
                    where pg_class.oid = root.relation
                        or pg_class.oid in (select relid from pg_partition_tree(root.relation))));
    end if;

    for _wanted in
        select oid::regclass as relation
        from pg_class
        where not relrowsecurity and relkind in ('r', 'p') and relname <> 'alembic_version'
            and (relnamespace = 'maint'::regnamespace
                or oid = 'public.maintenance_task_runs'::regclass
                or oid = to_regclass('public.security_alerts')
                    and obj_description(oid, 'pg_class') like 'maint_pipeline:%')
    loop
        execute format('alter table %s enable row level security', _wanted.relation);
    end loop;

    for _wanted in
        with tables as (
            select oid::regclass as relation, relnamespace = 'maint'::regnamespace as is_ours,
                oid = 'public.maintenance_task_runs'::regclass
                    or oid = to_regclass('public.security_alerts')
                        and coalesce(obj_description(oid, 'pg_class'), '') like 'maint_pipeline:%' as is_shared
            from pg_class
            where relnamespace in ('maint'::regnamespace, 'public'::regnamespace)
                and relkind in ('r', 'p') and relname <> 'alembic_version'
                or oid = any (_hidden)
        ), policies (name, definition, on_ours, on_shared, on_ledger, on_read) as (values
            ('maint_admins_read',
                'for select to authenticated using ((select maint.is_admin()))',
                true, true, true, false),
            ('maint_service_role_reads', 'for select to service_role using (true)',
                true, true, true, false),
            ('maint_owner_works', 'to maint_owner using (true) with check (true)',
                false, true, true, true),
            -- A policy of the application may show the ledger to more people: this one narrows it.
            ('maint_admins_only',
                'as restrictive to anon, authenticated using ((select maint.is_admin()))',
                false, false, true, false)
        )
        select tables.relation, policies.name, policies.definition
        from tables
        cross join policies
        where (is_ours and on_ours
                or is_shared and on_shared
                or relation = 'public.maintenance_task_runs'::regclass and on_ledger
                -- Where it could not get BYPASSRLS, the owner role needs a policy on what it works on.
                or relation = any (_hidden) and on_read)
            and not exists (
                select from pg_policy where polrelid = relation and polname = policies.name
            )
    loop
        execute format('create policy %I on %s %s',
            _wanted.name, _wanted.relation, _wanted.definition);
    end loop;

    for _wanted in
        select oid::regclass as relation
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind in ('r', 'p', 'v')
            -- Nobody else may lock the latter two, not even against a TRUNCATE: a task would wait for that.
            and relname not in ('alembic_version', 'locks', 'recent_activity')
    loop
        execute format('grant select on %s to authenticated, service_role', _wanted.relation);
    end loop;
end
$$;

-- The ledger is for administrators to read and for our functions to write, and so are alerts in a table of
-- ours. Of the application's table we keep no policy that shows its rows: an earlier version made two.
revoke all on public.maintenance_task_runs from public, anon, authenticated, service_role;
grant select on public.maintenance_task_runs to authenticated, service_role;

do $$
declare
    _table constant regclass := to_regclass('public.security_alerts');
    _policy name;
begin
    if obj_description(_table, 'pg_class') like 'maint_pipeline:%' then
        revoke all on public.security_alerts from public, anon, authenticated, service_role;
        grant select on public.security_alerts to authenticated, service_role;
        return;
    end if;
    for _policy in
        select polname
        from pg_policy
        where polrelid = _table and polname in ('maint_admins_read', 'maint_service_role_reads')
    loop
        execute format('drop policy %I on %s', _policy, _table);
    end loop;
end
$$;
