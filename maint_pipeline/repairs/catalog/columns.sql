-- Columns of tables and views. pg_attver is a number that some servers write beside a column's options when its type
-- changes: it counts up, and means nothing for what the column is.
select
    format('%s.%I', attrelid::regclass, attname) as id, attrelid as oid,
    jsonb_build_object(
        'relation', attrelid::regclass::text, 'kind', relkind, 'name', quote_ident(attname), 'number', attnum,
        'type', format_type(atttypid, atttypmod), 'required', attnotnull,
        'collation', nullif(nullif(attcollation, 0), 100)::regcollation::text,
        'default', pg_get_expr(adbin, adrelid), 'identity', attidentity, 'generated', attgenerated,
        'storage', attstorage, 'compression', attcompression, 'statistics', nullif(attstattarget, -1),
        'options', array(
            select option from unnest(attoptions) as option where option not like 'pg\_attver=%' order by 1),
        'fdw_options', coalesce(to_jsonb(attfdwoptions), '[]'),
        'inherited', attinhcount, 'local', attislocal
    ) as state
from pg_catalog.pg_attribute
join pg_catalog.pg_class on pg_class.oid = attrelid
join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
left join pg_catalog.pg_attrdef on adrelid = attrelid and adnum = attnum
where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm', 'f', 'c')
    and nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
