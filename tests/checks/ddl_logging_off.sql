-- on a server of its own
-- prepare: needs the rights of role pg_read_all_settings for maint_owner
alter role maint_owner inherit;
grant pg_read_all_settings to maint_owner;
alter system set log_statement = 'ddl';
select pg_reload_conf();
-- problem: log_statement
alter system set log_statement = 'none';
select pg_reload_conf();
-- repair: fix
-- clean up
alter system reset log_statement;
select pg_reload_conf();
revoke pg_read_all_settings from maint_owner;
alter role maint_owner noinherit;
