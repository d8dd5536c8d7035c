-- Who may operate maintenance, and whose objects maintenance works on.
--
-- EXECUTE on the public functions is granted to authenticated and service_role only; these
-- functions then distinguish an administrator from any other signed-in user.

-- The role the caller acts as. current_user is useless inside SECURITY DEFINER, where it is the
-- function's owner; the setting "role" keeps what SET ROLE (PostgREST) chose.
create or replace function maint.caller_role() returns name
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(nullif(current_setting('role', true), 'none'), session_user)::name
$$;

-- The signed-in user of the request, as the claims name it, null outside of one or where they are nonsense.
-- Read from the setting itself and not by auth.uid(), which anybody could create where it is
-- missing, and on which the owner role may lack privileges.
create or replace function maint.caller_subject() returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return left(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', 200);
exception when others then
    return null;
end
$$;

-- The same where it is a uuid, else null.
create or replace function maint.caller_user_id() returns uuid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- The cast is written out: one that RETURN makes is not caught below.
    return maint.caller_subject()::uuid;
exception when invalid_text_representation then
    return null;
end
$$;

-- Whether what a role owns may be used: the role could act as maint_owner anyway (superusers and the
-- role that migrated can), owns the database, or was named to maint migrate --trust. Everybody else
-- could plant a table, a view or a trigger whose code would then run with our rights.
create or replace function maint.is_trusted(_role oid) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_has_role(_role, 'maint_owner', 'member')
        or exists (select from pg_database where datname = current_database() and datdba = _role)
        or exists (select from maint.trusted_owners where role = pg_get_userbyid(_role))
$$;

drop function if exists maint.distrust(regclass);

-- Why maintenance does not work on a relation; null where it does.
create or replace function maint.trust_problem(_relation regclass) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when not maint.is_trusted(relowner) then format(
            '%1$s belongs to %2$I, who is not trusted: run maint migrate --trust %2$I, or change '
            'the owner', oid::regclass, pg_get_userbyid(relowner))
        else (
            select format(
                'trigger %1$I on %2$s runs a function of %3$I, who is not trusted: run '
                'maint migrate --trust %3$I, or drop the trigger',
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
    _reason text := maint.trust_problem(_relation);
begin
    if _reason is not null then
        raise insufficient_privilege using message = _reason;
    end if;
end
$$;

-- What of the application maintenance leaves out because of its owner, as text.
create or replace function maint.trust_problems() returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select maint.trust_problem(relation)
    from (
        select pg_class.oid::regclass as relation
        from (
            select table_schema, table_name from maint.sources
            union
            select table_schema, table_name from maint.retention_policies
            union
            values ('public', 'maintenance_task_runs')
        ) as listed (table_schema, table_name)
        join pg_namespace on nspname = listed.table_schema
        join pg_class on relnamespace = pg_namespace.oid and relname = listed.table_name
    ) as relations
    where maint.trust_problem(relation) is not null
$$;

-- An event trigger whose function belongs to somebody who is not trusted: it would run with an
-- administrator's rights at each DDL statement of ours. Null when there is none.
create or replace function maint.foreign_event_trigger() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('event trigger %I runs a function of %I, who is not trusted', evtname,
        pg_get_userbyid(proowner))
    from pg_event_trigger
    join pg_proc on pg_proc.oid = evtfoid
    where evtenabled <> 'D' and not maint.is_trusted(proowner)
    order by evtname
    limit 1
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

-- Calls the test of administrators with the path that it expects; null counts as false.
create or replace function maint.call_admin_test(_function oid, _user_id uuid) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _arguments text;
    _test pg_proc;
begin
    select * into strict _test from pg_proc where oid = _function;
    _arguments := case _test.pronargs
        when 0 then ''
        when 1 then format('%L::uuid', _user_id)
        else format('%L::uuid, %L::public.app_role', _user_id, 'admin')
    end;
    return coalesce(maint.ask_application(_test.proowner, format('select to_jsonb(%s.%I(%s))',
        _test.pronamespace::regnamespace, _test.proname, _arguments))::boolean, false);
end
$$;

-- The same for somebody who does not exist, as a request of that user: it has to give an answer.
create or replace function maint.try_admin_test(_function oid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _nobody constant uuid := gen_random_uuid();
    _claims constant text := coalesce(current_setting('request.jwt.claims', true), '');
begin
    perform set_config('request.jwt.claims',
        jsonb_build_object('sub', _nobody, 'role', 'authenticated')::text, true);
    perform maint.call_admin_test(_function, _nobody);
    perform set_config('request.jwt.claims', _claims, true);
end
$$;

-- Refuses an admin_test that could never say yes, or that raises when it is tried.
create or replace function maint.validate_setting() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _function oid;
begin
    if new.name <> 'admin_test' or new.value is null then
        return new;
    end if;
    if new.value = 'user_roles' then
        if maint.missing_needs('{user_roles.user_id, user_roles.role}') <> '{}' then
            raise check_violation using message = format('admin_test: user_roles can''t be read: %s',
                array_to_string(maint.missing_needs('{user_roles.user_id, user_roles.role}'), '; '));
        end if;
        return new;
    end if;
    select oid into _function
    from pg_proc
    where oid = maint.trusted_function(new.value) and prorettype = 'boolean'::regtype
        and (pronargs = 0 or pronargs = 1 and proargtypes[0] = 'uuid'::regtype);
    if not found then
        raise check_violation using
            message = format('admin_test: %s is no function of a trusted owner that returns boolean '
                'and takes nothing or a uuid', new.value),
            hint = 'Write it with its schema and argument types, for example app.is_admin(uuid).';
    end if;
    begin
        perform maint.try_admin_test(_function);
    exception when others or assert_failure then
        raise check_violation using
            message = format('admin_test: %s was tried and fails: %s', new.value, sqlerrm),
            hint = 'maint_owner calls it, and needs execute on it and usage on its schema.';
    end;
    return new;
end
$$;

create or replace trigger validate_setting
    before insert or update on maint.settings
    for each row execute function maint.validate_setting();

-- Whether the signed-in user is an administrator of the application. SECURITY DEFINER, because
-- row security policies call it for users who may not read the roles of others. Where the test fails,
-- nobody is one by it, and the server's log says why: reading the ledger must not depend on it.
create or replace function maint.is_admin() returns boolean
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _function oid;
    _test constant text := (select value from maint.settings where name = 'admin_test');
begin
    if _test = 'user_roles' then
        return maint.missing_needs('{user_roles.user_id, user_roles.role}') = '{}' and exists (
            select from maint.user_roles() as known
            where known.role = 'admin' and known.user_id::text = maint.caller_subject());
    end if;
    _function := maint.trusted_function(coalesce(_test, 'public.has_role(uuid, public.app_role)'));
    if _function is null then
        return false;
    end if;
    return maint.call_admin_test(_function, maint.caller_user_id());
-- A canceled statement stays canceled.
exception when others or assert_failure then
    raise warning 'admin_test fails, so that signed-in users are no administrators: %', sqlerrm;
    return false;
end
$$;

-- Whether the caller is an operator of the database (the owner role's members and superusers), the service
-- role, or a signed-in administrator.
create or replace function maint.is_operator() returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return maint.caller_role() = 'service_role'
        or pg_has_role(maint.caller_role(), 'maint_owner', 'member')
        or (maint.caller_role() = 'authenticated' and maint.is_admin());
end
$$;

-- Raises 42501 unless the caller is one.
create or replace function maint.assert_operator() returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.is_operator() then
        return;
    end if;
    raise insufficient_privilege using
        message = 'only administrators and the service role may operate maintenance tasks',
        hint = 'Sign in as a user with the role admin, or call with the service role.';
end
$$;

-- Who calls, as the ledger and the history keep it. Role, login and backend are what the server knows; user_id
-- is as good as the login that set the claims; application and "claimed" (the user whom the command line or
-- Dagster names) anybody can say of themselves. Nothing is allowed for any of it.
create or replace function maint.caller() returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'role', maint.caller_role(),
        'login', session_user,
        'user_id', maint.caller_subject(),
        'application', nullif(current_setting('application_name', true), ''),
        'backend_pid', pg_backend_pid(),
        'claimed', nullif(jsonb_strip_nulls(jsonb_build_object(
            'user', left(nullif(current_setting('maint.user', true), ''), 200),
            'dagster_run_id', left(nullif(current_setting('maint.dagster_run_id', true), ''), 36)
        )), '{}')
    ))
$$;
