-- on a server of its own
-- harmless
create role limited login connection limit 5;
-- problem: greedy
create role greedy login;
-- repair: fix
-- clean up
drop role limited;
drop role greedy;
