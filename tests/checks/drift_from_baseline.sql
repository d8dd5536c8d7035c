-- prepare: needs an approved baseline
create function public.total() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 1';
select maint.approve_baseline();
-- harmless
create index on public.orgs (name);
-- problem: function public.total(); grants table public.orgs
create or replace function public.total() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 2';
grant select on public.orgs to public;
-- repair
select maint.approve_baseline('function', 'public.total()');
revoke select on public.orgs from public;
-- problem: function public.backdoor(); grants function public.backdoor()
create function public.backdoor() returns integer language sql set search_path = pg_catalog, pg_temp as 'select 3';
-- repair
drop function public.backdoor();
