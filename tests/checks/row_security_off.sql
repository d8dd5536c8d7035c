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
-- problem: hidden.notes
do $$ begin execute format('alter role anon in database %I set pgrst.db_schemas = ''hidden''', current_database()); end $$;
-- repair: fix
-- clean up
do $$ begin execute format('alter role anon in database %I reset pgrst.db_schemas', current_database()); end $$;
