-- A database as hosted platforms give it: roles that own schemas of theirs, extensions in a schema
-- of their own, a publication, an event trigger, a scheduler that is an extension with tables.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role auth_admin nologin createrole;
create role storage_admin nologin;

create schema extensions;
create extension pgcrypto schema extensions;
create extension "uuid-ossp" schema extensions;
create extension pg_stat_statements schema extensions;
create extension dblink schema extensions;
create extension pg_cron;
select cron.schedule('nightly', '0 3 * * *', 'select 1');
grant usage on schema extensions to anon, authenticated;

create schema auth authorization auth_admin;
create table auth.users (
    id uuid primary key default extensions.uuid_generate_v4(),
    email text unique,
    created_at timestamptz default now()
);
alter table auth.users owner to auth_admin;
create function auth.uid() returns uuid language sql stable
    as $$ select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;

create schema storage authorization storage_admin;
create table storage.objects (
    id bigint generated always as identity primary key,
    name text,
    digest bytea generated always as (extensions.digest(name, 'sha256')) stored
);

create table public.notes (
    id bigint generated always as identity primary key,
    owner uuid default auth.uid() references auth.users,
    body text check (length(body) < 1000)
);
alter table public.notes enable row level security;
alter table public.notes force row level security;
create policy own on public.notes for all to authenticated using (owner = auth.uid());
grant all on public.notes to anon, authenticated;
alter default privileges for role storage_admin grant all on tables to authenticated;

insert into auth.users (email) values ('a@b.example'), ('c@d.example');
insert into public.notes (owner, body) select id, email from auth.users;
insert into storage.objects (name) values ('a.png');

create publication realtime for table public.notes;
create publication everything for all tables;
create function extensions.watch_ddl() returns event_trigger language plpgsql
    as $$ begin raise debug 'ddl'; end $$;
create event trigger watch_ddl on ddl_command_end execute function extensions.watch_ddl();
