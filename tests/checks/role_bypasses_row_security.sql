-- on a server of its own
-- harmless
create role sleeping bypassrls nologin;
-- problem: reporting
create role reporting bypassrls login;
-- repair: fix
-- problem: clerk
create role clerk login;
grant sleeping to clerk;
-- repair
revoke sleeping from clerk;
-- clean up
drop role clerk;
drop role sleeping;
drop role reporting;
