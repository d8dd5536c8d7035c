-- What the platform's applications expect of schema auth, created only where it is missing, by the
-- role that migrates. Our own functions don't rely on it (see maint.caller_user_id).
-- Locks: none on tables.

do $$
declare
    _missing record;
begin
    if to_regnamespace('auth') is null then
        create schema auth;
        comment on schema auth is 'maint_pipeline: for auth.uid() and its like';
        grant usage on schema auth to anon, authenticated, service_role;
    end if;
    -- A schema of that name may belong to something else, and is then left alone.
    if not has_schema_privilege('auth', 'create') then
        return;
    end if;
    for _missing in
        select * from (values
            ('jwt', 'jsonb',
                'select nullif(current_setting(''request.jwt.claims'', true), '''')::jsonb'),
            ('uid', 'uuid',
                'select nullif(nullif(current_setting(''request.jwt.claims'', true), '''')::jsonb '
                '->> ''sub'', '''')::uuid'),
            ('role', 'text',
                'select nullif(current_setting(''request.jwt.claims'', true), '''')::jsonb '
                '->> ''role''')
        ) as functions (name, type, body)
        where to_regprocedure(format('auth.%I()', name)) is null
    loop
        execute format(
            'create function auth.%I() returns %s language sql stable '
            'set search_path = pg_catalog, pg_temp as %L',
            _missing.name, _missing.type, _missing.body);
        execute format('comment on function auth.%I() is %L',
            _missing.name, 'maint_pipeline: claims of the request, as PostgREST sets them');
    end loop;
end
$$;
