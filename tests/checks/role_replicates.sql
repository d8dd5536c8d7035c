-- on a server of its own
-- harmless
create role replicator replication login;
-- problem: copier
create role copier replication login;
-- repair: fix
-- clean up
drop role replicator;
drop role copier;
