-- title: More WAL than the settings allow
-- severity: high, because the disk fills, and then the server stops
-- scope: server
-- needs: pg_catalog.pg_ls_waldir()
-- description: The files in pg_wal take much more than max_wal_size and wal_keep_size together. Something keeps them:
--     a replication slot, an archiver that fails, or checkpoints that do not keep up with the writing.
-- remediation: Look for findings of replication_slot_inactive, archiver_failing and archive_backlog first. Don't delete
--     files in pg_wal by hand.
-- cannot see: how much room the disk has left (disk_filling, where it can be seen).
-- thresholds: times numeric = 2; megabytes integer = 1024

select
    'pg_wal' as object,
    format('%s files in pg_wal take %s; the settings mean %s.', wal.files, pg_size_pretty(wal.bytes),
        pg_size_pretty(wal.meant)) as detail,
    jsonb_build_object('bytes', wal.bytes, 'meant', wal.meant, 'files', wal.files) as metadata
from (
    select count(*) as files, coalesce(sum(size), 0) as bytes,
        pg_size_bytes(current_setting('max_wal_size')) + pg_size_bytes(current_setting('wal_keep_size')) as meant
    from pg_ls_waldir()
) as wal
where wal.bytes > wal.meant * _times and wal.bytes - wal.meant > _megabytes * 1048576::bigint
