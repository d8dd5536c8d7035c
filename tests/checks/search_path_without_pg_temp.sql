-- harmless
create function public.careful() returns integer language sql security definer set search_path = public, pg_temp as 'select 1';
-- problem: public.shadowed(); public.empty()
create function public.shadowed() returns integer language sql security definer set search_path = pg_catalog, public as 'select 1';
create function public.empty() returns integer language sql security definer set search_path = '' as 'select 1';
-- repair: fix
