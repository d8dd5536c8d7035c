-- Who may operate maintenance, and whose objects maintenance works on.
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

-- The signed-in user of the request, null outside of one or where its claims are no such thing.
-- Read from the setting itself and not by auth.uid(), which anybody could create where it is
-- missing, and on which the owner role may lack privileges.
create or replace function maint.caller_user_id() returns uuid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- The cast is written out: one that RETURN makes is not caught below.
    return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
exception when invalid_text_representation then
    return null;
end
$$;

-- Whether what a role owns may be used: the role could act as maint_owner anyway, owns the
-- database, or owned the application's tables when they were adopted. Everybody else could plant a
-- table, a view or a trigger whose code would then run with our rights.
create or replace function maint.is_trusted(_role oid) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_has_role(_role, 'maint_owner', 'member')
        or exists (select from pg_database where datname = current_database() and datdba = _role)
        or exists (select from maint.trusted_owners where role = pg_get_userbyid(_role))
$$;

-- What speaks against working on a relation, in words; null when nothing does.
create or replace function maint.distrust(_relation regclass) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when not maint.is_trusted(relowner) then format(
            '%s belongs to %s, who is not trusted: change its owner, or insert the role into '
            'maint.trusted_owners', oid::regclass, pg_get_userbyid(relowner))
        else (
            select format(
                'trigger %I on %s runs a function of %s, who is not trusted: drop the trigger, or '
                'insert the role into maint.trusted_owners',
                trigger.tgname, pg_class.oid::regclass, pg_get_userbyid(pg_proc.proowner))
            from pg_trigger as trigger
            join pg_proc on pg_proc.oid = trigger.tgfoid
            where trigger.tgrelid = pg_class.oid and not maint.is_trusted(pg_proc.proowner)
            order by trigger.tgname
            limit 1
        )
    end
    from pg_class
    where oid = _relation
$$;

create or replace function maint.assert_trusted(_relation regclass) returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _reason text := maint.distrust(_relation);
begin
    if _reason is not null then
        raise insufficient_privilege using message = _reason;
    end if;
end
$$;

-- To be called before any write to a table that is not ours alone. The lock keeps a trigger from being
-- added after the look at them. Locks: ROW EXCLUSIVE on the table until the transaction ends; where
-- lock_timeout ends the wait for it, the error's detail says who holds the table.
create or replace function maint.lock_trusted(_relation regclass) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    begin
        execute format('lock table only %s in row exclusive mode', _relation);
    exception when lock_not_available then
        raise lock_not_available using
            message = format('%s is locked', _relation),
            detail = maint.table_lock_holders(_relation);
    end;
    perform maint.assert_trusted(_relation);
end
$$;

-- The function of that name and argument types if it belongs to a trusted owner, else null.
create or replace function maint.trusted_function(_signature text) returns oid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select oid from pg_proc
        where oid = to_regprocedure(_signature) and maint.is_trusted(proowner)
    );
exception when others then
    -- Unknown types and what is no signature at all are errors there, on some versions.
    return null;
end
$$;

-- Refuses an admin_test that could never say yes.
create or replace function maint.validate_setting() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if new.name = 'admin_test' and new.value is not null and not exists (
        select from pg_proc
        where oid = maint.trusted_function(new.value) and prorettype = 'boolean'::regtype
            and (pronargs = 0 or pronargs = 1 and proargtypes[0] = 'uuid'::regtype)
    ) then
        raise check_violation using
            message = format('admin_test: %s is no function of a trusted owner that returns boolean '
                'and takes nothing or a uuid', new.value),
            hint = 'Write it with its schema and argument types, for example app.is_admin(uuid).';
    end if;
    return new;
end
$$;

create or replace trigger validate_setting
    before insert or update on maint.settings
    for each row execute function maint.validate_setting();

-- Whether the signed-in user is an administrator of the application. SECURITY DEFINER, because
-- row security policies call it for users who may not read the roles of others.
create or replace function maint.is_admin() returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _function pg_proc;
    _call text;
    _is_admin boolean;
begin
    select pg_proc.* into _function
    from maint.settings
    join pg_proc on pg_proc.oid = maint.trusted_function(
        coalesce(settings.value, 'public.has_role(uuid, public.app_role)'))
    where settings.name = 'admin_test';
    if not found then
        return false;
    end if;
    _call := format('select %s.%I(', _function.pronamespace::regnamespace, _function.proname);
    case _function.pronargs
        when 0 then execute _call || ')' into _is_admin;
        when 1 then execute _call || '$1)' into _is_admin using maint.caller_user_id();
        else execute _call || '$1, ''admin''::public.app_role)' into _is_admin using maint.caller_user_id();
    end case;
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
