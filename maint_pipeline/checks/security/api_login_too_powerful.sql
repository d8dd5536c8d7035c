-- title: The API's login can become a powerful role
-- severity: high, because one signed token, or the login's password, is enough
-- needs: pg_catalog.pg_auth_members
-- description: The role that the API logs in as, and from which it becomes anon and authenticated, has rights of its own
--     (critical for a superuser), or is a member of a role that is a superuser, bypasses row level security, creates
--     roles or owns the database. Whoever signs a token chooses the role in it. The service's role is
--     expected.
-- remediation: Revoke the membership, or take the attributes from the role.
-- cannot see: how well the secret that signs tokens is kept.
-- thresholds: logins text = authenticator; expected text = service_role, supabase_storage_admin

select
    login.rolname as object,
    format('Login %I, as which the API works, %s.', login.rolname, array_to_string(array_remove(array[
        case when login.rolsuper then 'is a superuser' end,
        case when login.rolbypassrls then 'bypasses row level security' end,
        case when login.rolcreaterole then 'may create roles' end,
        'may become ' || reached.names], null), ', ')) as detail,
    case when login.rolsuper then 'critical' else 'high' end as severity,
    jsonb_build_object('role', login.rolname, 'path',
        format('a signed token → %s → %s', login.rolname, coalesce(reached.names, 'its own rights'))) as metadata
from pg_roles as login
cross join lateral (
    select string_agg(quote_ident(powerful.rolname), ', ' order by powerful.rolname) as names
    from pg_roles as powerful
    where powerful.oid <> login.oid and powerful.rolname <> all (maint.listed(_expected))
        and powerful.oid not in (select role from maint.platform_roles() as role)
        and not login.rolsuper and pg_has_role(login.oid, powerful.oid, 'member')
        and (powerful.rolsuper or powerful.rolbypassrls or powerful.rolcreaterole
            or powerful.oid = (select datdba from pg_database where datname = current_database()))
) as reached
where login.rolname = any (maint.listed(_logins)) and login.rolcanlogin
    and (login.rolsuper or login.rolbypassrls or login.rolcreaterole or reached.names is not null)
