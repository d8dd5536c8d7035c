-- Whether anybody has written to some tables: what is asked every few seconds needn't look again where
-- nobody has.

-- A text that changes when somebody writes to one of the tables that a check with these needs reads, or to those with
-- which checks and alerts are set up; null where that is unknown: needs that are no columns of sources, views,
-- foreign tables, tables with children, or track_counts is off.
--
-- Sessions report what they wrote up to ten seconds after their commit, never before it: who reads this, looks,
-- and finds the same text later has seen all that was reported meanwhile. What passes by time alone (an hour
-- that ends) changes nothing here, nor does what an expression of a source reads elsewhere. Reads rows of
-- maint.sources only. Locks: none.
create or replace function maint.write_stamp(_needs text[]) returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with relations as (
        select maint.source_relation(part)::oid as relation
        from (select distinct split_part(need, '.', 1) as part from unnest(_needs) as need) as parts
        union
        select alert_table::oid from maint.alert_tables() as alert_table
        union
        select to_regclass('maint.' || name)::oid
        from unnest(array['checks', 'check_thresholds', 'ignored_findings', 'sources', 'bound_columns'])
            as name
    )
    select case when current_setting('track_counts')::boolean and bool_and(coalesce(is_counted, false))
        then string_agg(stamp, ' ' order by relation) || ' ' || pg_postmaster_start_time() end
    from (
        select relation, relkind = 'r' and not relhassubclass as is_counted, concat_ws(',',
            relation, relfilenode, pg_stat_get_tuples_inserted(relation),
            pg_stat_get_tuples_updated(relation), pg_stat_get_tuples_deleted(relation)) as stamp
        from relations
        left join pg_class on pg_class.oid = relation
    ) as looked
$$;
