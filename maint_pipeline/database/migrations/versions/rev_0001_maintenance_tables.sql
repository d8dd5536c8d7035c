-- Locks: none on tables that exist.

-- Runs as maint_owner, and in between as the role that migrates.

create table maint.retention_policies (
    name text constraint retention_policies_pkey primary key,
    table_schema text not null default 'public',
    table_name text not null,
    time_column text not null,
    condition text not null default 'true',
    hold_condition text not null default 'false',
    keep interval not null,
    action text not null default 'delete'
        constraint retention_policies_action_known check (action in ('delete', 'archive')),
    batch_target interval not null default '10 milliseconds'
        constraint retention_policies_batch_target_sane
        check (batch_target between interval '1 millisecond' and interval '1 second'),
    partition_step interval
        constraint retention_policies_partition_step_sane
        check (partition_step >= interval '1 hour'),
    partitions_ahead integer not null default 0
        constraint retention_policies_partitions_ahead_sane
        check (partitions_ahead between 0 and 1000
            and (partitions_ahead = 0 or partition_step is not null)),
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

-- Rows that must not go, for a reason that somebody will be asked for.
create table maint.legal_holds (
    id uuid default gen_random_uuid() constraint legal_holds_pkey primary key,
    policy_name text constraint legal_holds_policy_name_fkey
        references maint.retention_policies (name) on update cascade,
    column_name text not null,
    value text not null,
    reason text not null constraint legal_holds_reason_given check (reason ~ '\S'),
    held_by jsonb not null,
    held_at timestamptz not null default clock_timestamp(),
    released_at timestamptz
);

comment on table maint.legal_holds is
    'Rows whose column has the value stay, under one policy or (null) under every policy whose table '
    'has that column, until released_at is set.';

-- Partitions on their way out. A purge that is killed between detaching and dropping one finds it here.
create table maint.detaching_partitions (
    partition_oid oid constraint detaching_partitions_pkey primary key,
    policy_name text not null,
    name text not null,
    parent text not null,
    bounds text not null,
    upper_bound timestamptz not null,
    noted_at timestamptz not null default clock_timestamp()
);

-- Files that hold deleted rows: written and read back before the rows went, noted in the transaction
-- that deleted them. The folder is MAINT_ARCHIVE_URL.
create table maint.archived_chunks (
    file text constraint archived_chunks_pkey primary key,
    policy_name text not null,
    table_name text not null,
    rows bigint not null,
    bytes bigint not null,
    sha256 text not null,
    oldest timestamptz not null,
    newest timestamptz not null,
    archived_at timestamptz not null default clock_timestamp()
);

create index archived_chunks_policy_name_idx on maint.archived_chunks (policy_name, oldest);

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

create table maint.check_thresholds (
    check_name text not null constraint check_thresholds_check_name_fkey
        references maint.checks (name) on delete cascade,
    name text not null,
    type text not null
        constraint check_thresholds_type_known check (type in ('interval', 'integer', 'numeric')),
    default_value text not null,
    value text,
    constraint check_thresholds_pkey primary key (check_name, name)
);

comment on table maint.check_thresholds is
    'What checks compare with. "value" is yours to set; null means the default.';

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

-- What an installation decides for itself, by name.
create table maint.settings (
    name text constraint settings_pkey primary key
        constraint settings_name_known check (name in ('admin_test', 'backup_trigger', 'restore_ignores')),
    value text
);

comment on table maint.settings is
    'admin_test: the function that tells whether a signed-in user is an administrator, as '
    '"schema.name(uuid)" or "schema.name()"; null means public.has_role(uuid, public.app_role). '
    'backup_trigger: off keeps maint migrate from adding its trigger to public.backup_runs. '
    'restore_ignores: tables, as schema.name, that backups leave out on purpose.';

insert into maint.settings (name) values ('admin_test'), ('backup_trigger'), ('restore_ignores');

create table maint.notification_channels (
    name text constraint notification_channels_pkey primary key,
    is_configured boolean not null default true,
    default_min_severity text not null constraint notification_channels_default_known
        check (default_min_severity in ('low', 'medium', 'high', 'critical')),
    min_severity text constraint notification_channels_severity_known
        check (min_severity in ('low', 'medium', 'high', 'critical')),
    categories text[] not null default '{}' constraint notification_channels_categories_known
        check (categories <@ '{security,backups,maintenance}'),
    quiet_from time,
    quiet_until time,
    time_zone text not null default 'UTC',
    gather_for interval not null default '0'
        constraint notification_channels_gather_for_sane
        check (gather_for between interval '0' and interval '7 days'),
    digest_from integer not null default 5
        constraint notification_channels_digest_from_sane check (digest_from > 1),
    constraint notification_channels_quiet_hours_whole
        check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until)
);

