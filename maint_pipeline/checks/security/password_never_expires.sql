-- title: Logins whose password never expires
-- severity: low, because a date alone protects nobody, but an old password is known to more and more people
-- needs: pg_catalog.pg_roles
-- description: Roles that may log in have no date after which their password counts no more, so accounts of people
--     who left stay open forever. One finding for all of them.
-- remediation: Set VALID UNTIL for people's accounts and renew it with the password. Add roles of programs whose
--     password is rotated otherwise, or that use no password, to the expected ones.
-- cannot see: which roles are people's, and which have a password at all.
-- thresholds: expected text = postgres, authenticator
-- scope: server

select
    'logins' as object,
    format('The passwords of %s never expire: %s.', maint.pluralize(count(*), 'role'),
        string_agg(quote_ident(rolname), ', ' order by rolname)) as detail,
    jsonb_build_object('roles', to_jsonb((array_agg(rolname order by rolname))[:50])) as metadata
from pg_roles
where rolcanlogin and coalesce(rolvaliduntil, 'infinity') = 'infinity'
    and rolname <> all (maint.listed(_expected))
    -- Our own login is a program's, made by the migration.
    and rolname <> 'maint_worker'
    and oid not in (select role from maint.platform_roles() as role)
having count(*) > 0
