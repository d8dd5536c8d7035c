-- Checks of health: their category, and what they compare with. Locks: ACCESS EXCLUSIVE on maint.checks and
-- maint.changes, ours, for an instant. Runs as maint_owner.

-- also_in: other categories whose run evaluates the check, too.
alter table maint.checks
    drop constraint checks_category_known,
    add constraint checks_category_known check (category in ('security', 'backups', 'health')),
    add column also_in text[] not null default '{}';

-- The server's counters at a moment: what happened within an hour is the difference of two samples. For three hours
-- each sample stays, then one an hour, for 35 days.
create table maint.health_samples (
    taken_at timestamptz constraint health_samples_pkey primary key,
    figures jsonb not null
);

-- Tables that wait for something that autovacuum should do, and since when without it having done anything.
-- kind: vacuum, analyze, or never (neither has ever been done). visits: how often it had come by then.
create table maint.health_tables (
    kind text not null constraint health_tables_kind_known check (kind in ('vacuum', 'analyze', 'never')),
    relation_id oid not null,
    since timestamptz not null default clock_timestamp(),
    visits bigint not null,
    waiting bigint not null,
    constraint health_tables_pkey primary key (kind, relation_id)
);

-- What jobs saw from outside of the database. problem: why it could not be seen.
create table maint.health_views (
    kind text not null constraint health_views_kind_known check (kind in ('disk', 'certificate')),
    name text not null default '',
    figures jsonb not null default '{}',
    problem text,
    seen_at timestamptz not null default clock_timestamp(),
    constraint health_views_pkey primary key (kind, name)
);

insert into maint.added_tasks (task_name) values ('run_health_checks');

-- maint sessions end is a change by hand, too.
alter table maint.changes
    drop constraint changes_action_known,
    add constraint changes_action_known check (action in (
        'added', 'changed', 'removed', 'launched', 'acknowledged', 'silenced', 'resolved', 'ended'));
