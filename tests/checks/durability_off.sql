-- on a server of its own
-- problem: full_page_writes
alter system set full_page_writes = off;
select pg_reload_conf();
-- repair: fix
-- clean up
alter system reset full_page_writes;
select pg_reload_conf();
