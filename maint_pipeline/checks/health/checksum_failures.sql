-- title: Pages that failed their checksum
-- severity: critical, because data on the disk has changed by itself
-- scope: server
-- needs: pg_catalog.pg_stat_database
-- description: PostgreSQL has read pages that are not as it wrote them. The disk, its controller or memory is at fault,
--     and backups may have copied it.
-- remediation: Keep all older backups. Find the table in the server's log, restore it from a backup of before, and change
--     the disk. When that is done, pg_stat_reset() in that database ends this finding.
-- cannot see: pages that nobody has read since; anything where checksums are off (data_checksums_off).

select
    coalesce(datname::text, 'shared tables') as object,
    format('%s in %s, the last at %s.', maint.pluralize(checksum_failures, 'page failed its checksum',
            'pages failed their checksum'), coalesce('database ' || datname, 'the shared tables'),
        to_char(checksum_last_failure at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('failures', checksum_failures, 'last_at', checksum_last_failure) as metadata
from pg_stat_database
where checksum_failures > 0
