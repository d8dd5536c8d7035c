-- What this session has locked against others: relation and mode. Their own names keep transactions and views apart.
select relation::regclass::text as relation, mode
from pg_catalog.pg_locks
join pg_catalog.pg_class on pg_class.oid = relation and relkind in ('r', 'p', 'v', 'm', 'f', 'i')
where pid = pg_backend_pid() and locktype = 'relation' and granted and relation >= 16384
    and database = (select oid from pg_catalog.pg_database where datname = current_database())
    and mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
        'AccessExclusiveLock')
order by 1, 2
