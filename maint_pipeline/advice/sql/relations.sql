-- Every relation of the application that has a size, with what writes it.

select pg_class.oid, nspname as schema, pg_class.relname as name, relkind as kind, amname as method, relpages as pages,
    reltuples as tuples, relallvisible as all_visible,
    pg_relation_size(pg_class.oid) / current_setting('block_size')::integer as blocks,
    relrowsecurity as has_row_security, pg_get_userbyid(relowner) as owner, reloptions as options,
    case when relkind in ('r', 'm', 'p') then has_table_privilege(pg_class.oid, 'select') else true end as is_readable,
    relkind in ('r', 'p') and row_security_active(pg_class.oid) as is_bound,
    coalesce(n_tup_ins, 0) as inserted, coalesce(n_tup_upd, 0) as updated, coalesce(n_tup_hot_upd, 0) as updated_hot,
    coalesce(n_tup_del, 0) as deleted, coalesce(seq_tup_read, 0) as read_by_scans, coalesce(n_dead_tup, 0) as dead,
    coalesce(n_live_tup, 0) as live
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
left join pg_am on pg_am.oid = relam
left join pg_stat_all_tables on pg_stat_all_tables.relid = pg_class.oid
where relkind in ('r', 'm', 'i', 'p') and relpersistence <> 't'
    and nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\_toast%' and nspname <> 'maint'
order by nspname, pg_class.relname
