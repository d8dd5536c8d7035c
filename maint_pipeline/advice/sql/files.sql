-- Where each relation of the what-if server is.

select pg_class.oid, nspname as schema, relname as name, relkind as kind, amname as method,
    pg_relation_filepath(pg_class.oid) as path
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
left join pg_am on pg_am.oid = relam
where relkind in ('r', 'm', 'i', 'p') and relpersistence <> 't'
    and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\_toast%'
