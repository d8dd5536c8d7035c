-- title: WAL archiving fails
-- severity: critical, because recovery ends where archiving did, and the disk fills until the server stops
-- also in: health
-- needs: pg_catalog.pg_stat_archiver
-- description: The server's latest attempt to archive a WAL segment failed. Point-in-time recovery ends
--     where the last one succeeded, and WAL piles up until the disk is full. Times are compared, because
--     the counts of failures say nothing about now.
-- remediation: Read the server's log for the archive_command's error and fix it. The server then retries
--     automatically.
-- cannot see: an archive command that succeeds and stores nothing.
-- scope: server

select
    'archiver' as object,
    format('Archiving %s failed at %s; the last success was %s.', last_failed_wal,
        to_char(last_failed_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(to_char(last_archived_time at time zone 'UTC', '"at" YYYY-MM-DD HH24:MI "UTC"'),
            'never')) as detail,
    jsonb_build_object('last_failed_wal', last_failed_wal, 'last_failed_at', last_failed_time,
        'last_archived_at', last_archived_time, 'failed_count', failed_count) as metadata
from pg_catalog.pg_stat_archiver
where current_setting('archive_mode') <> 'off'
    and last_failed_time > coalesce(last_archived_time, '-infinity')
