-- harmless
create table public.shelves (id integer primary key);
grant select on public.shelves to anon;
grant select on public.shelves to service_role with grant option;
-- problem: anon
grant select on public.shelves to anon with grant option;
-- repair: fix
-- problem: authenticated
create function public.shelf() returns integer language sql as 'select 1';
grant execute on function public.shelf() to authenticated with grant option;
-- repair: fix
