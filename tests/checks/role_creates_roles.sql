-- on a server of its own
-- problem: deployer
create role deployer createrole login;
-- repair: fix
-- clean up
drop role deployer;
