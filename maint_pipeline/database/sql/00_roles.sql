-- Roles and the schema, before any table. Roles belong to the whole server: another database's
-- migration may create them at the same moment.

do $$
declare
    _role text;
begin
    foreach _role in array array['anon', 'authenticated', 'service_role'] loop
        if not exists (select from pg_roles where rolname = _role) then
            begin
                execute format('create role %I nologin noinherit', _role);
                -- As platforms have it: the service role bypasses row level security.
                if _role = 'service_role' then
                    alter role service_role bypassrls;
                end if;
            exception
                when duplicate_object or unique_violation then
                    null;
                when insufficient_privilege then
                    raise notice 'role % is created without bypassrls', _role;
                    execute format('create role %I nologin noinherit', _role);
            end;
        end if;
    end loop;
end
$$;

-- BYPASSRLS, because a policy of the application must not hide expired rows or broken backups from
-- maintenance. Its table grants alone say what it may touch.
do $$
begin
    if not exists (select from pg_roles where rolname = 'maint_owner') then
        begin
            create role maint_owner nologin noinherit bypassrls;
        exception
            when duplicate_object or unique_violation then
                null;
            when insufficient_privilege then
                create role maint_owner nologin noinherit;
        end;
    end if;
    -- Membership alone doesn't say that one may act as the role: since PostgreSQL 16 a creator is a
    -- member who may only administer it.
    if current_setting('server_version_num')::integer < 160000 then
        if not pg_has_role(current_user, 'maint_owner', 'usage') then
            execute format('grant maint_owner to %I', current_user);
        end if;
    elsif not pg_has_role(current_user, 'maint_owner', 'usage')
        or not pg_has_role(current_user, 'maint_owner', 'set')
    then
        execute format('grant maint_owner to %I with inherit true, set true', current_user);
    end if;
end
$$;

-- The login role of tasks. A member of maint_owner and nothing else: `reset role` leads to no more rights.
-- NOINHERIT, because it works as maint_owner or not at all. Where the server asks for a password,
-- maint migrate hands one over in a setting of this session, as a SCRAM verifier.
do $$
declare
    _password text := nullif(current_setting('maint.worker_password', true), '');
begin
    if not exists (select from pg_roles where rolname = 'maint_worker') then
        begin
            execute 'create role maint_worker login noinherit'
                || coalesce(format(' password %L', _password), '');
        exception when duplicate_object or unique_violation then
            null;
        end;
    end if;

    if current_setting('server_version_num')::integer < 160000 then
        if not pg_has_role('maint_worker', 'maint_owner', 'member') then
            grant maint_owner to maint_worker;
        end if;
    elsif not pg_has_role('maint_worker', 'maint_owner', 'set') then
        execute 'grant maint_owner to maint_worker with inherit false, set true';
    end if;
end
$$;

create schema if not exists maint authorization maint_owner;

-- Somebody may have made it between the look before the migration and now.
do $$
begin
    if (select nspowner <> to_regrole('maint_owner') from pg_namespace where nspname = 'maint') then
        raise insufficient_privilege using
            message = 'the schema maint belongs to somebody else',
            hint = 'Rename it: maint_pipeline needs that name.';
    end if;
end
$$;

-- Dumps by some platforms' tools take USAGE from PUBLIC.
do $$
begin
    if not has_schema_privilege('maint_owner', 'public', 'usage') then
        grant usage on schema public to maint_owner;
    end if;
end
$$;
