-- title: Index that is not valid
-- severity: medium, because it costs every write and answers no query, and a unique one enforces only half
-- needs: pg_catalog.pg_index
-- description: A concurrent build of an index failed or was interrupted and left it invalid. It is kept up to date
--     and never used.
-- remediation: Rebuild it concurrently, or drop it. While a build is running, wait for its end.
-- cannot see: indexes that are valid and damaged: amcheck tells.

select
    indexrelid::regclass::text as object,
    format('Index %s of %s is invalid.', indexrelid::regclass, indrelid::regclass) as detail,
    jsonb_build_object('table', indrelid::regclass, 'unique', indisunique) as metadata,
    format('reindex index concurrently %s;', indexrelid::regclass) as fix,
    maint.platform_role(relowner) as managed_by
from pg_index
join pg_class on pg_class.oid = indrelid and relkind <> 'p'
join pg_namespace on pg_namespace.oid = relnamespace
where not indisvalid
    and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and not exists (
        select from pg_stat_progress_create_index as building
        where building.index_relid = pg_index.indexrelid
    )
