-- What the owner role may do with the application's tables: read what the checks read, delete what
-- the built-in policies purge. Run as the role that migrates, which owns these tables or may grant.

do $$
declare
    _wanted record;
begin
    for _wanted in
        select to_regclass(relation) as relation, privileges
        from (values
            ('public.orgs', 'select'),
            ('public.org_users', 'select'),
            ('public.profiles', 'select'),
            ('public.user_roles', 'select'),
            ('public.backup_settings', 'select'),
            ('public.backup_runs', 'select'),
            ('public.data_export_requests', 'select'),
            -- Skipping locked rows takes a row lock, for which UPDATE on one column suffices.
            ('public.audit_logs', 'select, delete, update (id)'),
            ('public.security_alerts', 'select, insert, update, delete'),
            ('public.maintenance_task_runs', 'select, insert, update')
        ) as listed (relation, privileges)
        where to_regclass(relation) is not null
    loop
        execute format('grant %s on %s to maint_owner', _wanted.privileges, _wanted.relation);
    end loop;

    if to_regnamespace('auth') is not null then
        grant usage on schema auth to maint_owner;
    end if;
    if to_regprocedure('auth.uid()') is not null then
        grant execute on function auth.uid() to maint_owner;
    end if;
    if to_regtype('public.app_role') is not null
        and to_regprocedure('public.has_role(uuid, public.app_role)') is not null
    then
        execute 'grant execute on function public.has_role(uuid, public.app_role) to maint_owner';
    end if;
end
$$;

grant usage on schema public to maint_owner;

-- The ledger and the alerts are for administrators to read and for our functions to write.
revoke all on public.maintenance_task_runs from public, anon, authenticated, service_role;
grant select on public.maintenance_task_runs to authenticated, service_role;
revoke all on public.security_alerts from public, anon;

do $$
declare
    _table regclass;
begin
    foreach _table in array array['public.maintenance_task_runs', 'public.security_alerts']::regclass[]
    loop
        execute format('alter table %s enable row level security', _table);
        execute format('drop policy if exists maint_admins_read on %s', _table);
        execute format(
            'create policy maint_admins_read on %s for select to authenticated '
            'using ((select maint.is_admin()))', _table);
        execute format('drop policy if exists maint_service_role_reads on %s', _table);
        execute format(
            'create policy maint_service_role_reads on %s for select to service_role using (true)',
            _table);
        execute format('drop policy if exists maint_owner_works on %s', _table);
        execute format(
            'create policy maint_owner_works on %s to maint_owner using (true) with check (true)',
            _table);
    end loop;
end
$$;
