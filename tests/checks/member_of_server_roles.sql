-- on a server of its own
-- problem: loader in pg_read_server_files; loader in pg_execute_server_program
create role loader login;
grant pg_read_server_files, pg_execute_server_program to loader;
-- repair: fix
-- clean up
drop role loader;
