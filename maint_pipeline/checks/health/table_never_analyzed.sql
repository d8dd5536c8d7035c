-- title: Table of which the planner knows nothing
-- severity: low, because it guesses, and guesses wrong
-- needs: maint.health_tables
-- description: A table with thousands of rows has never been vacuumed or analyzed. Of a partitioned table nobody but
--     you does that: autovacuum only sees its parts.
-- remediation: Analyze it now; a partitioned table again whenever its data has changed much.
-- cannot see: tables of fewer rows, which matter less.
-- thresholds: after interval = 1 hour

select
    relation_id::regclass::text as object,
    format('Table %s with about %s rows has never been vacuumed or analyzed.', relation_id::regclass, waiting) as detail,
    jsonb_build_object('rows', waiting, 'since', since) as metadata,
    format('analyze %s;', relation_id::regclass) as fix
from maint.health_tables
join pg_class on pg_class.oid = relation_id
where kind = 'never' and since < now() - _after
