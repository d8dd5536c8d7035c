-- on a server of its own
-- prepare
alter system set log_connections = on;
alter system set log_disconnections = on;
select pg_reload_conf();
-- problem: log_connections; log_disconnections
alter system set log_connections = off;
alter system set log_disconnections = off;
select pg_reload_conf();
-- repair: fix
-- clean up
alter system reset log_connections;
alter system reset log_disconnections;
select pg_reload_conf();
