-- A database as a hosted platform gives it to its customer: schemas that belong to the platform, and default
-- privileges that give everything in public to everybody who asks over the web.

alter schema public owner to pg_database_owner;
revoke usage on schema public from public;
grant usage on schema public to anon, authenticated, service_role, customer;

create schema auth authorization platform_auth;
create table auth.users (id uuid primary key default gen_random_uuid(), email text, created_at timestamptz);
alter table auth.users owner to platform_auth;
alter table auth.users enable row level security;
create function auth.jwt() returns jsonb language sql stable
    as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
create function auth.uid() returns uuid language sql stable as $$ select (auth.jwt() ->> 'sub')::uuid $$;
create function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
grant usage on schema auth to anon, authenticated, service_role, customer;
grant select, references, trigger on auth.users to customer;

create schema storage authorization platform_storage;
create table storage.buckets (id text primary key, name text not null, public boolean default false);
alter table storage.buckets owner to platform_storage;
alter table storage.buckets enable row level security;
grant usage on schema storage to anon, authenticated, service_role, customer;
grant all on storage.buckets to anon, authenticated, service_role, customer;

create schema realtime authorization platform_storage;
create table realtime.messages (id uuid primary key, topic text);
alter table realtime.messages owner to platform_storage;

alter default privileges for role customer in schema public
    grant all on tables to anon, authenticated, service_role;
alter default privileges for role customer in schema public
    grant all on functions to anon, authenticated, service_role;
alter default privileges for role customer in schema public
    grant all on sequences to anon, authenticated, service_role;
