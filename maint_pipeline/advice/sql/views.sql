-- Views and foreign tables, which have no size but an owner.

select nspname as schema, relname as name, relkind as kind, pg_get_userbyid(relowner) as owner
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('v', 'f') and nspname not in ('pg_catalog', 'information_schema', 'maint')
order by nspname, relname
