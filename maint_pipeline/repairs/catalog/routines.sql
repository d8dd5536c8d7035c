-- Functions and procedures with their whole definition; aggregates by their parts.
select
    pg_proc.oid::regprocedure::text as id, pg_proc.oid,
    jsonb_build_object(
        'kind', prokind, 'owner', quote_ident(pg_get_userbyid(proowner)),
        'definition', case when prokind <> 'a' then pg_get_functiondef(pg_proc.oid)
            else (select to_jsonb(pg_aggregate)::text from pg_catalog.pg_aggregate where aggfnoid = pg_proc.oid) end
    ) as state
from pg_catalog.pg_proc
join pg_catalog.pg_namespace on pg_namespace.oid = pronamespace
where nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
