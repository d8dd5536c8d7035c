-- title: Login that may replicate
-- severity: medium, because it can copy the whole server, every database and password hash of it
-- needs: pg_catalog.pg_roles
-- description: A role that may log in has REPLICATION without being a superuser, and is not among those that
--     are expected. pg_basebackup with it takes everything along.
-- remediation: Take the attribute away, or add the role that your replicas and backups use to the expected
--     ones.
-- cannot see: roles that reach such a role by SET ROLE.
-- thresholds: expected text = postgres, replicator, supabase_admin, supabase_replication_admin, rds_replication
-- scope: server

select
    rolname as object,
    format('Role %I may log in and replicate the server.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I noreplication;', rolname) as fix,
    jsonb_build_object('what', 'replicate', 'roles', jsonb_build_array(rolname)) as takes,
    maint.platform_role(pg_roles.oid) as managed_by
from pg_roles
where rolreplication and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
