-- harmless
create function public.on_ddl() returns event_trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin end';
create event trigger pgrst_ddl_watch on ddl_command_end execute function public.on_ddl();
-- problem: waiting
create event trigger waiting on ddl_command_end execute function public.on_ddl();
-- repair: fix
