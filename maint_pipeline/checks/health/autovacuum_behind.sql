-- title: Table that autovacuum does not get to
-- severity: medium, because dead rows pile up, and queries read them
-- needs: maint.health_tables
-- description: A table has had more than twice the dead rows that make autovacuum come for longer than an hour, and it has
--     not come. All workers are busy elsewhere, its cost limits are too low, or it is cancelled by locks each time.
-- remediation: Vacuum the table now. If many tables wait, give autovacuum more to do at a time:
--     autovacuum_vacuum_cost_limit, then autovacuum_max_workers.
-- cannot see: why it does not come.
-- thresholds: after interval = 1 hour

select
    relation_id::regclass::text as object,
    format('Table %s has %s dead rows, and autovacuum has not come since %s.', relation_id::regclass, waiting,
        to_char(since at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('dead_rows', waiting, 'since', since) as metadata,
    format('vacuum %s;', relation_id::regclass) as fix
from maint.health_tables
join pg_class on pg_class.oid = relation_id
where kind = 'vacuum' and since < now() - _after
