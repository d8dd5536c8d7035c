-- on a server of its own
-- prepare: needs the rights of role pg_read_all_settings for maint_owner
alter role maint_owner inherit;
grant pg_read_all_settings to maint_owner;
-- problem: ssl_min_protocol_version
alter system set ssl_min_protocol_version = 'TLSv1.1';
select pg_reload_conf();
-- repair: fix
-- clean up
alter system reset ssl_min_protocol_version;
select pg_reload_conf();
revoke pg_read_all_settings from maint_owner;
alter role maint_owner noinherit;
