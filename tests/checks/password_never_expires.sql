-- on a server of its own
-- harmless
create role leaving login valid until '2090-01-01';
create role grouping nologin;
-- problem: eternal
create role eternal login;
-- repair
alter role eternal valid until '2090-01-01';
-- clean up
drop role leaving;
drop role grouping;
drop role eternal;
