-- Schemas and their owners; what they allow is in grants.sql.
select
    quote_ident(nspname) as id, pg_namespace.oid,
    jsonb_build_object('owner', quote_ident(pg_get_userbyid(nspowner))) as state
from pg_catalog.pg_namespace
where nspname !~ '^pg_(toast|temp)'