comment on table maint.notification_channels is
    'What each channel of MAINT_NOTIFY_URLS wants to hear; rows come by themselves. Yours to change: '
    'min_severity (null: MAINT_NOTIFY_MIN_SEVERITY), categories (none: all), quiet hours, which critical '
    'alerts ignore, gather_for (how long to collect before telling), digest_from (how many at once '
    'become one message).';

create table maint.notifications (
    id bigint generated always as identity constraint notifications_pkey primary key,
    alert_id uuid not null,
    channel text not null constraint notifications_channel_fkey
        references maint.notification_channels (name) on delete cascade,
    event text not null constraint notifications_event_known
        check (event in ('raised', 'reopened', 'escalated', 'resolved')),
    severity text not null,
    state text not null default 'waiting' constraint notifications_state_known
        check (state in ('waiting', 'sent', 'dropped', 'dead')),
    attempts integer not null default 0,
    problem text,
    created_at timestamptz not null default clock_timestamp(),
    due_at timestamptz not null default clock_timestamp(),
    settled_at timestamptz
);

create index notifications_unsettled_idx on maint.notifications (channel, state)
    where state in ('waiting', 'dead');
create index notifications_alert_id_idx on maint.notifications (alert_id, channel, id);
create index notifications_settled_at_idx on maint.notifications (settled_at);

comment on table maint.notifications is
    'The outbox: each change of an alert that a channel is told of. waiting, sent, dropped (nobody needs '
    'to hear it any more) or dead (given up; maint notifications retry sends it again).';

-- The newest backup that a configured source has, as the last look saw it.
create table maint.backup_sources (
    source text constraint backup_sources_pkey primary key,
    backup text,
    taken_at timestamptz,
    bytes bigint,
    problem text,
    looked_at timestamptz not null
);

-- Every try to restore a backup, and what it proved.
create table maint.restore_proofs (
    id bigint generated always as identity constraint restore_proofs_pkey primary key,
    source text not null,
    backup text,
    taken_at timestamptz,
    bytes bigint,
    started_at timestamptz not null,
    finished_at timestamptz not null,
    is_proven boolean not null,
    problem text,
    newest_row_at timestamptz,
    row_count bigint,
    details jsonb not null default '{}'
);

-- Roles whose tables, and triggers on them, the owner role works on, beside those that are trusted
-- anyway (maint.is_trusted). Filled by maint migrate --trust.
create table maint.trusted_owners (
    role name constraint trusted_owners_pkey primary key
);

reset role;

-- Our own columns of it are in columns.py: a table that the application had gets them too. The comment says
-- whose it is: that is how maint migrate --down tells it from what was there before.
do $$
begin
    if to_regclass('public.maintenance_task_runs') is null then
        create table public.maintenance_task_runs (
            -- No name of its own: a table that was renamed to make room may still have that one.
            id uuid default gen_random_uuid() primary key,
            task_name text not null,
            started_at timestamptz not null default now(),
            finished_at timestamptz,
            status text not null default 'running',
            details jsonb default '{}',
            error_message text
        );
        comment on table public.maintenance_task_runs is 'maint_pipeline: every run of every task';
    end if;
end
$$;

set local role maint_owner;
