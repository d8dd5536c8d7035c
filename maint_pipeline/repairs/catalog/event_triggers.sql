-- Event triggers.
select
    quote_ident(evtname) as id, pg_event_trigger.oid,
    jsonb_build_object(
        'event', evtevent, 'owner', quote_ident(pg_get_userbyid(evtowner)), 'enabled', evtenabled,
        'function', format('%I.%I', nspname, proname), 'tags', coalesce(to_jsonb(evttags), '[]')) as state
from pg_catalog.pg_event_trigger
join pg_catalog.pg_proc on pg_proc.oid = evtfoid
join pg_catalog.pg_namespace on pg_namespace.oid = pronamespace
