-- Signs that tables grow, for %(oids)s with their time columns %(columns)s. Catalogs and statistics only.
-- Sizes are those of the last vacuum or analyze: pg_relation_size() would wait for locks. Locks: none but on
-- catalogs.
with wanted as (
    select oid::oid as oid, column_name
    from unnest(%(oids)s::bigint[], %(columns)s::text[]) as given (oid, column_name)
), parts as (
    -- A partitioned table has nothing of its own.
    select wanted.oid, part.relid
    from wanted
    cross join lateral (
        select wanted.oid as relid
        union
        select relid from pg_partition_tree(wanted.oid) where isleaf
    ) as part
), sizes as (
    select parts.oid,
        sum(greatest(class.reltuples, 0))::bigint as estimated_rows,
        bool_and(class.reltuples < 0) as is_unknown,
        sum(class.relpages::bigint + coalesce(toast.relpages, 0) + coalesce((
            select sum(index.relpages)
            from pg_index join pg_class as index on index.oid = indexrelid
            where indrelid in (class.oid, class.reltoastrelid)
        ), 0)) filter (where class.reltuples >= 0) * current_setting('block_size')::bigint as bytes,
        sum(pg_stat_get_live_tuples(class.oid)) as live_rows,
        sum(pg_stat_get_tuples_inserted(class.oid)) as inserted,
        sum(pg_stat_get_tuples_updated(class.oid)) as updated,
        sum(pg_stat_get_tuples_deleted(class.oid)) as deleted
    from parts
    join pg_class as class on class.oid = parts.relid and class.relkind = 'r'
    left join pg_class as toast on toast.oid = class.reltoastrelid
    group by parts.oid
), indexes as (
    select wanted.oid,
        (array_agg(amname order by (amname = 'btree') desc, amname)
            filter (where indkey[0] = attnum and amname in ('btree', 'brin')))[1]::text as method,
        bool_or(amname = 'btree' and indkey[0] = attnum and indpred is null and opcdefault) as finds_oldest
    from wanted
    join pg_attribute on attrelid = wanted.oid and attname = column_name
    join pg_index on indrelid = wanted.oid and indisvalid
    join pg_class as index on index.oid = indexrelid
    join pg_am on pg_am.oid = index.relam
    join pg_opclass on pg_opclass.oid = indclass[0]
    group by wanted.oid
), pointing as (
    select confrelid as oid, jsonb_agg(jsonb_build_object(
        'table', format('%%I.%%I', nspname, relname), 'on_delete', confdeltype
    ) order by nspname, relname) as keys
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where contype = 'f' and conparentid = 0 and conrelid <> confrelid
    group by confrelid
)
select wanted.oid::bigint as oid, sizes.bytes::bigint as bytes,
    case when not sizes.is_unknown or sizes.live_rows > 0
        then greatest(sizes.estimated_rows, sizes.live_rows)::bigint end as rows,
    sizes.inserted::bigint as inserted, sizes.updated::bigint as updated, sizes.deleted::bigint as deleted,
    (select extract(epoch from now() - stats_reset) / 86400 from pg_stat_database
        where datname = current_database())::float8 as days_of_statistics,
    indexes.method as index_method, coalesce(indexes.finds_oldest, false) as finds_oldest,
    coalesce(pointing.keys, '[]') as pointing,
    figures.histogram_bounds::text::text[] as bounds,
    coalesce(figures.null_frac, 0)::float8 as unknown_fraction,
    to_regrole('maint_owner') is not null
        and has_schema_privilege(to_regrole('maint_owner'), relnamespace, 'usage') as may_enter
from wanted
join pg_class on pg_class.oid = wanted.oid
join pg_namespace on pg_namespace.oid = relnamespace
join sizes on sizes.oid = wanted.oid
left join indexes on indexes.oid = wanted.oid
left join pointing on pointing.oid = wanted.oid
left join pg_stats as figures
    on schemaname = nspname and tablename = relname and attname = column_name
    and inherited = (relkind = 'p')
