-- Dry runs of a purge.

-- What a purge would delete: counts, range, bytes, by day, what is held, and the statement. Reads each
-- table once and changes nothing. Lists the latest 400 days.
create or replace function maint.preview_purge(_policy_name text, _cutoff timestamptz) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := maint.policy_table(_policy_name);
    _expired text := maint.expired_expression(_policy_name, _cutoff);
    _time_column text;
    _preview jsonb;
begin
    perform maint.assert_trusted(_table);
    perform maint.assert_sees_all(_table);
    select time_column into _time_column from maint.retention_policies where name = _policy_name;
    _preview := maint.ask_application(maint.owner_of(_table), format(
        $query$
        with days as (
            select (time at time zone 'UTC')::date as day, is_held, count(*) as rows,
                min(time) as oldest, max(time) as newest, sum(bytes) as bytes
            -- Sorting for the groups may change how a row is stored: measured before it.
            from (%s offset 0) as expired
            group by 1, 2
        ), free as (select * from days where not is_held)
        select jsonb_build_object(
            'expired_count', (select coalesce(sum(rows), 0) from free),
            'held', (select coalesce(sum(rows), 0) from days where is_held),
            'oldest', (select min(oldest) from free),
            'newest', (select max(newest) from free),
            'expired_bytes', (select coalesce(sum(bytes), 0) from free),
            'by_day', (
                select coalesce(jsonb_agg(
                    jsonb_build_object('day', day, 'rows', rows, 'bytes', bytes) order by day desc
                ), '[]')
                from (select day, rows, bytes from free order by day desc limit 400) as latest
            )
        )
        $query$,
        (
            select string_agg(format(
                'select %1$I::timestamptz as time, (%4$s) is true as is_held, '
                'pg_column_size(%2$s.*) as bytes from %2$s where %3$s', _time_column, relation, _expired,
                coalesce(maint.hold_expression(_policy_name, relation), 'false')), ' union all ')
            from maint.policy_tables(_policy_name) as relation
        )));
    return _preview || jsonb_build_object(
        'oldest', (_preview ->> 'oldest')::timestamptz,
        'newest', (_preview ->> 'newest')::timestamptz
    ) || (
        -- They go as a whole, unless something in them has to stay.
        select case when count(*) = 0 then '{}'
            else jsonb_build_object('partitions', jsonb_agg(name order by upper_bound)) end
        from maint.time_partitions(_policy_name) where upper_bound <= _cutoff
    ) || jsonb_build_object(
        'action', (select action from maint.retention_policies where name = _policy_name),
        'statement', (
            select string_agg(format('delete from %s where %s', relation, maint.without_held(
                _expired, maint.hold_expression(_policy_name, relation))), '; ')
            from maint.policy_tables(_policy_name) as relation
        )
    );
end
$$;

-- The dry run of a policy for administrators: what its task would do now, changing nothing.
create or replace function maint.preview_cleanup(_policy text default 'cleanup_old_audit_logs')
    returns jsonb
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _cutoff timestamptz;
begin
    perform maint.assert_operator();
    if maint.policy_table(_policy) is null then
        raise undefined_table using
            message = format('the table of retention policy %s does not exist', _policy);
    end if;
    _cutoff := maint.policy_cutoff(_policy);
    return jsonb_build_object('policy', _policy, 'cutoff', _cutoff)
        || maint.preview_purge(_policy, _cutoff);
end
$$;
