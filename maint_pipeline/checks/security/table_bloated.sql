-- title: Table mostly of dead space
-- severity: low, because it costs disk, memory and time
-- needs: pg_catalog.pg_stat_all_tables
-- description: A table of more than 50 MB is mostly space that no live row uses. Vacuuming makes it usable for
--     new rows of this table but does not give it back. Estimated from the count of live rows and the
--     widths of columns as pg_stats has them, or the widths of their types where it may not be read.
-- remediation: If the rows will not come back, rewrite the table in a quiet hour: pg_repack, or VACUUM FULL,
--     which locks it meanwhile. If they will, the space serves them.
-- cannot see: the exact share: it is an estimate; pgstattuple counts.
-- thresholds: megabytes integer = 50; dead numeric = 0.7

with estimate as (
    select relid, maint.relation_bytes(relid) as bytes, n_dead_tup, rows.live,
        -- A row has a header of 23 bytes and a pointer of 4, and is aligned to 8.
        rows.live * (28 + 8 * ceil(width.bytes / 8.0)) as live_bytes
    from pg_stat_all_tables
    join pg_class on pg_class.oid = relid
    cross join lateral (
        -- Counts that a crash reset are not trusted before the next vacuum or analyze.
        select case
            when coalesce(last_vacuum, last_autovacuum, last_analyze, last_autoanalyze) is null
                and reltuples >= 0 then reltuples
            else n_live_tup
        end as live
    ) as rows
    cross join lateral (
        select sum(coalesce(avg_width * (1 - null_frac), case when attlen > 0 then attlen else 32 end))
            as bytes
        from pg_attribute
        left join pg_stats on pg_stats.schemaname = pg_stat_all_tables.schemaname
            and tablename = pg_class.relname and pg_stats.attname = pg_attribute.attname and not inherited
        where attrelid = relid and attnum > 0 and not attisdropped
    ) as width
    where pg_stat_all_tables.schemaname not in ('pg_catalog', 'information_schema', 'pg_toast')
        and maint.relation_bytes(relid) > _megabytes * 1048576::bigint
)
select
    relid::regclass::text as object,
    format('Table %s has %s, of which about %s%% are no live rows.', relid::regclass,
        pg_size_pretty(bytes), round(100 * (1 - live_bytes / bytes))) as detail,
    jsonb_build_object('bytes', bytes, 'live_rows', live, 'dead_rows', n_dead_tup,
        'dead_share', round((1 - live_bytes / bytes)::numeric, 3)) as metadata,
    maint.platform_of(relid::regclass) as managed_by
from estimate
where live_bytes < bytes * (1 - _dead)
