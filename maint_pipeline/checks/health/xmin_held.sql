-- title: Old rows are kept for somebody
-- severity: medium, because vacuum removes nothing that is younger, in any table
-- scope: server
-- needs: pg_catalog.pg_stat_activity, pg_catalog.pg_replication_slots, pg_catalog.pg_prepared_xacts
-- description: Somebody may still want to see rows that millions of transactions ago were deleted or changed: a
--     session, a prepared transaction, a replica that reports what its queries need, or a replication slot. Tables
--     and indexes grow meanwhile.
-- remediation: End what holds them: the finding names it.
-- cannot see: how many rows it is that are kept.
-- thresholds: transactions integer = 5000000

with replicas as materialized (
    select pid, application_name, backend_xmin from pg_stat_replication
), holders (object, words, age, fix) as (
    select 'session ' || sessions.who, format('the session of %s, pid %s', sessions.who, sessions.pid),
        age(coalesce(sessions.xmin, sessions.xid)), format('select pg_terminate_backend(%s);', sessions.pid)
    from maint.sessions() as sessions
    where not exists (select from replicas where replicas.pid = sessions.pid)
    union all
    select 'replica ' || application_name, format('queries on the replica %s', application_name),
        age(backend_xmin), null
    from replicas
    union all
    select 'prepared transaction ' || gid, format('the prepared transaction %s in database %I', gid, database),
        age(transaction), format('rollback prepared %L;', gid)
    from pg_prepared_xacts
    union all
    select 'slot ' || slot_name, format('the replication slot %s', slot_name),
        greatest(age(xmin), age(catalog_xmin)), case when not active
            then format('select pg_drop_replication_slot(%L);', slot_name) end
    from pg_replication_slots
)
select distinct on (object) object,
    format('Rows that were deleted or changed in the last %s million transactions are kept for %s.',
        round(age / 1000000.0, 1), words) as detail,
    case when age > 10 * _transactions::bigint then 'high' else 'medium' end as severity,
    jsonb_build_object('age', age) as metadata,
    fix
from holders
where age > _transactions
order by object, age desc
