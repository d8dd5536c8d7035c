-- Tables that wait for autovacuum, or that it will have to visit against wraparound. Catalogs and statistics only.

-- Tables with what each waits for: dead rows above twice what makes autovacuum come, changed rows likewise, or the
-- first visit of all. Those whose autovacuum is off wait for nothing (autovacuum_off reports them).
create or replace function maint.tables_waiting()
    returns table (kind text, relation_id oid, visits bigint, waiting bigint)
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with limits as materialized (
        select current_setting('autovacuum_vacuum_threshold')::double precision as dead,
            current_setting('autovacuum_vacuum_scale_factor')::double precision as dead_share,
            coalesce(nullif(current_setting('autovacuum_vacuum_max_threshold', true), '-1')::double precision,
                'infinity') as dead_most,
            current_setting('autovacuum_analyze_threshold')::double precision as changed,
            current_setting('autovacuum_analyze_scale_factor')::double precision as changed_share
        where current_setting('autovacuum')::boolean and current_setting('track_counts')::boolean
    ), tables as materialized (
        select pg_class.oid, greatest(reltuples, 0) as rows, reltuples < 0 as is_unknown,
            pg_stat_get_dead_tuples(pg_class.oid) as dead,
            pg_stat_get_mod_since_analyze(pg_class.oid) as changed, options.*
        from pg_class
        left join lateral (
            select max(option_value) filter (where option_name = 'autovacuum_vacuum_threshold') as own_dead,
                max(option_value) filter (where option_name = 'autovacuum_vacuum_scale_factor') as own_dead_share,
                max(option_value) filter (where option_name = 'autovacuum_analyze_threshold') as own_changed,
                max(option_value) filter (where option_name = 'autovacuum_analyze_scale_factor')
                    as own_changed_share,
                bool_and(option_value::boolean) filter (where option_name = 'autovacuum_enabled') as is_enabled
            from pg_options_to_table(reloptions)
        ) as options on reloptions is not null
        where relkind in ('r', 'm') and relpersistence <> 't' and relnamespace <> 'information_schema'::regnamespace
    ), due as materialized (
        select tables.oid, due.kind, due.waiting, due.base, due.share
        from tables
        cross join limits
        cross join lateral (values
            ('vacuum', tables.dead, least(limits.dead_most / 2, coalesce(own_dead::double precision, limits.dead)),
                coalesce(own_dead_share::double precision, limits.dead_share), limits.dead_most),
            ('analyze', tables.changed, coalesce(own_changed::double precision, limits.changed),
                coalesce(own_changed_share::double precision, limits.changed_share), 'infinity'),
            ('never', case when tables.is_unknown then tables.changed end, 5000, 0, 'infinity')
        ) as due (kind, waiting, base, share, most)
        where coalesce(is_enabled, true) and due.waiting > 2 * least(due.most, due.base + due.share * tables.rows)
    )
    -- The rest is asked only of the few.
    select due.kind, due.oid, case due.kind
            when 'vacuum' then pg_stat_get_vacuum_count(due.oid) + pg_stat_get_autovacuum_count(due.oid)
            when 'analyze' then pg_stat_get_analyze_count(due.oid) + pg_stat_get_autoanalyze_count(due.oid)
            else 0 end, due.waiting
    from due
    where due.kind <> 'analyze' or due.waiting > 2 * (due.base + due.share * pg_stat_get_live_tuples(due.oid))
    union all
    -- Autovacuum never analyzes a partitioned table, only its parts.
    select 'never', parent.oid, 0, sum(part.reltuples)::bigint
    from pg_class as parent
    cross join lateral pg_partition_tree(parent.oid) as tree
    join pg_class as part on part.oid = tree.relid and part.relkind = 'r'
    where parent.relkind = 'p' and not parent.relispartition and parent.reltuples < 0
    group by parent.oid
    having sum(part.reltuples) > 10000
$$;

-- Remembers since when each table waits. Whoever was visited in between waits from then on.
create or replace function maint.note_tables_waiting() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with waiting as materialized (
        select kind, relation_id, visits, waiting from maint.tables_waiting()
    ), gone as (
        delete from maint.health_tables as known
        where not exists (
            select from waiting where waiting.kind = known.kind and waiting.relation_id = known.relation_id)
    )
    insert into maint.health_tables as known (kind, relation_id, visits, waiting)
    select kind, relation_id, visits, waiting from waiting
    on conflict (kind, relation_id) do update
    set waiting = excluded.waiting, visits = excluded.visits,
        since = case when known.visits = excluded.visits then known.since else excluded.since end
$$;

-- How old each table's oldest transaction id and multixact id are, the ages at which autovacuum vacuums it whatever the
-- hour, and after how many days that is at the pace of the last week (a_day; null before a quarter of a day of
-- samples). A TOAST table has an age of its own, and is vacuumed with its table. Sizes are the catalog's: the files'
-- own length can't be read while somebody has a table locked.
create or replace function maint.freeze_ages() returns table (
        relation_id oid, is_toast boolean, bytes bigint, ids numeric, multixacts numeric, most numeric,
        most_multixacts numeric, a_day numeric, days_left numeric
    )
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with pace as (
        select ((max(ids) - min(ids)) / nullif(extract(epoch from max(taken_at) - min(taken_at)), 0) * 86400)::numeric
            as a_day
        from (
            select taken_at, (figures ->> 'transaction_ids')::numeric as ids
            from maint.health_samples
            where taken_at > now() - interval '7 days'
        ) as samples
        having max(taken_at) - min(taken_at) > interval '6 hours'
    ), ages as (
        select pg_class.oid, relkind = 't' as is_toast, reloptions,
            relpages::bigint * current_setting('block_size')::integer as bytes,
            age(relfrozenxid)::numeric as ids, mxid_age(relminmxid)::numeric as multixacts,
            current_setting('autovacuum_freeze_max_age')::numeric as most,
            current_setting('autovacuum_multixact_freeze_max_age')::numeric as most_multixacts
        from pg_class
        where relkind in ('r', 'm', 't') and relpersistence <> 't'
    ), limited as (
        select oid, is_toast, bytes, ids, multixacts, least(most, own.ids_most) as most, most_multixacts
        from ages
        left join lateral (
            select option_value::numeric as ids_most from pg_options_to_table(ages.reloptions)
            where option_name = 'autovacuum_freeze_max_age'
        ) as own on ages.reloptions is not null
    )
    select coalesce(owning.oid, limited.oid), is_toast, bytes, limited.ids, limited.multixacts, limited.most,
        limited.most_multixacts, pace.a_day,
        case when pace.a_day > 0 then greatest(0, limited.most - limited.ids) / pace.a_day end
    from limited
    left join pg_class as owning on is_toast and owning.reltoastrelid = limited.oid
    left join pace on true
$$;
