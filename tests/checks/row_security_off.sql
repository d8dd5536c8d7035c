-- harmless
create table public.closed (id integer primary key);
revoke all on public.closed from anon, authenticated;
create schema hidden;
create table hidden.notes (id integer primary key);
grant usage on schema hidden to anon;
grant select on hidden.notes to anon;
-- problem: public.notes
create table public.notes (id integer primary key);
-- repair: fix
-- problem: public."Weird "" name"
create table public."Weird "" name" (id integer primary key);
revoke all on public."Weird "" name" from anon, authenticated;
grant select (id) on public."Weird "" name" to authenticated;
-- repair: fix
-- problem: hidden.notes
update maint.settings set value = 'public, hidden' where name = 'exposed_schemas';
-- repair
update maint.settings set value = null where name = 'exposed_schemas';
-- harmless
create schema inner_part;
create table inner_part.jobs (id integer primary key);
grant usage on schema inner_part to authenticated;
grant select on inner_part.jobs to authenticated;
-- problem: inner_part.jobs
create view public.jobs with (security_invoker = on) as select * from inner_part.jobs;
grant select on public.jobs to authenticated;
-- repair: fix
-- problem: inner_part.other_jobs
create table inner_part.other_jobs (id integer primary key);
grant select on inner_part.other_jobs to authenticated;
create function public.other_jobs() returns bigint language sql set search_path = '' as 'select count(*) from inner_part.other_jobs';
-- repair
drop function public.other_jobs();
-- problem: hidden.notes
do $$ begin execute format('alter role anon in database %I set pgrst.db_schemas = ''hidden''', current_database()); end $$;
-- repair: fix
-- clean up
do $$ begin execute format('alter role anon in database %I reset pgrst.db_schemas', current_database()); end $$;
