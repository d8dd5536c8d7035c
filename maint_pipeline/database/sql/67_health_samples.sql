-- What checks of health compare with: samples of the server's counters. Tables that wait are in 67_health_tables.sql.
-- Nothing of the application's is read but catalogs and statistics.

-- Columns of one row of a view whose columns differ between versions of PostgreSQL, or that may not be there; an empty
-- object where it can't be read.
create or replace function maint.figures_of(_query text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _figures jsonb;
begin
    execute _query into _figures;
    return coalesce(_figures, '{}');
exception when others then
    return '{}';
end
$$;

-- How often pg_stat_statements had to forget statements; null where it is not there or not loaded.
create or replace function maint.statements_evicted() returns bigint
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select (maint.figures_of(format('select to_jsonb(i) from %I.pg_stat_statements_info as i', nspname))
        ->> 'dealloc')::bigint
    from pg_extension
    join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_stat_statements'
$$;

-- The counters at this moment. All of them are open to every role.
create or replace function maint.health_figures() returns jsonb
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'commits', xact_commit, 'rollbacks', xact_rollback, 'deadlocks', deadlocks,
        'temporary_files', temp_files, 'temporary_bytes', temp_bytes,
        'blocks_read', blks_read, 'blocks_hit', blks_hit, 'reset_at', stats_reset,
        'started_at', pg_postmaster_start_time(),
        'transaction_ids', pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
        'wal_bytes', pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint,
        'checkpoints', case when current_setting('server_version_num')::integer >= 170000
            then maint.figures_of('select jsonb_build_object(''timed'', num_timed, ''requested'', num_requested, '
                '''reset_at'', stats_reset) from pg_stat_checkpointer')
            else maint.figures_of('select jsonb_build_object(''timed'', checkpoints_timed, ''requested'', '
                'checkpoints_req, ''reset_at'', stats_reset) from pg_stat_bgwriter') end,
        'slru', (select jsonb_object_agg(name, jsonb_build_array(blks_hit, blks_read)) from pg_stat_slru),
        'evictions', maint.statements_evicted(),
        'replicas', (
            select jsonb_agg(distinct application_name)
            from pg_stat_replication
            -- Those that copy a table for a subscription come and go.
            where application_name !~ '^pg_\d+_sync_')))
    from pg_stat_database
    where datname = current_database()
$$;

-- Takes a sample, in the place of one that is not yet a minute old, and thins out the older ones.
create or replace function maint.take_health_sample() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from maint.health_samples as sample
    where taken_at > clock_timestamp() - interval '1 minute'
        or taken_at < clock_timestamp() - interval '35 days'
        or taken_at < clock_timestamp() - interval '3 hours' and exists (
            select from maint.health_samples as earlier
            where earlier.taken_at < sample.taken_at
                and earlier.taken_at >= date_trunc('hour', sample.taken_at, 'UTC'));
    insert into maint.health_samples (taken_at, figures)
    values (clock_timestamp(), maint.health_figures())
    on conflict (taken_at) do nothing;
$$;

-- The latest sample and the youngest one that is so much older, a day at most, if nobody reset statistics and the
-- server did not start in between; no row where there is none.
create or replace function maint.health_window(_at_least interval default '25 minutes')
    returns table (earlier jsonb, latest jsonb, hours numeric)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with last as (
        select taken_at, figures from maint.health_samples order by taken_at desc limit 1
    )
    select sample.figures, last.figures,
        (extract(epoch from last.taken_at - sample.taken_at) / 3600)::numeric
    from last
    join maint.health_samples as sample
        on sample.taken_at between last.taken_at - interval '1 day' and last.taken_at - _at_least
    where (sample.figures -> 'reset_at', sample.figures -> 'started_at')
        is not distinct from (last.figures -> 'reset_at', last.figures -> 'started_at')
    order by sample.taken_at desc
    limit 1
$$;

-- How much a counter grew within that time, and how long that was. Not applicable, with a reason, where there is
-- nothing to compare with yet.
create or replace function maint.health_growth(variadic _path text[])
    returns table (growth numeric, hours numeric)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    select (latest #>> _path)::numeric - (earlier #>> _path)::numeric, health_window.hours
    into growth, hours
    from maint.health_window();
    perform maint.require(growth is not null,
        'there is no earlier sample to compare with yet: the next run has one');
    return next;
end
$$;

-- Whether the latest sample knows of evictions; null where pg_stat_statements is not there.
create or replace function maint.statements_evicted_last() returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select (figures ->> 'evictions')::bigint from maint.health_samples order by taken_at desc limit 1
$$;

-- Not applicable, and why, where a job could not see from outside what a check asks for, or has not looked for hours.
create or replace function maint.require_view(_kind text) returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _view maint.health_views;
begin
    select * into _view from maint.health_views where kind = _kind order by problem nulls last limit 1;
    perform maint.require(_view.kind is not null, 'run_health_checks has not looked yet: it does so as a job');
    perform maint.require(_view.problem is null, _view.problem);
    return maint.require(_view.seen_at > clock_timestamp() - interval '1 day',
        'run_health_checks has not looked since ' || to_char(_view.seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'));
end
$$;
