-- title: Table that has to be vacuumed soon against wraparound
-- severity: low, because that vacuum reads the whole table at its own time, and is not cancelled for anybody
-- needs: pg_catalog.pg_class
-- description: A large table will reach the age at which autovacuum vacuums it whatever the hour (within days, at the pace
--     of the last week), or is long past it (high): then autovacuum does not get it done.
-- remediation: Vacuum it in a quiet hour before that. If it is long past, look for what holds old rows (xmin_held) and for
--     errors of autovacuum in the server's log.
-- cannot see: the date, until a quarter of a day of samples is there; tables that nobody has vacuumed or analyzed yet.
-- thresholds: within interval = 3 days; megabytes integer = 1024; overdue numeric = 1.25

with due as (
    select relation_id as oid, bytes, ids, multixacts, most, a_day, days_left,
        ids > most * _overdue or multixacts > most_multixacts * _overdue as is_overdue
    from maint.freeze_ages()
    where ids > most * _overdue or multixacts > most_multixacts * _overdue
        or not is_toast and bytes >= _megabytes * 1048576::bigint and (
            days_left < extract(epoch from _within) / 86400 or days_left is null and ids > most * 0.95
            or multixacts > most_multixacts * 0.95)
    order by ids desc
    limit 50
)
select distinct on (oid)
    oid::regclass::text as object,
    case when is_overdue then format('Table %s is at %s million transactions, and autovacuum should have frozen it at %s.',
            oid::regclass, round(greatest(ids, multixacts) / 1000000, 1), round(most / 1000000, 1))
        else format('Table %s (%s) %s vacuumed against wraparound%s.', oid::regclass,
            pg_size_pretty(bytes),
            case when days_left <= 0 then 'is to be' else 'will be' end,
            case when days_left <= 0 then ' now' else ' from ' || to_char(now() + days_left * interval '1 day', 'YYYY-MM-DD')
                || ' on' end) end as detail,
    case when is_overdue then 'high' else 'low' end as severity,
    jsonb_build_object('age', ids, 'multixact_age', multixacts, 'ids_a_day', round(a_day),
        'at', now() + days_left * interval '1 day') as metadata,
    format('vacuum (freeze) %s;', oid::regclass) as fix
from due
order by oid, ids desc
