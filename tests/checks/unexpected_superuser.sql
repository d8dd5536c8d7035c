-- on a server of its own
-- harmless
create role sleeping superuser nologin;
-- problem: intruder
create role intruder superuser login;
-- repair: fix
-- clean up
drop role sleeping;
drop role intruder;
