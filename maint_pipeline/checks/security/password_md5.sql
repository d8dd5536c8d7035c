-- title: Password stored as MD5
-- severity: medium, because who gets the hash needs no password to log in
-- needs: pg_catalog.pg_authid
-- description: A role's password is stored as an MD5 hash. The hash itself is enough to log in, it is quick
--     to try passwords against, and PostgreSQL 18 says that it will go.
-- remediation: Set password_encryption to scram-sha-256 and set the password again.
-- cannot see: weak passwords: only hashes are stored.
-- scope: server

select
    rolname as object,
    format('The password of role %I is stored as MD5.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata
from pg_authid
where rolpassword ~ '^md5[0-9a-f]{32}$'
