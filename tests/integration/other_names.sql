-- An application of other names and shapes: numbers as identities, times without a zone, flags instead of
-- words, a schema of its own for backups.
create table public.users (id bigint primary key, email text);
create table public.tenants (id bigint primary key, title text, removed boolean not null default false);
create table public.members (
    tenant_id bigint references public.tenants, user_id bigint references public.users, is_admin boolean);
create table public.activity_logs (
    id bigint generated always as identity primary key, created_at timestamp not null default now(),
    actor_id bigint, event text, subject_type text, subject_id bigint,
    meta jsonb not null default '{}', blocked boolean not null default false);
create schema ops;
create table ops.backups (
    id bigint generated always as identity primary key, tenant bigint, succeeded boolean,
    began timestamptz not null default now(), ended timestamptz, bytes bigint, path text, remarks text);
create table ops.backup_config (
    tenant bigint, active boolean, target text, secrets jsonb not null default '{}',
    since timestamptz not null default now());

insert into public.users select i, 'user' || i || '@a.example' from generate_series(1, 20) as i;
insert into public.tenants (id, title) select i, 'Tenant ' || i from generate_series(1, 6) as i;
insert into public.tenants values (7, 'Gone', true);
insert into public.members select 1, i, i <= 2 from generate_series(1, 20) as i;
insert into ops.backup_config select i, true, 'bucket', '{"key": "k", "secret": "s"}', now() - interval '9 days'
    from generate_series(1, 5) as i;
insert into ops.backups (tenant, succeeded, began, ended, bytes, path)
    select tenant, true, now() - day * interval '1 day', now() - day * interval '1 day', 1000, 's3://b/f'
    from generate_series(1, 5) as tenant, generate_series(0, 5) as day;
insert into public.activity_logs (actor_id, event, subject_type, subject_id, meta, created_at)
    select 1 + i % 20, 'read', 'invoice', i % 30, '{"ip": "192.0.2.1", "agent": "browser"}',
        now() at time zone 'UTC' - i * interval '20 minutes'
    from generate_series(1, 500) as i;
