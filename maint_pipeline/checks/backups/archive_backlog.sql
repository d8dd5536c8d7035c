-- title: WAL segments wait to be archived
-- severity: high, because what is not archived is lost with the server
-- also in: health
-- needs: pg_catalog.pg_ls_archive_statusdir()
-- description: More finished WAL segments wait for their archiving than a healthy archiver leaves. What
--     is not archived yet is lost with this server.
-- remediation: Look whether the archive_command is slow or stuck, and whether its target is reachable.
-- cannot see: segments that were removed before they were archived.
-- thresholds: segments integer = 30
-- scope: server

select
    'archive_status' as object,
    format('%s WAL segments wait to be archived, the oldest since %s.', count(*),
        to_char(min(modification) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('segments', count(*), 'oldest_at', min(modification)) as metadata
from pg_catalog.pg_ls_archive_statusdir()
where name like '%.ready'
having count(*) > _segments
