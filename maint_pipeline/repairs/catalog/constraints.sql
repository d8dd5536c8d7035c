-- Constraints of tables and domains.
select
    format('%s: %I', case when conrelid <> 0 then conrelid::regclass::text else contypid::regtype::text end, conname)
        as id,
    pg_constraint.oid,
    jsonb_build_object(
        'relation', nullif(conrelid, 0)::regclass::text, 'name', quote_ident(conname), 'type', contype,
        'definition', pg_get_constraintdef(pg_constraint.oid), 'valid', convalidated,
        'inherited', coninhcount, 'local', conislocal) as state
from pg_catalog.pg_constraint
join pg_catalog.pg_namespace on pg_namespace.oid = connamespace
where nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
