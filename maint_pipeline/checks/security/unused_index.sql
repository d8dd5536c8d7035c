-- title: Index that nothing uses
-- severity: low, because it costs every write and some disk
-- needs: pg_catalog.pg_stat_all_indexes, maint.known_indexes
-- description: An index of more than a few megabytes has not been scanned once since it was seen here first and
--     statistics were counted, and enforces nothing. Replicas count for themselves: look there too.
-- remediation: Drop it, if statistics are old enough to have seen the month's end and the replicas don't use it.
-- cannot see: scans on replicas, and when an index was made before this maintenance first looked.
-- thresholds: megabytes integer = 10; after interval = 30 days

select
    indexes.indexrelid::regclass::text as object,
    format('Index %s (%s) has not been used since %s.', indexes.indexrelid::regclass,
        pg_size_pretty(maint.relation_bytes(indexes.indexrelid)),
        to_char(watched.since at time zone 'UTC', 'YYYY-MM-DD')) as detail,
    jsonb_build_object('table', indexes.relid::regclass,
        'bytes', maint.relation_bytes(indexes.indexrelid), 'counted_since', watched.since) as metadata,
    format('drop index concurrently %s;', indexes.indexrelid::regclass) as fix,
    maint.platform_of(indexes.relid::regclass) as managed_by
from pg_stat_all_indexes as indexes
join pg_index on pg_index.indexrelid = indexes.indexrelid
join maint.known_indexes as known on known.index_oid = indexes.indexrelid
    and known.name = indexes.indexrelname
cross join lateral (
    select greatest(known.first_seen_at, stats_reset) as since
    from pg_stat_database where datname = current_database()
) as watched
where idx_scan = 0 and indisvalid and not indisunique and not indisreplident
    and indexes.schemaname not in ('pg_catalog', 'information_schema', 'pg_toast', 'maint')
    -- Younger statistics have not seen what is done once a month.
    and watched.since < now() - _after
    and maint.relation_bytes(indexes.indexrelid) >= _megabytes * 1048576::bigint
    and not exists (select from pg_constraint where conindid = indexes.indexrelid)
