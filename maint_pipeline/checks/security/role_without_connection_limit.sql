-- title: Logins without a connection limit
-- severity: low, because one program that leaks connections shuts everybody out
-- needs: pg_catalog.pg_roles
-- description: Roles may take all of the server's connections. A leak or an attack with their passwords ends
--     the service for all others. One finding for all of them.
-- remediation: Give each the connections that its pool needs, and some to spare.
-- cannot see: limits of a pooler that stands before the server.
-- thresholds: expected text = postgres, authenticator, supabase_admin
-- scope: server

select
    'logins' as object,
    format('%s may take all %s connections: %s.', maint.pluralize(count(*), 'role'), current_setting('max_connections'),
        string_agg(quote_ident(rolname), ', ' order by rolname)) as detail,
    jsonb_build_object('roles', to_jsonb((array_agg(rolname order by rolname))[:50])) as metadata,
    string_agg(format('alter role %I connection limit %s', rolname,
        greatest(current_setting('max_connections')::integer / 2, 1)), e';\n' order by rolname) || ';' as fix
from pg_roles
where rolcanlogin and not rolsuper and rolconnlimit = -1 and rolname <> all (maint.listed(_expected))
    -- Our own login is a program's, made by the migration.
    and rolname <> 'maint_worker'
    and oid not in (select role from maint.platform_roles() as role)
having count(*) > 0
