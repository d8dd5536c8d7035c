-- title: Foreign key without an index that covers it
-- severity: low, because it costs time and locks, not safety
-- needs: pg_catalog.pg_constraint
-- description: No index begins with the columns of a foreign key. Each delete or key change in the table it
--     points to reads this whole table, while it holds its lock. A partial index is no cover: it does not
--     have the rows that it leaves out.
-- remediation: Create an index that begins with these columns.
-- cannot see: whether rows are ever deleted or keys changed in the table it points to.

select
    format('%s: %I', conrelid::regclass, conname) as object,
    format('Foreign key %I of %s (%s) has no index.', conname, conrelid::regclass, columns.list)
        as detail,
    jsonb_build_object('columns', columns.list, 'references', confrelid::regclass) as metadata,
    format('create index concurrently on %s (%s);', conrelid::regclass, columns.list) as fix,
    maint.platform_role(relowner) as managed_by
from pg_constraint
join pg_class on pg_class.oid = conrelid and not relispartition
join pg_namespace on pg_namespace.oid = relnamespace
cross join lateral (
    select string_agg(quote_ident(attname), ', ' order by position) as list
    from unnest(conkey) with ordinality as key (attnum, position)
    join pg_attribute on attrelid = conrelid and pg_attribute.attnum = key.attnum
) as columns
where contype = 'f'
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (
        select from pg_index
        where indrelid = conrelid and indisvalid and indpred is null and indexprs is null
            -- The first columns in any order: indkey counts from 0.
            and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey
            and indnkeyatts >= cardinality(conkey)
    )
