-- on a server of its own
-- prepare: needs the rights of role pg_read_all_settings for maint_owner
alter role maint_owner inherit;
grant pg_read_all_settings to maint_owner;
-- problem: max_connections
alter system set max_connections = 77;
select pg_reload_conf();
-- repair: fix
-- clean up
revoke pg_read_all_settings from maint_owner;
alter role maint_owner noinherit;
