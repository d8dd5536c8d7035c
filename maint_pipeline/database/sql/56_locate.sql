-- Finding expired rows by an index on the time column, where there is one, so that the work of a daily
-- purge follows the rows that expired and not the size of the table. retention/ranges.py drives it.

-- How the planner would run a query that calls code of the application. Nothing follows in this function:
-- see 12_application_code.sql.
create or replace function maint.explain_query(_query text) returns json
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _plan json;
begin
    execute 'explain (format json) ' || _query into _plan;
    return _plan;
end
$$;

-- How the planner would find the expired rows of a relation.
create or replace function maint.expired_plan(
    _policy_name text, _cutoff timestamptz, _target regclass
) returns json
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set max_parallel_workers_per_gather = 0
as $$
begin
    return maint.explain_query(maint.as_application(maint.owner_of(_target), format(
        'select from only %s where %s', _target, maint.expired_expression(_policy_name, _cutoff)))) -> 0 -> 'Plan';
end
$$;

-- About how many rows of a relation have expired, as the planner guesses.
create or replace function maint.expected_expired(
    _policy_name text, _cutoff timestamptz, _target regclass
) returns bigint
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select (maint.expired_plan(_policy_name, _cutoff, _target) ->> 'Plan Rows')::float8::bigint
$$;

-- Whether the planner would rather use an index than read the whole relation, for not more than a fifth
-- of its rows: with more, reading everything once is cheaper than looking first.
create or replace function maint.is_locatable(
    _policy_name text, _cutoff timestamptz, _target regclass
) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _plan json := maint.expired_plan(_policy_name, _cutoff, _target);
begin
    return _plan ->> 'Node Type' in ('Bitmap Heap Scan', 'Index Scan', 'Index Only Scan')
        and (_plan ->> 'Plan Rows')::float8
            <= 0.2 * (select greatest(reltuples, 0) from pg_class where oid = _target);
end
$$;

-- Whether rows past the cutoff lie among others all over a relation: where most of 16 chunks of 16 blocks, evenly
-- spaced, have both. The planner's correlation does not say it: a table that is used as a ring has a low one, and
-- its expired rows are together. Only times are asked, not the policy's condition, which may be slow or fail.
create or replace function maint.is_scattered(
    _policy_name text, _cutoff timestamptz, _target regclass, _blocks bigint
) returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _samples constant integer := 16;
    _chunk constant integer := 16;
    _past constant text := maint.past_cutoff(_policy_name, _cutoff);
    _mixed text;
begin
    if _blocks < _samples * _chunk then
        return false;
    end if;
    select string_agg(format(
        '(exists (select from only %1$s where %2$s and %3$s)'
        ' and exists (select from only %1$s where %2$s and (%3$s) is not true))::integer',
        _target, here, _past), ' + ')
    into _mixed
    from generate_series(0, _samples - 1) as number
    cross join lateral format('ctid >= %L::tid and ctid < %L::tid',
        format('(%s,0)', number * _blocks / _samples),
        format('(%s,0)', number * _blocks / _samples + _chunk)) as here;
    return maint.ask_application(
        maint.owner_of(_target), format('select to_jsonb(%s)', _mixed))::integer > _samples / 2;
end
$$;

-- From when to when the expired rows of a relation are, in seconds since 1970, where a B-tree index on the time finds
-- them, a slice of time after the other; null where there is none, or a time that is infinite.
create or replace function maint.expired_span(
    _policy_name text, _cutoff timestamptz, _target regclass,
    out oldest double precision, out newest double precision
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select from pg_index
        join pg_class as index_class on index_class.oid = indexrelid
        join pg_am on pg_am.oid = index_class.relam and amname = 'btree'
        join maint.retention_policies as policy on policy.name = _policy_name
        join pg_attribute on attrelid = indrelid and attname = policy.time_column
        where indrelid = _target and indisvalid and indpred is null and indkey[0] = attnum
    ) then
        return;
    end if;
    select floor(extract(epoch from span.oldest::timestamptz)), extract(epoch from span.newest::timestamptz)
    into oldest, newest
    from maint.time_range(_policy_name, _target, maint.expired_expression(_policy_name, _cutoff)) as span
    where isfinite(span.oldest::timestamptz);
end
$$;

-- How to come to the expired rows of a relation: whether an index leads to few of them, which are then located before
-- they are visited; and whether they are scattered, so that nearly every block would be visited, and slices of time
-- are better. That is looked at only where an index on the time is there to profit from it, and to be spared.
create or replace function maint.where_expired_are(
    _policy_name text, _cutoff timestamptz, _target regclass, _blocks bigint,
    out is_locatable boolean, out is_scattered boolean
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    is_locatable := maint.is_locatable(_policy_name, _cutoff, _target);
    is_scattered := (is_locatable or exists (select from maint.time_brin_indexes(_policy_name, _target)))
        and maint.is_scattered(_policy_name, _cutoff, _target, _blocks);
end
$$;

-- Where the next expired rows are, from _first_block on, held ones too: up to _limit of them, as runs
-- of blocks in order. No row where there is none. Only a bitmap scan gives them in physical order.
create or replace function maint.locate_expired(
    _policy_name text, _cutoff timestamptz, _target regclass, _first_block bigint, _limit integer
) returns table (first_block bigint, last_block bigint)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_tidscan = off
    set enable_indexscan = off
    set enable_indexonlyscan = off
    set max_parallel_workers_per_gather = 0
as $$
declare
    _granularity constant integer := 16;
begin
    return query execute maint.as_application(maint.owner_of(_target), format(
        $query$
        with found as (
            select (ctid::text::point)[0]::bigint / %1$s as chunk
            from only %2$s
            where %3$s and ctid >= %4$L::tid
            limit %5$s
        ), runs as (
            select chunk, chunk - row_number() over (order by chunk) as run
            from (select distinct chunk from found) as chunks
        )
        select greatest(min(chunk) * %1$s, %6$s), (max(chunk) + 1) * %1$s
        from runs
        group by run
        order by 1
        $query$,
        _granularity, _target, maint.expired_expression(_policy_name, _cutoff),
        format('(%s,0)', _first_block), _limit, _first_block));
end
$$;

-- The BRIN indexes on the time column of a relation, with the blocks that each of their summaries is
-- for. retention/brin.py summarizes again what a purge has emptied.
create or replace function maint.time_brin_indexes(_policy_name text, _target regclass)
    returns table (index regclass, pages_per_range bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select index_class.oid::regclass, coalesce(
        (select option_value::bigint from pg_options_to_table(index_class.reloptions)
            where option_name = 'pages_per_range'), 128)
    from pg_index
    join pg_class as index_class on index_class.oid = indexrelid
    join pg_am on pg_am.oid = index_class.relam and amname = 'brin'
    join maint.retention_policies as policy on policy.name = _policy_name
    join pg_attribute on attrelid = indrelid and attname = policy.time_column
    where indrelid = _target and indisvalid and attnum = any (indkey)
$$;
