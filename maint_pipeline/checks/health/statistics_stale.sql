-- title: Table whose statistics are of long ago
-- severity: low, because the planner believes in a table that is no more
-- needs: maint.health_tables
-- description: More than twice the rows that make autovacuum analyze a table have changed for longer than an hour, and it has
--     not come.
-- remediation: Analyze the table now.
-- cannot see: whether plans are really worse for it.
-- thresholds: after interval = 1 hour

select
    relation_id::regclass::text as object,
    format('%s rows of table %s have changed since it was analyzed.', waiting, relation_id::regclass) as detail,
    jsonb_build_object('changed_rows', waiting, 'since', since) as metadata,
    format('analyze %s;', relation_id::regclass) as fix
from maint.health_tables
join pg_class on pg_class.oid = relation_id
where kind = 'analyze' and since < now() - _after
    -- One finding is enough where there has never been any.
    and not exists (
        select from maint.health_tables as never
        where never.kind = 'never' and never.relation_id = health_tables.relation_id)
