-- What the owner role may do with the application's tables: read what the checks read, delete what
-- the built-in policies purge. Run as the role that migrates, which owns these tables or may grant.
-- What is granted already, by whomever, is not granted again; tables of owners who are not trusted are
-- left out. Locks: none.

do $$
declare
    _wanted record;
begin
    for _wanted in
        select to_regclass(relation) as relation, privilege
        from (values
            ('public.orgs', '{select}'::text[]),
            ('public.org_users', '{select}'),
            ('public.profiles', '{select}'),
            ('public.user_roles', '{select}'),
            ('public.backup_settings', '{select}'),
            ('public.backup_runs', '{select}'),
            ('public.data_export_requests', '{select}'),
            ('public.audit_logs', '{select,delete}'),
            ('public.maintenance_task_runs', '{select,insert,update}')
        ) as listed (relation, privileges)
        cross join unnest(privileges) as privilege
        where maint.is_trusted((select relowner from pg_class where oid = to_regclass(relation)))
            and not has_table_privilege('maint_owner', to_regclass(relation), privilege)
            -- What can't be granted is named by maint migrate, and by the checks that need it.
            and has_table_privilege(to_regclass(relation), privilege || ' with grant option')
            and (select relkind in ('r', 'p') or relkind in ('v', 'm', 'f') and privilege = 'select'
                from pg_class where oid = to_regclass(relation))
    loop
        execute format('grant %s on %s to maint_owner', _wanted.privilege, _wanted.relation);
    end loop;

    -- What a sequence has come to: sequence_near_end.
    for _wanted in
        select seqrelid::regclass as sequence
        from pg_sequence
        join pg_class on pg_class.oid = seqrelid
        where relnamespace = 'public'::regnamespace
            and has_sequence_privilege(seqrelid, 'select with grant option')
            and not has_sequence_privilege('maint_owner', seqrelid, 'select')
    loop
        execute format('grant select on sequence %s to maint_owner', _wanted.sequence);
    end loop;

    -- From PostgreSQL 17 on others than the owner may vacuum. Where it can't be granted, the purge acts
    -- as the owner if it may, or leaves it to autovacuum.
    if current_setting('server_version_num')::integer >= 170000 then
        for _wanted in
            select to_regclass(relation) as relation
            from unnest(array['public.audit_logs']) as relation
            where maint.is_trusted((select relowner from pg_class where oid = to_regclass(relation)))
                and has_table_privilege(to_regclass(relation), 'maintain with grant option')
                and not has_table_privilege('maint_owner', to_regclass(relation), 'maintain')
        loop
            execute format('grant maintain on %s to maint_owner', _wanted.relation);
        end loop;
    end if;

    -- Skipping locked rows takes a row lock, for which UPDATE on one column suffices.
    if has_table_privilege('maint_owner', to_regclass('public.audit_logs'), 'delete')
        and has_table_privilege(to_regclass('public.audit_logs'), 'update with grant option')
        and not has_any_column_privilege('maint_owner', to_regclass('public.audit_logs'), 'update')
    then
        execute (
            select format('grant update (%I) on public.audit_logs to maint_owner', attname)
            from pg_attribute
            where attrelid = 'public.audit_logs'::regclass and attnum > 0 and not attisdropped
                and attgenerated = ''
            order by attname = 'id' desc, attnum
            limit 1);
    end if;

    if to_regtype('public.app_role') is not null
        and to_regprocedure('public.has_role(uuid, public.app_role)') is not null
        and not has_function_privilege(
            'maint_owner', 'public.has_role(uuid, public.app_role)', 'execute')
    then
        grant execute on function public.has_role(uuid, public.app_role) to maint_owner;
    end if;

    if not has_schema_privilege('maint_owner', 'public', 'usage') then
        grant usage on schema public to maint_owner;
    end if;
end
$$;
