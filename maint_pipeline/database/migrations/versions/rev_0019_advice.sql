-- What advise_indexes advised, and what came of it. Locks: none on tables of the application. Runs as maint_owner.

-- definition: what the catalogs say once the advice is followed. queries: id (of pg_stat_statements), role, calls and
-- milliseconds an hour then, and the milliseconds an hour that were promised; their texts are not kept. counted: what
-- pg_stat_statements had counted of them when the advice was first seen followed. outcome: what was promised, beside
-- what came true, in the words of outcome_reason.
create table maint.advice (
    id bigint generated always as identity constraint advice_pkey primary key,
    kind text not null constraint advice_kind_known check (kind in ('index', 'policy', 'drop', 'setting')),
    relation text not null,
    definition text not null,
    statement text not null,
    saved_ms_per_hour double precision not null,
    bytes bigint not null,
    confidence text not null,
    queries jsonb not null default '[]',
    first_advised_at timestamptz not null default now(),
    last_advised_at timestamptz not null default now(),
    followed_at timestamptz,
    counted jsonb,
    verified_at timestamptz,
    outcome text constraint advice_outcome_known check (outcome in (
        'came true', 'came true in part', 'did not come true', 'can''t be measured')),
    outcome_reason text,
    constraint advice_definition_key unique (kind, relation, definition)
);
insert into maint.added_tasks (task_name) values ('advise_indexes');
