-- title: Unexpected superuser
-- severity: critical, because nothing in the database holds for a superuser
-- needs: pg_catalog.pg_roles
-- description: A role that may log in is a superuser and is not among those that are expected. Policies,
--     grants and audit triggers mean nothing to it, and it may run programs on the server.
-- remediation: Take the attribute away and grant what the role really needs.
-- cannot see: who knows the passwords of those that are expected.
-- thresholds: expected text = postgres, supabase_admin, rdsadmin, cloudsqladmin, azuresu
-- scope: server

select
    rolname as object,
    format('Role %I may log in and is a superuser.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nosuperuser;', rolname) as fix,
    jsonb_build_object('what', 'work as a superuser', 'roles', jsonb_build_array(rolname)) as takes
from pg_roles
where rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
