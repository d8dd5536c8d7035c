-- What record_storage foresaw each day: of the disk (both names empty) and of the tables that grow most. Locks: none
-- on tables of the application. Runs as maint_owner.

-- low_bytes, likely_bytes, high_bytes: 10th, 50th and 90th percentile after 30 days. changed_on, rate_before: since
-- when the rate is as now, and what it was before, bytes a day. Of the disk: its size, and when it is full. Null: not
-- known, or not within a year.
create table maint.storage_forecasts (
    day date not null,
    schema_name text not null default '',
    relation_name text not null default '',
    bytes bigint not null,
    bytes_per_day double precision not null,
    low_bytes bigint not null,
    likely_bytes bigint not null,
    high_bytes bigint not null,
    changed_on date,
    rate_before double precision,
    disk_bytes bigint,
    full_early date,
    full_likely date,
    full_late date,
    constraint storage_forecasts_pkey primary key (day, schema_name, relation_name)
);
