-- on a server of its own
-- harmless
create role sleeping bypassrls nologin;
-- problem: reporting
create role reporting bypassrls login;
-- repair: fix
-- clean up
drop role sleeping;
drop role reporting;
