-- Who may call and read what. Applied after everything else, so that no function of ours is left
-- with the EXECUTE that PostgreSQL grants to PUBLIC, or a platform's defaults grant to anon.

do $$
declare
    _function regprocedure;
    _is_public boolean;
begin
    for _function, _is_public in
        select oid::regprocedure, pronamespace = 'public'::regnamespace
        from pg_proc
        where pronamespace = 'maint'::regnamespace
            or pronamespace = 'public'::regnamespace
            and proowner = 'maint_owner'::regrole
    loop
        execute format(
            'revoke all on function %s from public, anon, authenticated, service_role', _function);
        if _is_public then
            execute format('grant execute on function %s to authenticated, service_role', _function);
        end if;
    end loop;
end
$$;

-- Row security policies call this one as the reading user.
grant execute on function maint.is_admin() to authenticated, service_role;

revoke all on schema maint from public, anon;
grant usage on schema maint to authenticated, service_role;

do $$
declare
    _table regclass;
begin
    for _table in
        select oid::regclass
        from pg_class
        where relnamespace = 'maint'::regnamespace and relkind in ('r', 'p', 'v')
            and relname <> 'alembic_version'
    loop
        execute format('revoke all on %s from public, anon, authenticated, service_role', _table);
        -- Nobody else may lock these, not even against a TRUNCATE: a task would wait for that.
        continue when _table in ('maint.locks'::regclass, 'maint.recent_activity'::regclass);
        execute format('grant select on %s to authenticated, service_role', _table);
    end loop;
end
$$;
