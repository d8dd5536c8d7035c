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
                -- As platforms have it: the service role stands above row level security.
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

create schema if not exists maint authorization maint_owner;
