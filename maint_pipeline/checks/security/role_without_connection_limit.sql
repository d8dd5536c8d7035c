-- title: Login without a connection limit
-- severity: low, because one program that leaks connections shuts everybody out
-- needs: pg_catalog.pg_roles
-- description: A role may take all of the server's connections. A leak or an attack with its password ends
--     the service for all others.
-- remediation: Give it the connections that its pool needs, and some to spare.
-- thresholds: expected text = postgres, authenticator, supabase_admin

select
    rolname as object,
    format('Role %I may take all %s connections.', rolname, current_setting('max_connections'))
        as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I connection limit %s;', rolname,
        greatest(current_setting('max_connections')::integer / 2, 1)) as fix
from pg_roles
where rolcanlogin and not rolsuper and rolconnlimit = -1 and rolname <> all (maint.listed(_expected))
