-- Extensions.
select
    quote_ident(extname) as id, pg_extension.oid,
    jsonb_build_object(
        'version', extversion, 'schema', extnamespace::regnamespace::text, 'relocatable', extrelocatable,
        'owner', quote_ident(pg_get_userbyid(extowner)), 'condition', coalesce(to_jsonb(extcondition), '[]')) as state
from pg_catalog.pg_extension
