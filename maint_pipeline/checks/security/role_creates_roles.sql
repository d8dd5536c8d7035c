-- title: Login that may create roles
-- severity: medium, because it can make itself a member of what it administers
-- needs: pg_catalog.pg_roles
-- description: A role that may log in has CREATEROLE without being a superuser. Before PostgreSQL 16 it may
--     grant itself any role that is no superuser's; since then, those that it created.
-- remediation: Take the attribute away, or add the role to the expected ones.
-- cannot see: roles that reach such a role by SET ROLE.
-- thresholds: expected text = postgres, supabase_admin, supabase_auth_admin, supabase_storage_admin
-- scope: server

select
    rolname as object,
    format('Role %I may log in and create roles.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nocreaterole;', rolname) as fix,
    jsonb_build_object('what', 'create roles', 'roles', jsonb_build_array(rolname)) as takes,
    maint.platform_role(pg_roles.oid) as managed_by
from pg_roles
where rolcreaterole and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
