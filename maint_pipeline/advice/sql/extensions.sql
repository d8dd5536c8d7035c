-- Extensions and the schema of each.

select extname as name, nspname as schema
from pg_extension
join pg_namespace on pg_namespace.oid = extnamespace
where extname <> 'plpgsql'
order by extname
