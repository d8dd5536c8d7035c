-- harmless
create table public.notes (id integer primary key);
create function public.careful() returns bigint language sql security definer set search_path = public, pg_temp as 'select count(*) from notes';
create function public.empty() returns bigint language sql security definer set search_path = '' as 'select count(*) from public.notes';
create function public.qualified() returns bigint language sql security definer set search_path = public as 'select count(*) from public.notes';
-- problem: public.shadowed()
create function public.shadowed() returns bigint language sql security definer set search_path = pg_catalog, public as 'select count(*) from notes';
-- repair: fix
