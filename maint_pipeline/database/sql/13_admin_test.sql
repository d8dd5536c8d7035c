-- Whether the test of administrators works: where it fails, signed-in administrators are locked out, and only
-- the server's log would say so.

-- What is asked: the setting's function, or user_roles, or the function that applications of our kind have. Null
-- where there is nothing.
create or replace function maint.admin_test_name() returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _value text := (select value from maint.settings where name = 'admin_test');
    _default constant text := 'public.has_role(uuid, public.app_role)';
begin
    return coalesce(_value, case when maint.trusted_function(_default) is not null then _default end);
end
$$;

-- Tries the test of administrators for somebody who does not exist, and says what is wrong with it. Null where it
-- answers, or where there is none.
create or replace function maint.admin_test_problem() returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _name constant text := maint.admin_test_name();
    _function constant oid := maint.trusted_function(_name);
begin
    if _name is null then
        return null;
    end if;
    if _name = 'user_roles' then
        return 'admin_test: user_roles can''t be read: ' || array_to_string(
            nullif(maint.missing_needs('{user_roles.user_id, user_roles.role}'), '{}'), '; ');
    end if;
    if _function is null then
        return format('admin_test: %s is no longer a function of a trusted owner', _name);
    end if;
    perform maint.try_admin_test(_function);
    return null;
exception when others or assert_failure then
    return format('admin_test: %s fails: %s', _name, sqlerrm);
end
$$;
