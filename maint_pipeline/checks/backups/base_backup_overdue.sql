-- title: Base backup or dump overdue
-- severity: high, because all of the database depends on it
-- needs: maint.backup_sources
-- description: The newest backup of the source that MAINT_RESTORE_SOURCE names is older than promised, or
--     there is none. verify_backup_health looks at the source as a job; the SQL function of that name knows
--     what the last look saw.
-- remediation: Look why the backup has not run (its timer, its log, its disk), and run it by hand.
-- cannot see: base backups in places that nobody configured here.
-- thresholds: after interval = 26 hours

select
    latest.source as object,
    case
        when latest.taken_at is null then latest.problem
        else format('The newest backup, %s, is of %s.', latest.backup,
            to_char(latest.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('backup', latest.backup, 'taken_at', latest.taken_at, 'bytes', latest.bytes,
        'looked_at', latest.looked_at) as metadata
from (
    select source, backup, taken_at, bytes, problem, looked_at
    from maint.backup_sources
    order by looked_at desc
    limit 1
) as latest
where coalesce(latest.taken_at, '-infinity')
    < now() - _after
