-- title: Login whose password never expires
-- severity: low, because a date alone protects nobody, but an old password is known to more and more people
-- needs: pg_catalog.pg_roles
-- description: A role that may log in has no date until which its password is valid. Accounts of people who
--     left stay open forever.
-- remediation: Set VALID UNTIL for people's accounts and renew it with the password. Ignore the finding for
--     roles of programs whose password is rotated otherwise, or that use no password.
-- thresholds: expected text = postgres, authenticator

select
    rolname as object,
    format('The password of role %I never expires.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata
from pg_roles
where rolcanlogin and coalesce(rolvaliduntil, 'infinity') = 'infinity'
    and rolname <> all (maint.listed(_expected))
