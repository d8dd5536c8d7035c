-- Locks: none on tables of the application. Runs as maint_owner.

create table maint.changes (
    id bigint generated always as identity constraint changes_pkey primary key,
    changed_at timestamptz not null,
    action text not null constraint changes_action_known check (action in (
        'added', 'changed', 'removed', 'launched', 'acknowledged', 'silenced', 'resolved')),
    table_name text not null,
    object text not null,
    old_value jsonb,
    new_value jsonb,
    changed_by jsonb not null
);

create index changes_changed_at_idx on maint.changes (changed_at);

comment on table maint.changes is
    'Who did what to maintenance, by hand: configuration, alerts, launches. Only ever added to; no '
    'retention policy may name it.';
