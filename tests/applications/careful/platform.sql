-- A Supabase-shaped database before the customer's first migration: the parts that policies and checks look at.
-- postgres is the customer's role; what it may not change belongs to the platform's roles.
alter schema public owner to pg_database_owner;
grant usage on schema public to anon, authenticated, service_role;
create schema extensions;
grant usage on schema extensions to anon, authenticated, service_role;
grant all on schema extensions to postgres;

create schema auth;
grant usage on schema auth to anon, authenticated, service_role, postgres, supabase_auth_admin;
create table auth.users (
    id uuid primary key default gen_random_uuid(), email text, encrypted_password text, recovery_token text,
    raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_anonymous boolean not null default false,
    created_at timestamptz default now()
);
create table auth.sessions (
    id uuid primary key, user_id uuid not null references auth.users on delete cascade, user_agent text, ip inet
);
alter table auth.users enable row level security;
alter table auth.sessions enable row level security;
create function auth.uid() returns uuid language sql stable as $$
    select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;
create function auth.role() returns text language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
$$;
create function auth.email() returns text language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
$$;
create function auth.jwt() returns jsonb language sql stable as $$
    select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;
grant all on auth.users, auth.sessions to postgres;
alter table auth.users owner to supabase_auth_admin;
alter table auth.sessions owner to supabase_auth_admin;
alter function auth.uid() owner to supabase_auth_admin;
alter function auth.role() owner to supabase_auth_admin;
alter function auth.email() owner to supabase_auth_admin;
alter function auth.jwt() owner to supabase_auth_admin;

create schema storage;
grant usage on schema storage to postgres, anon, authenticated, service_role, supabase_storage_admin;
create table storage.buckets (
    id text primary key, name text not null unique, public boolean default false, file_size_limit bigint,
    allowed_mime_types text[]
);
create table storage.objects (
    id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets, name text,
    owner_id text, metadata jsonb, created_at timestamptz default now(), unique (bucket_id, name)
);
alter table storage.buckets enable row level security;
alter table storage.objects enable row level security;
create function storage.foldername(name text) returns text[] language sql immutable as $$
    select (string_to_array(name, '/'))[:cardinality(string_to_array(name, '/')) - 1]
$$;
grant all on all tables in schema storage to postgres, anon, authenticated, service_role;
alter table storage.buckets owner to postgres;
alter table storage.objects owner to postgres;

create schema realtime;
grant usage on schema realtime to postgres, anon, authenticated, service_role;
create table realtime.messages (
    id uuid primary key default gen_random_uuid(), topic text not null, extension text not null, payload jsonb,
    inserted_at timestamp not null default now()
);
alter table realtime.messages enable row level security;
alter table realtime.messages owner to postgres;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;
create function realtime.topic() returns text language sql stable as $$
    select nullif(current_setting('realtime.topic', true), '')
$$;

create schema vault;
grant usage on schema vault to postgres;
create table vault.secrets (id uuid primary key default gen_random_uuid(), name text, secret text);
create view vault.decrypted_secrets as select id, name, secret as decrypted_secret from vault.secrets;
grant all on all tables in schema vault to postgres;

create schema net;
grant usage on schema net to postgres, service_role;
create function net.http_post(url text, body jsonb default '{}') returns bigint language sql as 'select 1::bigint';
alter extension plpgsql add function net.http_post(text, jsonb);

create schema cron;
grant usage on schema cron to postgres;
create table cron.job (
    jobid bigserial primary key, schedule text, command text, database text default current_database(),
    username text default current_user, active boolean default true, jobname text unique
);
alter table cron.job enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);
create function cron.schedule(_name text, _schedule text, _command text) returns bigint language sql as $$
    insert into cron.job (jobname, schedule, command) values (_name, _schedule, _command) returning jobid
$$;
grant all on cron.job, cron.job_jobid_seq to postgres;

create publication supabase_realtime;
alter publication supabase_realtime owner to postgres;
alter default privileges for role postgres in schema public
    grant all on tables to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on functions to anon, authenticated, service_role;
alter default privileges for role postgres in schema public
    grant all on sequences to anon, authenticated, service_role;
