-- title: Backups not proven to restore
-- severity: high, because only a restored backup is known to work
-- needs: maint.restore_tests
-- description: The latest restore test of the newest backup failed, or the last successful one is too old.
--     Only sources that verify_restore has tested at least once are reported. A backup that is proven in part
--     counts: all its rows were restored, and the run names what else was not.
-- remediation: Read the problem in the run of verify_restore, take a new backup and run verify_restore
--     again. Keep the older backups until it succeeds.
-- cannot see: whether what was restored is what people need; backups that nobody named here.
-- thresholds: within interval = 8 days

select
    latest.source as object,
    case
        when not latest.is_proven then format('The backup %s of %s does not restore: %s', latest.backup,
            to_char(latest.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
            left(latest.problem, 1000))
        else format('The last successful restore test was at %s.',
            to_char(latest.finished_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    case when latest.is_proven then 'high' else 'critical' end as severity,
    jsonb_build_object('backup', latest.backup, 'taken_at', latest.taken_at,
        'tried_at', latest.finished_at, 'last_proven_at', (
            select max(test.finished_at)
            from maint.restore_tests as test
            where test.source = latest.source and test.is_proven
        )) as metadata
from (
    -- A source that is no longer configured has no newer try, and is not asked for one.
    select source, backup, taken_at, finished_at, is_proven, problem
    from maint.restore_tests
    order by id desc
    limit 1
) as latest
where not latest.is_proven
    or latest.finished_at < now() - _within
