-- on a server of its own
-- harmless
create role readers;
grant readers to anon;
-- problem: anon in pg_read_all_data; authenticated in pg_monitor; authenticated in service_role
grant pg_read_all_data to anon;
grant pg_monitor, service_role to authenticated;
-- repair
revoke pg_read_all_data from anon;
revoke pg_monitor, service_role from authenticated;
-- problem: anon in maint_owner; authenticated in postgres
grant maint_owner to anon;
grant postgres to authenticated;
-- repair: fix
-- problem: anon in pg_write_all_data
grant pg_write_all_data to readers;
-- repair
revoke pg_write_all_data from readers;
-- clean up
revoke maint_owner, pg_read_all_data from anon;
revoke postgres, pg_monitor, service_role from authenticated;
revoke readers from anon;
drop role readers;
