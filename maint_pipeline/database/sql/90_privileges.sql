-- Who may call what. Applied after everything else and in the same transaction, so that no function of ours is
-- left with the EXECUTE that PostgreSQL grants to PUBLIC, or default privileges to anybody. Tables are opened
-- by 95_row_security.sql. Locks: none on tables.

do $$
declare
    _granted record;
begin
    for _granted in
        select distinct pg_proc.oid::regprocedure as function,
            coalesce(nullif(grantee, 0)::regrole::text, 'public') as grantee
        from pg_proc
        cross join aclexplode(coalesce(proacl, acldefault('f', proowner)))
        where grantee <> proowner
            and (pronamespace = 'maint'::regnamespace
                or pronamespace = 'public'::regnamespace and proowner = 'maint_owner'::regrole)
    loop
        execute format('revoke all on function %s from %s', _granted.function, _granted.grantee);
    end loop;

    for _granted in
        select oid::regprocedure as function
        from pg_proc
        where pronamespace in ('maint'::regnamespace, 'public'::regnamespace)
            and proowner = 'maint_owner'::regrole
            and obj_description(oid, 'pg_proc') = 'maint_pipeline: called from outside'
    loop
        execute format('grant execute on function %s to authenticated, service_role', _granted.function);
    end loop;

    for _granted in
        select distinct pg_class.oid::regclass as name,
            coalesce(nullif(grantee, 0)::regrole::text, 'public') as grantee
        from pg_class
        cross join aclexplode(relacl)
        where relnamespace = 'maint'::regnamespace and relkind = 'v' and grantee <> relowner
    loop
        execute format('revoke all on %s from %s', _granted.name, _granted.grantee);
    end loop;

    -- Views have just been created again. Where what they read is closed already, in an upgrade, their readers
    -- need not wait for the end of the migration.
    for _granted in
        select oid::regclass as name
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind = 'v'
            and exists (
                select from pg_policy
                where polrelid = 'public.maintenance_task_runs'::regclass and polname = 'maint_admins_only')
    loop
        execute format('grant select on %s to authenticated, service_role', _granted.name);
    end loop;
end
$$;

-- Row security policies call this one as the reading user.
grant execute on function maint.is_admin() to authenticated, service_role;

-- The view maint.alert_state calls this one as its reader.
grant execute on function maint.open_alerts_by_kind() to authenticated, service_role;

grant usage on schema maint to authenticated, service_role;
