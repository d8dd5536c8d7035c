-- title: Checkpoints that WAL forces
-- severity: low, because each writes the same pages again, to the disk and into the WAL
-- scope: server
-- needs: maint.health_samples
-- description: Most checkpoints of the last hour came because max_wal_size was reached, not because their time had come.
-- remediation: Raise max_wal_size, if the disk has the room.
-- cannot see: which checkpoints somebody asked for, by a backup for example: they count as well.
-- thresholds: an_hour numeric = 6

select
    'checkpoints' as object,
    format('%s of %s checkpoints within %s were forced; max_wal_size is %s.', requested.growth,
        requested.growth + timed.growth, maint.in_words(make_interval(mins => round(60 * requested.hours)::integer)),
        current_setting('max_wal_size')) as detail,
    jsonb_build_object('forced', requested.growth, 'timed', timed.growth, 'hours', requested.hours) as metadata,
    format(e'alter system set max_wal_size = %L;\nselect pg_reload_conf();',
        (2 * pg_size_bytes(current_setting('max_wal_size')) / 1048576) || 'MB') as fix
from maint.health_growth('checkpoints', 'requested') as requested
cross join maint.health_growth('checkpoints', 'timed') as timed
where requested.growth > timed.growth and requested.growth >= _an_hour * requested.hours
