-- What makes archives exact. Locks: none on tables of the application. Runs as maint_owner.

-- Purges that write into a folder of the archive, from before their first file. Each of their transactions
-- holds its row FOR KEY SHARE. A row that is still there when its purge has ended is that of a killed one:
-- whoever gets it FOR UPDATE knows that no transaction of that purge is open, and removes the files that
-- no transaction noted.
create table maint.archive_runs (
    folder text constraint archive_runs_pkey primary key,
    policy_name text not null,
    origin text not null,
    started_at timestamptz not null default clock_timestamp()
);

comment on column maint.archive_runs.origin is
    'maint.archive_origin() of the database that writes there: a copy of it must not remove files.';

-- Which rows of which file went back into which table that has no key, noted in the transaction that put
-- them there. A table is known by its oid, and after a dump was restored by its name.
create table maint.restored_chunks (
    file text not null,
    table_name text not null,
    table_oid oid not null,
    span tstzrange not null,
    rows bigint not null,
    restored_at timestamptz not null default clock_timestamp(),
    constraint restored_chunks_pkey primary key (file, table_oid, span)
);
