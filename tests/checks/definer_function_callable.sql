-- harmless
create function public.on_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as 'begin return new; end';
create function public.invoking() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 1';
-- problem: public.privileged()
create function public.privileged() returns integer language sql security definer set search_path = pg_catalog, pg_temp as 'select 1';
-- repair: fix
