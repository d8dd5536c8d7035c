-- on a server of its own
-- harmless
create role retired nologin valid until '2020-01-01';
-- problem: forgotten
create role forgotten login valid until '2020-01-01';
-- repair: fix
-- clean up
drop role retired;
drop role forgotten;
