-- The sample application: the tables of a real application of this kind, empty.
--
-- For an empty database, run by a superuser. It is not ours to migrate: maint_pipeline adopts it
-- like any other application. maintenance_task_runs is missing here, because it is ours.

do $$
declare
    _role text;
begin
    -- Roles belong to the whole server: another database may have them already, or be making them.
    foreach _role in array array['anon with', 'authenticated with', 'service_role with bypassrls'] loop
        begin
            execute 'create role ' || _role || ' nologin noinherit';
        exception when duplicate_object or unique_violation then
            null;
        end;
    end loop;
end
$$;

-- As the platform sets it up: whatever is created in public is open to the API's roles, and row
-- level security alone protects it.
grant usage on schema public to anon, authenticated, service_role;
alter default privileges in schema public
    grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public
    grant all on functions to anon, authenticated, service_role;
alter default privileges in schema public
    grant all on sequences to anon, authenticated, service_role;

create schema auth;
grant usage on schema auth to anon, authenticated, service_role;

create table auth.users (
    id uuid constraint users_pkey primary key default gen_random_uuid(),
    email text,
    created_at timestamptz not null default now()
);

-- PostgREST puts the verified claims of each request into this setting.
create function auth.jwt() returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;

create function auth.uid() returns uuid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select nullif(auth.jwt() ->> 'sub', '')::uuid $$;

create function auth.role() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select auth.jwt() ->> 'role' $$;

create type public.app_role as enum ('admin', 'pro', 'owner', 'staff', 'user');
create type public.audit_action as enum ('create', 'read', 'update', 'delete', 'access', 'export');
create type public.org_type as enum ('business', 'practice');

create table public.profiles (
    id uuid constraint profiles_pkey primary key
        constraint profiles_id_fkey references auth.users (id) on delete cascade,
    email text,
    name text,
    created_at timestamptz not null default now()
);

create table public.user_roles (
    id uuid constraint user_roles_pkey primary key default gen_random_uuid(),
    user_id uuid not null
        constraint user_roles_user_id_fkey references auth.users (id) on delete cascade,
    role public.app_role not null,
    created_at timestamptz not null default now(),
    constraint user_roles_user_id_role_key unique (user_id, role)
);

create function public.has_role(_user_id uuid, _role public.app_role) returns boolean
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from public.user_roles where user_id = _user_id and role = _role
    )
$$;

create table public.orgs (
    id uuid constraint orgs_pkey primary key default gen_random_uuid(),
    name text not null,
    type public.org_type not null default 'business',
    owner_id uuid constraint orgs_owner_id_fkey references public.profiles (id),
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);

create table public.org_users (
    org_id uuid not null
        constraint org_users_org_id_fkey references public.orgs (id) on delete cascade,
    user_id uuid not null
        constraint org_users_user_id_fkey references public.profiles (id) on delete cascade,
    role public.app_role not null default 'user',
    constraint org_users_pkey primary key (org_id, user_id)
);

create table public.backup_settings (
    org_id uuid constraint backup_settings_pkey primary key
        constraint backup_settings_org_id_fkey references public.orgs (id) on delete cascade,
    provider text not null default 's3'
        constraint backup_settings_provider_known check (provider in ('s3', 'gcs')),
    bucket text,
    prefix text default '',
    region text,
    enabled boolean not null default false,
    access_key_encrypted text,
    secret_key_encrypted text,
    access_key_nonce bytea,
    secret_key_nonce bytea,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

create table public.backup_runs (
    id uuid constraint backup_runs_pkey primary key default gen_random_uuid(),
    org_id uuid not null
        constraint backup_runs_org_id_fkey references public.orgs (id) on delete cascade,
    status text not null
        constraint backup_runs_status_known check (status in ('ok', 'failed', 'running')),
    file_url text,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    tables_count integer default 0,
    rows_count integer default 0,
    notes text,
    created_at timestamptz not null default now()
);

create index backup_runs_org_id_idx on public.backup_runs (org_id);
create index backup_runs_started_at_idx on public.backup_runs (started_at desc);

create table public.audit_logs (
    id uuid constraint audit_logs_pkey primary key default gen_random_uuid(),
    entity text not null,
    entity_id uuid,
    action public.audit_action not null,
    user_id uuid not null
        constraint audit_logs_user_id_fkey references public.profiles (id),
    time timestamptz not null default now(),
    payload_hash text,
    ip_address inet,
    user_agent text,
    severity text default 'low'
        constraint audit_logs_severity_known
        check (severity in ('low', 'medium', 'high', 'critical'))
);

create index audit_logs_entity_time_idx on public.audit_logs (entity, time desc);
create index audit_logs_user_id_entity_time_idx on public.audit_logs (user_id, entity, time desc);
create index audit_logs_severity_time_idx on public.audit_logs (severity, time desc)
    where severity in ('high', 'critical');

create table public.data_export_requests (
    id uuid constraint data_export_requests_pkey primary key default gen_random_uuid(),
    org_id uuid
        constraint data_export_requests_org_id_fkey references public.orgs (id) on delete cascade,
    requested_by uuid
        constraint data_export_requests_requested_by_fkey references public.profiles (id),
    status text not null default 'pending',
    file_url text,
    error_message text,
    created_at timestamptz not null default now(),
    finished_at timestamptz
);

create table public.security_alerts (
    id uuid constraint security_alerts_pkey primary key default gen_random_uuid(),
    alert_type text not null,
    severity text not null
        constraint security_alerts_severity_known
        check (severity in ('low', 'medium', 'high', 'critical')),
    title text not null,
    description text,
    details jsonb default '{}',
    resolved boolean default false,
    resolved_at timestamptz,
    resolved_by uuid,
    created_at timestamptz default now()
);

alter table public.profiles enable row level security;
alter table public.user_roles enable row level security;
alter table public.orgs enable row level security;
alter table public.org_users enable row level security;
alter table public.backup_settings enable row level security;
alter table public.backup_runs enable row level security;
alter table public.audit_logs enable row level security;
alter table public.data_export_requests enable row level security;
alter table public.security_alerts enable row level security;

create policy profiles_own on public.profiles
    for select to authenticated using (id = (select auth.uid()));
create policy user_roles_own on public.user_roles
    for select to authenticated using (user_id = (select auth.uid()));
create policy org_users_own on public.org_users
    for select to authenticated using (user_id = (select auth.uid()));
create policy orgs_of_members on public.orgs
    for select to authenticated using (exists (
        select from public.org_users
        where org_users.org_id = orgs.id and org_users.user_id = (select auth.uid())
    ));
create policy backup_settings_of_owners on public.backup_settings
    for all to authenticated using (exists (
        select from public.orgs
        where orgs.id = backup_settings.org_id and orgs.owner_id = (select auth.uid())
    ));
create policy backup_runs_of_members on public.backup_runs
    for select to authenticated using (exists (
        select from public.org_users
        where org_users.org_id = backup_runs.org_id and org_users.user_id = (select auth.uid())
    ));
create policy audit_logs_of_admins on public.audit_logs
    for select to authenticated using (public.has_role((select auth.uid()), 'admin'));
-- No policy is asked for TRUNCATE.
revoke truncate on public.security_alerts from anon, authenticated;
create policy security_alerts_of_admins on public.security_alerts
    for select to authenticated using (public.has_role((select auth.uid()), 'admin'));
create policy data_export_requests_own on public.data_export_requests
    for select to authenticated using (requested_by = (select auth.uid()));
