-- on a server of its own
-- harmless
create role admins createrole nologin;
create role a1 login in role admins;
create role a2 login in role admins;
create role a3 login in role admins;
-- problem: admins
create role a4 login in role admins;
-- repair
revoke admins from a4;
-- clean up
drop role a1, a2, a3, a4, admins;
