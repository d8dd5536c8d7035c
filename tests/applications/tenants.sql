-- One schema of its own, many tenants, uuid keys, tests of administrators in functions.
create schema app;
create type app.tenant_role as enum ('owner', 'admin', 'member');
create table app.tenants (id uuid primary key default gen_random_uuid(), display_name text not null, archived_at timestamptz, created_at timestamptz not null default now());
create table app.people (id uuid primary key default gen_random_uuid(), email text);
create table app.user_profiles (user_id uuid primary key references app.people, full_name text, email text);
create table app.tenant_members (tenant_id uuid references app.tenants, user_id uuid references app.people, role app.tenant_role not null, primary key (tenant_id, user_id));
create table app.platform_admins (user_id uuid primary key references app.people, role text not null, granted_at timestamptz default now());
create table app.security_audit_trail (
    id bigint not null, logged_at timestamptz not null default now(), actor_id uuid references app.people,
    operation text not null, table_name text not null, record_id text, client_ip inet
) partition by range (logged_at);
create table app.security_audit_trail_2026_01 partition of app.security_audit_trail for values from ('2026-01-01') to ('2026-02-01');
create table app.tenant_backup_config (tenant_id uuid primary key references app.tenants, is_enabled boolean not null, storage_provider text, bucket_name text);
create table app.backup_history (id uuid primary key, tenant_id uuid references app.tenants, state text not null, begun_at timestamptz not null, ended_at timestamptz, total_rows bigint);
create table app.security_incidents (id uuid primary key, category text, risk_level text not null, summary text, detected_at timestamptz not null default now(), closed_at timestamptz);
create table app.price_alerts (id uuid primary key, priority text, name text, created_at timestamptz, tenant_id uuid references app.tenants);
create function app.is_platform_admin() returns boolean language sql stable security definer set search_path = '' as
    $$ select exists (select from app.platform_admins where user_id = nullif(current_setting('request.jwt.claim.sub', true), '')::uuid) $$;
create function app.is_tenant_admin(_tenant_id uuid) returns boolean language sql stable as $$ select false $$;
create function app.has_role(_role text) returns boolean language sql stable as $$ select false $$;
