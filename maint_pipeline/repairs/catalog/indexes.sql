-- Indexes; whether a constraint has made one is said, because the constraint makes and drops it.
select
    indexrelid::regclass::text as id, indexrelid as oid,
    jsonb_build_object(
        'table', indrelid::regclass::text, 'definition', pg_get_indexdef(indexrelid), 'valid', indisvalid,
        'clustered', indisclustered, 'identity', indisreplident, 'tablespace', nullif(reltablespace, 0),
        'of_partition', relispartition,
        'constraint', exists (
            select from pg_catalog.pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x')),
        'statistics', (
            select coalesce(jsonb_object_agg(attnum, attstattarget), '{}') from pg_catalog.pg_attribute
            where attrelid = indexrelid and attstattarget is not null and attstattarget <> -1)) as state
from pg_catalog.pg_index
join pg_catalog.pg_class on pg_class.oid = indexrelid
join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
where nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
