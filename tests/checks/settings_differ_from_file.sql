-- on a server of its own
-- prepare: needs the rights of role pg_read_all_settings for maint_owner
alter role maint_owner inherit;
grant pg_read_all_settings to maint_owner;
grant select on pg_catalog.pg_file_settings to maint_owner;
grant execute on function pg_catalog.pg_show_all_file_settings() to maint_owner;
-- harmless
alter system set work_mem = '5MB';
alter system set datestyle = 'iso, mdy';
select pg_reload_conf();
-- problem: listen_addresses
alter system set listen_addresses = 'elsewhere';
alter system set log_statement = 'ddl';
select pg_reload_conf();
-- problem: listen_addresses; log_statement
alter system set log_statement = 'mod';
-- repair
alter system reset listen_addresses;
select pg_reload_conf();
-- clean up
alter system reset all;
select pg_reload_conf();
revoke all on pg_catalog.pg_file_settings from maint_owner;
revoke all on function pg_catalog.pg_show_all_file_settings() from maint_owner;
revoke pg_read_all_settings from maint_owner;
alter role maint_owner noinherit;
