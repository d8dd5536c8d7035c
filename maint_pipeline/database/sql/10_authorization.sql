-- Who may operate maintenance.
--
-- EXECUTE on the public functions is granted to authenticated and service_role only; these
-- functions then tell an administrator from any other signed-in user.

-- The role the caller acts as. current_user is useless inside SECURITY DEFINER, where it is the
-- function's owner; the setting "role" keeps what SET ROLE (PostgREST) chose.
create or replace function maint.caller_role() returns name
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(nullif(current_setting('role', true), 'none'), session_user)::name
$$;

-- The signed-in user of the request, null outside of one.
create or replace function maint.caller_user_id() returns uuid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _user_id uuid;
begin
    if to_regprocedure('auth.uid()') is not null then
        execute 'select auth.uid()' into _user_id;
    end if;
    return _user_id;
end
$$;

-- Whether the signed-in user is an administrator of the application. SECURITY DEFINER, because
-- row security policies call it for users who may not read the roles of others.
create or replace function maint.is_admin() returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _is_admin boolean := false;
begin
    if to_regtype('public.app_role') is not null
        and to_regprocedure('public.has_role(uuid, public.app_role)') is not null
    then
        execute 'select public.has_role($1, ''admin''::public.app_role)'
            into _is_admin using maint.caller_user_id();
    end if;
    return coalesce(_is_admin, false);
end
$$;

-- Raises 42501 unless the caller is an operator of the database (the owner role's members and
-- superusers), the service role, or a signed-in administrator.
create or replace function maint.assert_operator() returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.caller_role() = 'service_role'
        or pg_has_role(maint.caller_role(), 'maint_owner', 'member')
        or (maint.caller_role() = 'authenticated' and maint.is_admin())
    then
        return;
    end if;
    raise insufficient_privilege using
        message = 'only administrators and the service role may operate maintenance tasks',
        hint = 'Sign in as a user with the role admin, or call with the service role.';
end
$$;

create or replace function maint.caller() returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'role', maint.caller_role(),
        'login', session_user,
        'user_id', maint.caller_user_id(),
        'application', nullif(current_setting('application_name', true), ''),
        'backend_pid', pg_backend_pid()
    ))
$$;
