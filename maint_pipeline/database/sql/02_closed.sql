-- Closes what is ours and new, in the transaction that made it: default privileges may have given it to
-- anybody, and what is readable for an instant is read. 95_row_security.sql opens what is to be read.
--
-- Locks: ACCESS EXCLUSIVE on tables that this transaction has made, which nobody else can know. Run as the
-- role that migrates.

do $$
declare
    _new record;
begin
    -- Whoever may look into the schema finds closed tables there; these two are to find open ones later.
    for _new in
        select distinct coalesce(nullif(grantee, 0)::regrole::text, 'public') as grantee
        from pg_namespace
        cross join aclexplode(nspacl)
        where nspname = 'maint' and grantee <> nspowner
            and coalesce(nullif(grantee, 0)::regrole::text, '') not in ('authenticated', 'service_role')
    loop
        execute format('revoke all on schema maint from %s', _new.grantee);
    end loop;

    -- New tables are those without row level security, but for Alembic's table and for sequences, which nobody reads.
    for _new in
        select distinct pg_class.oid::regclass as name, relkind,
            coalesce(nullif(grantee, 0)::regrole::text, 'public') as grantee
        from pg_class
        cross join aclexplode(relacl)
        where relnamespace = 'maint'::regnamespace and grantee <> relowner
            and (relkind in ('r', 'p') and not relrowsecurity or relkind = 'S')
    loop
        execute format('revoke all on %s %s from %s',
            case _new.relkind when 'S' then 'sequence' else 'table' end, _new.name, _new.grantee);
    end loop;

    -- In public others may keep SELECT, which finds no row: backups by a role with BYPASSRLS go on. Nothing
    -- else, because TRUNCATE asks no policy.
    for _new in
        select pg_class.oid::regclass as name, grantees.name as grantee,
            case when grantees.name in ('public', 'anon', 'authenticated', 'service_role') then 'all'
                else 'insert, update, delete, truncate, references, trigger'
                    || case when current_setting('server_version_num')::integer >= 170000
                        then ', maintain' else '' end
            end as privileges
        from pg_class
        cross join lateral (
            select distinct coalesce(nullif(grantee, 0)::regrole::text, 'public')
            from aclexplode(relacl)
            where grantee <> relowner
        ) as grantees (name)
        where pg_class.oid in (
                to_regclass('public.maintenance_task_runs'), to_regclass('public.security_alerts'))
            and not relrowsecurity and obj_description(pg_class.oid, 'pg_class') like 'maint_pipeline:%'
    loop
        execute format('revoke %s on %s from %s', _new.privileges, _new.name, _new.grantee);
    end loop;

    for _new in
        select oid::regclass as name
        from pg_class
        where relkind in ('r', 'p') and not relrowsecurity
            and (relnamespace = 'maint'::regnamespace and relname <> 'alembic_version'
                or oid in (
                        to_regclass('public.maintenance_task_runs'), to_regclass('public.security_alerts'))
                    and obj_description(oid, 'pg_class') like 'maint_pipeline:%')
    loop
        execute format('alter table %s enable row level security', _new.name);
    end loop;
end
$$;
