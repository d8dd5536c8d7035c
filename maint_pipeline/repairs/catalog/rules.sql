-- Rules; the one that makes a view is the view.
select
    format('%I on %s', rulename, ev_class::regclass) as id, pg_rewrite.oid,
    jsonb_build_object(
        'name', quote_ident(rulename), 'relation', ev_class::regclass::text, 'enabled', ev_enabled,
        'kind', relkind, 'definition', pg_get_ruledef(pg_rewrite.oid)) as state
from pg_catalog.pg_rewrite
join pg_catalog.pg_class on pg_class.oid = ev_class
join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
where rulename <> '_RETURN' and nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
