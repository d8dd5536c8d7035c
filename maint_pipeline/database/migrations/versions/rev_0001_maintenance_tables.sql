-- Locks: ACCESS EXCLUSIVE on public.maintenance_task_runs and public.security_alerts, for the
-- instant that adding columns without rewriting takes. Everything else is new.

set local role maint_owner;

create table maint.retention_policies (
    name text constraint retention_policies_pkey primary key,
    table_schema text not null default 'public',
    table_name text not null,
    time_column text not null,
    condition text not null default 'true',
    keep interval not null,
    action text not null default 'delete'
        constraint retention_policies_action_known check (action in ('delete')),
    batch_target interval not null default '25 milliseconds'
        constraint retention_policies_batch_target_sane
        check (batch_target between interval '1 millisecond' and interval '1 second'),
    force boolean not null default false,
    enabled boolean not null default true,
    built_in boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);

comment on table maint.retention_policies is
    'Which rows of which table expire, and when. The cleanup tasks apply them.';

insert into maint.retention_policies (name, table_name, time_column, condition, keep, built_in)
values
    ('cleanup_old_audit_logs', 'audit_logs', 'time', 'true', '90 days', true),
    ('cleanup_old_security_alerts', 'security_alerts', 'resolved_at', 'resolved', '30 days', true);

-- A finding is what a check sees: the row type of every maint.check_NAME().
create type maint.finding as (
    name text,
    title text,
    severity text,
    category text,
    object text,
    detail text,
    remediation text,
    fingerprint text,
    metadata jsonb
);

create table maint.checks (
    name text constraint checks_pkey primary key,
    title text not null,
    category text not null
        constraint checks_category_known check (category in ('security', 'backups')),
    severity text not null
        constraint checks_severity_known check (severity in ('low', 'medium', 'high', 'critical')),
    description text not null,
    remediation text not null,
    needs text[] not null default '{}',
    enabled boolean not null default true
);

comment on table maint.checks is
    'The catalogue, filled from the check files by maint migrate; only "enabled" is yours to change.';

create table maint.check_results (
    check_name text constraint check_results_pkey primary key
        constraint check_results_check_name_fkey references maint.checks (name) on delete cascade,
    status text not null constraint check_results_status_known
        check (status in ('passed', 'findings', 'not_applicable', 'failed')),
    findings integer not null,
    problem text,
    evaluated_at timestamptz not null
);

create table maint.maintenance_windows (
    name text constraint maintenance_windows_pkey primary key,
    days smallint[] not null default '{1,2,3,4,5,6,7}'
        constraint maintenance_windows_days_are_iso
        check (days <> '{}' and days <@ '{1,2,3,4,5,6,7}'),
    opens time not null,
    closes time not null
        constraint maintenance_windows_not_empty check (closes <> opens),
    time_zone text not null default 'UTC',
    tasks text[] not null default '{}',
    enabled boolean not null default true
);

comment on table maint.maintenance_windows is
    'When bound tasks may start by schedule. Days are ISO (1 Monday), a window that closes before it '
    'opens runs past midnight, no tasks means every heavy one. No window at all: always open.';

reset role;

-- An application may have a ledger of the first implementation: it keeps its rows.
create table if not exists public.maintenance_task_runs (
    id uuid default gen_random_uuid() constraint maintenance_task_runs_pkey primary key,
    task_name text not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    status text not null default 'running',
    details jsonb default '{}',
    error_message text
);

alter table public.maintenance_task_runs
    add column if not exists trigger text,
    add column if not exists dagster_run_id text,
    add column if not exists started_by jsonb;

create table if not exists public.security_alerts (
    id uuid default gen_random_uuid() constraint security_alerts_pkey primary key,
    alert_type text not null,
    severity text not null,
    title text not null,
    description text,
    details jsonb default '{}',
    resolved boolean default false,
    resolved_at timestamptz,
    resolved_by uuid,
    created_at timestamptz default now()
);

alter table public.security_alerts
    add column if not exists fingerprint text,
    add column if not exists occurrences integer not null default 1,
    add column if not exists last_seen_at timestamptz,
    add column if not exists absences integer not null default 0;
