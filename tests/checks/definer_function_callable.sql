-- harmless
create function public.on_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as 'begin return new; end';
create function public.invoking() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 1';
-- problem: public.privileged()
create function public.privileged() returns integer language sql security definer set search_path = pg_catalog, pg_temp as 'select 1';
-- repair: fix
-- problem: public.asked_by_policies()
create function public.asked_by_policies() returns boolean language sql security definer set search_path = pg_catalog, pg_temp as 'select true';
create policy asking on public.orgs for select using (public.asked_by_policies());
-- repair
drop policy asking on public.orgs;
drop function public.asked_by_policies();
