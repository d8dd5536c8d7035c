-- What the owner role may do with the application's tables: read what the checks read, delete what
-- the built-in policies purge. Run as the role that migrates, which owns these tables or may grant.
-- What is granted already, by whomever, is not granted again; tables of owners who are not trusted are
-- left out. Locks: none.

do $$
declare
    _wanted record;
begin
    -- maint_owner could have put a view into the place of its table.
    if (select relkind <> 'r' from pg_class where oid = 'maint.sources'::regclass) then
        raise exception 'maint.sources is no table';
    end if;
    for _wanted in
        select pg_class.oid::regclass as relation, privilege
        from (
            select table_schema, table_name, case part
                when 'audit_log' then '{select,delete}'::text[]
                else '{select}' end
            from maint.sources
            where part <> 'security_alerts'
            union all
            values ('public', 'maintenance_task_runs', '{select,insert,update}'::text[])
        ) as listed (table_schema, table_name, privileges)
        join pg_namespace on nspname = listed.table_schema
        join pg_class on relnamespace = pg_namespace.oid and relname = listed.table_name
        cross join unnest(privileges) as privilege
        where maint.is_trusted(relowner)
            and (relkind in ('r', 'p') or privilege = 'select' and relkind in ('v', 'm', 'f'))
            and not has_table_privilege('maint_owner', pg_class.oid, privilege)
            -- What can't be granted is named by maint migrate, and by the checks that need it.
            and has_table_privilege(pg_class.oid, privilege || ' with grant option')
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
            select pg_class.oid::regclass as relation
            from maint.sources
            join pg_namespace on nspname = table_schema
            join pg_class on relnamespace = pg_namespace.oid and relname = table_name
                and relkind in ('r', 'p')
            where part = 'audit_log'
                and maint.is_trusted(relowner)
                and has_table_privilege(pg_class.oid, 'maintain with grant option')
                and not has_table_privilege('maint_owner', pg_class.oid, 'maintain')
        loop
            execute format('grant maintain on %s to maint_owner', _wanted.relation);
        end loop;
    end if;

    -- Skipping locked rows takes a row lock, for which UPDATE on one column suffices.
    for _wanted in
        select pg_class.oid::regclass as relation, (
                select attname from pg_attribute
                where attrelid = pg_class.oid and attnum > 0 and not attisdropped
                    and attgenerated = ''
                order by attname <> 'id', attnum
                limit 1
            ) as column_name
        from maint.sources
        join pg_namespace on nspname = table_schema
        join pg_class on relnamespace = pg_namespace.oid and relname = table_name
            and relkind in ('r', 'p')
        where part = 'audit_log'
            and has_table_privilege('maint_owner', pg_class.oid, 'delete')
            and has_table_privilege(pg_class.oid, 'update with grant option')
            and not has_any_column_privilege('maint_owner', pg_class.oid, 'update')
    loop
        execute format('grant update (%I) on %s to maint_owner', _wanted.column_name, _wanted.relation);
    end loop;

    if to_regtype('public.app_role') is not null
        and to_regprocedure('public.has_role(uuid, public.app_role)') is not null
        and not has_function_privilege(
            'maint_owner', 'public.has_role(uuid, public.app_role)', 'execute')
    then
        grant execute on function public.has_role(uuid, public.app_role) to maint_owner;
    end if;

    for _wanted in
        select pg_namespace.oid::regnamespace as schema
        from pg_namespace
        where (nspname = 'public' or nspname in (select table_schema from maint.sources))
            and not has_schema_privilege('maint_owner', oid, 'usage')
    loop
        execute format('grant usage on schema %s to maint_owner', _wanted.schema);
    end loop;
end
$$;
