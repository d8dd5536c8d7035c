-- Tables, views, sequences, indexes of constraints: all that is in pg_class but columns, definitions of indexes, and
-- what changes by itself. Partitions and children name their parents in order.
select
    pg_class.oid::regclass::text as id, pg_class.oid,
    jsonb_build_object(
        'kind', relkind, 'owner', quote_ident(pg_get_userbyid(relowner)), 'persistence', relpersistence,
        'options', coalesce(to_jsonb(reloptions), '[]'),
        'toast_options', coalesce((
            select to_jsonb(toast.reloptions)
            from pg_catalog.pg_class as toast where toast.oid = pg_class.reltoastrelid), '[]'),
        'row_security', relrowsecurity, 'forced', relforcerowsecurity,
        'identity', relreplident, 'tablespace', reltablespace, 'method', relam, 'type', reloftype,
        'bound', pg_get_expr(relpartbound, pg_class.oid),
        'partition_key', case relkind when 'p' then pg_get_partkeydef(pg_class.oid) end,
        'parents', array(
            select inhparent::regclass::text from pg_catalog.pg_inherits
            where inhrelid = pg_class.oid order by inhseqno),
        'definition', case when relkind in ('v', 'm') then pg_get_viewdef(pg_class.oid) end,
        'sequence', (
            select to_jsonb(pg_sequence) - 'seqrelid' from pg_catalog.pg_sequence where seqrelid = pg_class.oid)
    ) as state
from pg_catalog.pg_class
join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
    and nspname <> 'information_schema' and nspname !~ '^pg_(catalog|toast|temp)'
