-- title: Login that bypasses row level security
-- severity: high, because every policy is void for it
-- needs: pg_catalog.pg_roles
-- description: A role that may log in has BYPASSRLS without being a superuser, or is a member of a role that has it,
--     such as the service's, and is not among those that are expected.
-- remediation: Take the attribute away; let the role's work be done by a policy of its own.
-- cannot see: who knows the passwords of those that are expected.
-- thresholds: expected text = postgres, supabase_admin, supabase_etl_admin, supabase_read_only_user; api_login text = authenticator, supabase_storage_admin
-- scope: server

select
    login.rolname as object,
    case when login.rolbypassrls
        then format('Role %I may log in and bypasses row level security.', login.rolname)
        else format('Role %I may log in and become %s, which bypasses row level security.', login.rolname,
            through.names) end as detail,
    jsonb_build_object('role', login.rolname, 'path', concat_ws(' → ', login.rolname,
        case when not login.rolbypassrls then 'member of ' || through.names end, 'bypasses row level security'))
        as metadata,
    case when login.rolbypassrls then format('alter role %I nobypassrls;', login.rolname) end as fix,
    jsonb_build_object('what', 'read and write past the policies', 'roles', jsonb_build_array(login.rolname)) as takes,
    maint.platform_role(login.oid) as managed_by
from pg_roles as login
cross join lateral (
    select string_agg(quote_ident(bypassing.rolname), ', ' order by bypassing.rolname) as names
    from pg_roles as bypassing
    where bypassing.rolbypassrls and not bypassing.rolcanlogin and pg_has_role(login.oid, bypassing.oid, 'member')
) as through
where login.rolcanlogin and not login.rolsuper and login.rolname <> all (maint.listed(_expected))
    and (login.rolbypassrls or through.names is not null and login.rolname <> all (maint.listed(_api_login))
        -- Ours has what its migration said.
        and login.rolname not in ('maint_worker'))
