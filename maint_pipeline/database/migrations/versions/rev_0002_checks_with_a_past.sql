-- Locks: none on tables of the application. Runs as maint_owner.

alter table maint.check_thresholds
    drop constraint check_thresholds_type_known,
    add constraint check_thresholds_type_known
        check (type in ('interval', 'integer', 'numeric', 'text'));

alter table maint.settings
    drop constraint settings_name_known,
    add constraint settings_name_known
        check (name in ('admin_test', 'backup_trigger', 'exposed_schemas', 'restore_ignores'));

comment on table maint.settings is
    'admin_test: the function that tells whether a signed-in user is an administrator, as '
    '"schema.name(uuid)" or "schema.name()"; null means public.has_role(uuid, public.app_role). '
    'backup_trigger: off keeps maint migrate from adding its trigger to public.backup_runs. '
    'exposed_schemas: what the API serves, separated by commas; null means the db_schemas that PostgREST '
    'reads from the database''s roles, or public. '
    'restore_ignores: tables, as schema.name, that backups leave out on purpose.';

insert into maint.settings (name) values ('exposed_schemas');

-- Findings that somebody decided to live with.
create table maint.ignored_findings (
    fingerprint text constraint ignored_findings_pkey primary key,
    reason text not null constraint ignored_findings_reason_given check (reason ~ '\S'),
    ignored_by jsonb not null,
    ignored_at timestamptz not null default clock_timestamp(),
    ignored_until timestamptz
);

comment on table maint.ignored_findings is
    'Findings that raise no alert until ignored_until (null: for good), and why.';

-- What somebody looked at and found right: functions, grants and settings as they were then.
create table maint.baseline (
    kind text not null constraint baseline_kind_known
        check (kind in ('function', 'grants', 'setting')),
    object text not null,
    definition text not null,
    approved_by jsonb not null,
    approved_at timestamptz not null default clock_timestamp(),
    constraint baseline_pkey primary key (kind, object)
);

-- What the checks of behaviour read: the audit log of the time since the run before and of the longest
-- window before that, copied once for all of them. Unlogged, because every run fills it anew.
create unlogged table maint.recent_activity (
    at timestamptz not null,
    user_id text not null,
    entity text not null,
    entity_id text,
    action text not null,
    is_refused boolean not null,
    address text,
    agent text
);

-- How far the copy reaches, by time and by transaction, and how far all checks have been evaluated.
create table maint.observations (
    only_row boolean default true constraint observations_pkey primary key
        constraint observations_one_row check (only_row),
    observed_at timestamptz,
    window_start timestamptz,
    observed_below xid8,
    evaluated_until timestamptz,
    evaluated_below xid8,
    problem text
);

-- What the past was like, hour by hour: the audit log itself need not be read again for it.
create table maint.activity_hours (
    user_id text not null,
    hour timestamptz not null,
    actions integer not null,
    exports integer not null,
    constraint activity_hours_pkey primary key (user_id, hour)
);

create index activity_hours_hour_idx on maint.activity_hours (hour);

-- What is known of people: from where administrators work, who reads tax numbers, who administers.
create table maint.known_traits (
    user_id text not null,
    trait text not null constraint known_traits_trait_known
        check (trait in ('address', 'agent', 'tax_reader', 'administrator')),
    value text not null default '',
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    constraint known_traits_pkey primary key (user_id, trait, value)
);

-- It is asked for the fingerprint too now.
drop function if exists maint.proof_of_absence(text, jsonb);
