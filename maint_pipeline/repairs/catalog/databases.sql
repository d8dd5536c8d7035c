-- This database.
select
    quote_ident(datname) as id, pg_database.oid,
    to_jsonb(pg_database) - '{oid,datacl,datfrozenxid,datminmxid,datname,datdba}'::text[]
        || jsonb_build_object('owner', quote_ident(pg_get_userbyid(datdba))) as state
from pg_catalog.pg_database
where datname = current_database()
