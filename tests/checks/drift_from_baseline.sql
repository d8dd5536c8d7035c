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
-- problem: event trigger waiting; rule aside on public.orgs; function public.on_ddl(); grants function public.on_ddl()
create function public.on_ddl() returns event_trigger language plpgsql set search_path = pg_catalog, pg_temp as 'begin end';
create event trigger waiting on ddl_command_end execute function public.on_ddl();
create rule aside as on delete to public.orgs do instead nothing;
-- repair
drop event trigger waiting;
drop rule aside on public.orgs;
drop function public.on_ddl();
