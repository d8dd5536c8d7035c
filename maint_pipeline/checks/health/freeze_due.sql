-- title: Table that has to be vacuumed soon against wraparound
-- severity: low, because that vacuum reads the whole table at its own time, and is not cancelled for anybody
-- needs: pg_catalog.pg_class
-- description: A large table will reach the age at which autovacuum vacuums it whatever the hour (within days, at the pace
--     of the last week), or is long past it (high): then autovacuum does not get it done.
-- remediation: Vacuum it in a quiet hour before that. If it is long past, look for what holds old rows (xmin_held) and for
--     errors of autovacuum in the server's log.
-- cannot see: the date, until a quarter of a day of samples is there; tables that nobody has vacuumed or analyzed yet.
-- thresholds: within interval = 3 days; megabytes integer = 1024; overdue numeric = 1.25

with pace as (
    -- Ids a day, of the last week.
    select ((max(ids) - min(ids)) / nullif(extract(epoch from max(taken_at) - min(taken_at)), 0) * 86400)::numeric as a_day
    from (
        select taken_at, (figures ->> 'transaction_ids')::numeric as ids
        from maint.health_samples
        where taken_at > now() - interval '7 days'
    ) as samples
    having max(taken_at) - min(taken_at) > interval '6 hours'
), limits as (
    select current_setting('autovacuum_freeze_max_age')::numeric as ids,
        current_setting('autovacuum_multixact_freeze_max_age')::numeric as multixacts
), tables as (
    -- By the catalog: the files' own length can't be read while somebody has a table locked.
    select pg_class.oid, pg_class.relpages::bigint * current_setting('block_size')::integer as bytes,
        greatest(age(pg_class.relfrozenxid), age(toast.relfrozenxid))::numeric as ids,
        greatest(mxid_age(pg_class.relminmxid), mxid_age(toast.relminmxid))::numeric as multixacts,
        least(limits.ids, own.ids) as most, limits.multixacts as most_multixacts
    from pg_class
    cross join limits
    left join pg_class as toast on toast.oid = pg_class.reltoastrelid
    left join lateral (
        select option_value::numeric as ids from pg_options_to_table(pg_class.reloptions)
        where option_name = 'autovacuum_freeze_max_age'
    ) as own on pg_class.reloptions is not null
    where pg_class.relkind in ('r', 'm') and pg_class.relpersistence <> 't'
), dated as (
    select tables.*, pace.a_day,
        ids > most * _overdue or multixacts > most_multixacts * _overdue as is_overdue,
        case when pace.a_day > 0 then greatest(0, most - ids) / pace.a_day end as days_left
    from tables
    left join pace on true
), due as (
    select *
    from dated
    where is_overdue
        or (days_left < extract(epoch from _within) / 86400 or days_left is null and ids > most * 0.95
                or multixacts > most_multixacts * 0.95)
            and bytes >= _megabytes * 1048576::bigint
    order by is_overdue desc, ids desc
    limit 50
)
select
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
