-- title: Table that a crash empties
-- severity: medium, because after a crash or on a replica its rows are gone
-- needs: pg_catalog.pg_class
-- description: A table is UNLOGGED: what is in it is not written to the log, is in no replica and in no base
--     backup, and a crash empties it.
-- remediation: Make it logged, which writes it once; or keep it so for what can be made anew, and ignore the finding.
-- cannot see: whether the rows could be made anew.

select
    format('%I.%I', nspname, relname) as object,
    format('Table %I.%I is unlogged: a crash empties it.', nspname, relname) as detail,
    jsonb_build_object('bytes', maint.relation_bytes(pg_class.oid)) as metadata,
    format('alter table %I.%I set logged;', nspname, relname) as fix,
    maint.platform_role(relowner) as managed_by
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind = 'r' and relpersistence = 'u'
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
