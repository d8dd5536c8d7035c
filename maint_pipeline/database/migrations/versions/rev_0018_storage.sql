-- What storage takes, day by day: record_storage writes it. Locks: none on tables of the application.
-- Runs as maint_owner.

-- relations: how many were measured. unmeasured: those whose size could not be read, because somebody held them
-- locked, at most 100 of them; unmeasured_count counts all. is_thinned: of its week only the first day is left.
create table maint.storage_days (
    day date constraint storage_days_pkey primary key,
    taken_at timestamptz not null,
    relations integer not null,
    unmeasured text[] not null default '{}',
    unmeasured_count integer not null default 0,
    is_thinned boolean not null default false
);

-- root_schema, root_name: of the partitioned table that it is, or was, a part of.
create table maint.storage_relations (
    id integer generated always as identity constraint storage_relations_pkey primary key,
    schema_name text not null,
    relation_name text not null,
    root_schema text,
    root_name text,
    constraint storage_relations_name_key unique (schema_name, relation_name)
);

-- heap_bytes: with its free space and visibility maps. toast_bytes: with its index. reusable_bytes: about how
-- much of the heap serves new rows. Null: not known, such as where statistics may not be read.
create table maint.storage_sizes (
    relation_id integer not null,
    day date not null,
    heap_bytes bigint not null,
    toast_bytes bigint not null,
    index_bytes bigint not null,
    live_rows bigint,
    dead_rows bigint,
    reusable_bytes bigint,
    constraint storage_sizes_pkey primary key (relation_id, day),
    constraint storage_sizes_relation_id_fkey foreign key (relation_id)
        references maint.storage_relations (id) on delete cascade
);
create index storage_sizes_day_idx on maint.storage_sizes using brin (day) with (pages_per_range = 16);

-- database, wal (what is in pg_wal), slot (what a replication slot holds back), temporary (files of queries that run):
-- bytes at that moment. wal_written and temporary_written: since the server was made, or since statistics were
-- reset. Null: the role of tasks may not see it.
create table maint.storage_others (
    day date not null,
    kind text not null constraint storage_others_kind_known check (kind in (
        'database', 'wal', 'wal_written', 'slot', 'temporary', 'temporary_written')),
    name text not null default '',
    bytes bigint,
    constraint storage_others_pkey primary key (day, kind, name)
);

-- When an upgrade brought a task into this database: it was not due before. Tasks of the first version are not here.
create table maint.added_tasks (
    task_name text constraint added_tasks_pkey primary key,
    added_at timestamptz not null default now()
);
insert into maint.added_tasks (task_name) values ('record_storage');
