-- title: Disk almost full
-- severity: high, because PostgreSQL stops when nothing is left
-- scope: server
-- needs: maint.health_views
-- description: The disk of the server's data, of its WAL or of a tablespace has little room left, or few inodes. It can be
--     seen where maint_pipeline runs on the server itself.
-- remediation: Find what grows: WAL that something keeps (wal_growing, replication_slot_inactive), temporary files, logs, a
--     table. Never delete files in the data directory by hand.
-- cannot see: disks of servers elsewhere, and quotas.
-- thresholds: free numeric = 0.1; gigabytes integer = 20

select
    view.name as object,
    format('%s of %s are free on the disk of %s%s.', pg_size_pretty(room.free), pg_size_pretty(room.total), view.name,
        case when room.inodes_free < room.inodes * _free
            then format(', and %s of %s inodes', room.inodes_free, room.inodes) else '' end) as detail,
    case when room.free < room.total * _free / 3 or room.inodes_free < room.inodes * _free / 3
        then 'critical' else 'high' end as severity,
    view.figures as metadata
from maint.health_views as view
cross join lateral jsonb_to_record(view.figures) as room (
    free bigint, total bigint, inodes bigint, inodes_free bigint)
where maint.require_view('disk') and view.kind = 'disk' and (
    -- A tenth of a large disk is much.
    room.free < room.total * _free and room.free < _gigabytes * 1073741824::bigint
    or room.inodes > 0 and room.inodes_free < room.inodes * _free)
