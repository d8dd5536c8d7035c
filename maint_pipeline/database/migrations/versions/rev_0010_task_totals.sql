-- What the ledger adds up to, so that a scrape of the metrics reads its last day only. Locks: none on tables of
-- the application. Runs as maint_owner.

-- Runs that began before maint.task_totals_until, by task and outcome; filled by maint.add_up_task_runs().
create table maint.task_totals (
    task_name text not null,
    status text not null,
    runs bigint not null,
    rows_deleted numeric not null,
    seconds double precision not null,
    constraint task_totals_pkey primary key (task_name, status)
);

create table maint.task_totals_until (
    is_the_only_row boolean default true constraint task_totals_until_pkey primary key
        constraint task_totals_until_one_row check (is_the_only_row),
    until timestamptz not null
);

insert into maint.task_totals_until (until) values ('-infinity');
