-- on a server of its own
-- harmless
create role leaving login valid until '2090-01-01';
create role grouping nologin;
-- problem: logins
create role eternal login;
create role endless login;
-- repair
alter role endless valid until '2090-01-01';
alter role eternal valid until '2090-01-01';
-- clean up
drop role leaving;
drop role grouping;
drop role eternal;
drop role endless;
