-- Indexes and whether anything needs them.

select pg_index.indexrelid as oid, namespace.nspname as schema, relation.relname as name, owner.nspname as table_schema,
    tables.relname as table_name, amname as method, indisunique as is_unique, indisvalid as is_valid,
    indisreplident as is_identity, pg_get_indexdef(pg_index.indexrelid) as definition,
    (indkey::int2[])[0:indnkeyatts - 1] as keys, indnatts <> indnkeyatts as includes,
    concat_ws('|', indclass::text, indcollation::text, indoption::text) as operators,
    array(select pg_get_indexdef(pg_index.indexrelid, place, true) from generate_series(1, indnkeyatts) as place) as columns,
    pg_get_expr(indexprs, indrelid) as expressions, pg_get_expr(indpred, indrelid) as condition,
    exists (select from pg_constraint where conindid = pg_index.indexrelid) as is_constraint,
    relation.relispartition as is_partition, coalesce(idx_scan, 0) as scans,
    pg_relation_size(pg_index.indexrelid) as bytes
from pg_index
join pg_class as relation on relation.oid = indexrelid
join pg_namespace as namespace on namespace.oid = relation.relnamespace
join pg_class as tables on tables.oid = indrelid
join pg_namespace as owner on owner.oid = tables.relnamespace
join pg_am on pg_am.oid = relation.relam
left join pg_stat_all_indexes on pg_stat_all_indexes.indexrelid = pg_index.indexrelid
where relation.relkind = 'i' and relation.relpersistence <> 't'
    and namespace.nspname not in ('pg_catalog', 'information_schema', 'maint') and namespace.nspname not like 'pg\_toast%'
order by namespace.nspname, relation.relname
