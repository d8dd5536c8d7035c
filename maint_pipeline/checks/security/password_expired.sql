-- title: Login whose password has expired
-- severity: low, because it can't log in by password; it is a leftover, or somebody is locked out
-- needs: pg_catalog.pg_roles
-- description: A role may log in and its password's validity is over. It still can by other methods, such as
--     trust, peer or a certificate.
-- remediation: Give it a new password and date, or take its LOGIN away.
-- cannot see: other ways to log in that the date does not close.
-- scope: server

select
    rolname as object,
    format('The password of role %I is valid until %s.', rolname,
        to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('role', rolname, 'valid_until', rolvaliduntil) as metadata,
    format('alter role %I nologin;', rolname) as fix,
    jsonb_build_object('what', 'log in by other means than a password', 'roles', jsonb_build_array(rolname)) as takes
from pg_roles
where rolcanlogin and rolvaliduntil < now()
