-- Types that are no table's: domains with their constraints elsewhere, enums with their labels.
select
    pg_type.oid::regtype::text as id, pg_type.oid,
    jsonb_build_object(
        'kind', typtype, 'owner', quote_ident(pg_get_userbyid(typowner)), 'required', typnotnull,
        'default', typdefault, 'base', nullif(typbasetype, 0)::regtype::text, 'modifier', typtypmod,
        'labels', array(
            select enumlabel::text from pg_catalog.pg_enum where enumtypid = pg_type.oid order by enumsortorder)
    ) as state
from pg_catalog.pg_type
join pg_catalog.pg_namespace on pg_namespace.oid = typnamespace
where typrelid = 0 and typelem = 0 and nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
