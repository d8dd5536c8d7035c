-- Whether anybody has written to some tables: what is asked every few seconds needn't look again where
-- nobody has.

-- A text that changes when somebody writes to one of the tables, or to those with which checks are set up; null
-- where that can't be told: views, foreign tables, tables with children, or track_counts is off.
--
-- Sessions report what they wrote up to ten seconds after their commit, never before it: who reads this, looks,
-- and finds the same text later has seen all that was reported meanwhile. What passes by time alone (an hour
-- that ends) changes nothing here. Reads no table. Locks: none.
create or replace function maint.write_stamp(_relations text[]) returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select case when current_setting('track_counts')::boolean and bool_and(coalesce(is_counted, false))
        then string_agg(stamp, ' ' order by relation) || ' ' || pg_postmaster_start_time() end
    from (
        select relation, relkind = 'r' and not relhassubclass as is_counted, concat_ws(',',
            pg_class.oid, relfilenode, pg_stat_get_tuples_inserted(pg_class.oid),
            pg_stat_get_tuples_updated(pg_class.oid), pg_stat_get_tuples_deleted(pg_class.oid)) as stamp
        from unnest(_relations || array['maint.checks', 'maint.check_thresholds', 'maint.ignored_findings'])
            as relation
        left join pg_class on pg_class.oid = to_regclass(relation)
    ) as looked
$$;
