-- title: Table without primary key
-- severity: low, because it hampers repair and replication rather than opening anything
-- needs: pg_catalog.pg_class
-- description: A table has no primary key. Two rows can be the same and can't be distinguished, single rows can't
--     be restored, and logical replication can't update it.
-- remediation: Add a primary key: an identity column where nothing else is unique.
-- cannot see: unique columns that do as well.

select
    format('%I.%I', nspname, relname) as object,
    format('Table %I.%I has no primary key.', nspname, relname) as detail,
    jsonb_build_object('bytes', pg_total_relation_size(pg_class.oid)) as metadata,
    maint.platform_role(relowner) as managed_by
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'p') and not relispartition and relpersistence <> 't'
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (select from pg_index where indrelid = pg_class.oid and indisprimary)
    and not exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
