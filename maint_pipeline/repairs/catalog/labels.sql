-- Security labels.
select
    format('%s %s by %s', objtype, objname, provider) as id, null::oid as oid,
    jsonb_build_object('label', label) as state
from pg_catalog.pg_seclabels
