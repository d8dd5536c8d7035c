-- on a server of its own
-- harmless
create role limited login connection limit 5;
-- problem: logins
create role greedy login;
create role greedier login;
-- repair: fix
-- clean up
drop role limited;
drop role greedy;
drop role greedier;
