-- title: Login that bypasses row level security
-- severity: high, because every policy is void for it
-- needs: pg_catalog.pg_roles
-- description: A role that may log in has BYPASSRLS without being a superuser, and is not among those that
--     are expected.
-- remediation: Take the attribute away; let the role's work be done by a policy of its own.
-- cannot see: roles that reach such a role by SET ROLE.
-- thresholds: expected text = postgres, supabase_admin, supabase_etl_admin, supabase_read_only_user

select
    rolname as object,
    format('Role %I may log in and bypasses row level security.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nobypassrls;', rolname) as fix,
    maint.platform_role(pg_roles.oid) as managed_by
from pg_roles
where rolbypassrls and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
