-- on a server of its own
-- prepare: needs select on pg_catalog.pg_authid for maint_owner
grant select on pg_catalog.pg_authid to maint_owner;
-- harmless
create role modern login password 'x';
-- problem: old
set password_encryption = 'md5';
create role old login password 'x';
-- repair
set password_encryption = 'scram-sha-256';
alter role old password 'x';
-- clean up
drop role modern;
drop role old;
revoke select on pg_catalog.pg_authid from maint_owner;
