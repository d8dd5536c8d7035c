-- Each user's own rhythm: what is usual for them, from where and at what hours, as far as it is known.

drop function if exists maint.note_traits(boolean);
drop function if exists maint.note_traits();

-- Where an address is, coarsely: lines at home and phones change the rest of it. Of IPv4 the first half, of
-- IPv6 the first two groups; any other text is itself.
create or replace function maint.network_of(_address text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        substring(_address from '^\d{1,3}\.\d{1,3}(?=\.\d{1,3}\.\d{1,3}(?:/\d+)?$)'),
        substring(lower(_address) from '^[0-9a-f]{0,4}:[0-9a-f]{0,4}(?=:)'),
        _address)
$$;

-- What a user agent is without its versions, which change every few weeks.
create or replace function maint.program_of(_agent text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select regexp_replace(_agent, '/?[0-9][0-9._]*', '', 'g') $$;

-- What an action shows of its user. What was refused shows little: a sign-in that failed may be anybody's.
create or replace function maint.traits_of(
    _entity text, _action text, _is_refused boolean, _address text, _agent text, _is_administrator boolean
) returns table (trait text, value text)
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select shown.trait, shown.value
    from (values
        ('address', _is_administrator, _address),
        ('agent', _is_administrator, _agent),
        ('kind', not _is_refused, _entity || ' ' || coalesce(_action, '')),
        ('network', not _is_refused, maint.network_of(_address)),
        ('program', not _is_refused, maint.program_of(_agent)),
        ('tax_reader', not _is_refused and _entity like '%\_tin', ''),
        ('user', not _is_refused, '')
    ) as shown (trait, holds, value)
    where shown.holds and shown.value is not null
$$;

-- Adds what is new to the known traits. Rows with a date of before the copy's begin show nothing: who
-- writes them could make a past. Of one user and trait not more at once than people have, so that
-- nobody who changes their program with each request fills a table.
create or replace function maint.note_traits(_start timestamptz) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.known_traits as known (user_id, trait, value, first_seen_at, last_seen_at)
    select user_id, trait, value, first_at, last_at
    from (
        select activity.user_id, shown.trait, shown.value, min(first_at) as first_at,
            max(last_at) as last_at,
            row_number() over (partition by activity.user_id, shown.trait order by min(first_at)) as place
        from (
            select user_id, entity, action, is_refused, address, agent, min(at) as first_at,
                max(at) as last_at
            from maint.recent_activity
            where at > _start and at <= now() and user_id <> ''
            group by grouping sets ((1, 4, 2, 3), (1, 4, 5), (1, 4, 6))
        ) as activity
        cross join lateral maint.traits_of(entity, action, is_refused, address, agent,
            activity.user_id in (select maint.administrators())) as shown
        group by 1, 2, 3
    ) as found
    where place <= 100
    on conflict (user_id, trait, value) do update
    set last_seen_at = excluded.last_seen_at
    -- Otherwise every row would be written every hour.
    where excluded.last_seen_at > known.last_seen_at + interval '6 hours'
$$;

-- Forgets what is older than the past that matters. Since when a user is known is kept.
create or replace function maint.forget_rhythms() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from maint.activity_hours where hour < now() - maint.activity_past() - interval '1 day';
    delete from maint.known_traits
    where trait in ('network', 'program', 'kind')
        and last_seen_at < now() - maint.activity_past() - interval '1 day'
$$;

-- Once, before the first observation: the past from the log, in two passes over those weeks.
create or replace function maint.learn_activity(_until timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into maint.activity_hours as known
        (user_id, hour, actions, exports, reads, creations, deletions)
    -- Grouped first: a call of a function for each row would take longer than all else.
    select maint.shortened(user_id), hour, actions, exports, reads, creations, deletions
    from (
        select coalesce(log.user_id::text, '') as user_id, date_trunc('hour', log.time, 'UTC') as hour,
            count(*) as actions,
            count(*) filter (where log.entity = 'data_export' or log.action = 'export') as exports,
            count(*) filter (where log.action in ('read', 'access')) as reads,
            count(*) filter (where log.action = 'create') as creations,
            count(*) filter (where log.action = 'delete'
                and log.payload_hash is distinct from 'rate_limited') as deletions
        from maint.audit_log() as log
        where log.time > now() - maint.activity_past() and log.time <= _until
        group by 1, 2
    ) as log
    on conflict (user_id, hour) do update
    set actions = greatest(known.actions, excluded.actions),
        exports = greatest(known.exports, excluded.exports),
        reads = excluded.reads, creations = excluded.creations, deletions = excluded.deletions;

    insert into maint.known_traits (user_id, trait, value, first_seen_at, last_seen_at)
    select maint.shortened(activity.user_id), shown.trait, shown.value, min(first_at), max(last_at)
    -- One pass for all traits, and few groups.
    from (
        select log.user_id::text as user_id, log.entity, log.action,
            log.payload_hash is not distinct from 'rate_limited' as is_refused,
            log.ip_address as address, log.user_agent as agent, min(log.time) as first_at,
            max(log.time) as last_at
        from maint.audit_log() as log
        where log.time > now() - maint.activity_past() and log.time <= _until
            and log.user_id is not null
        group by grouping sets ((1, 4, 2, 3), (1, 4, 5), (1, 4, 6))
    ) as activity
    cross join lateral maint.traits_of(maint.shortened(entity), maint.shortened(action), is_refused,
        maint.shortened(address), maint.shortened(agent),
        maint.shortened(activity.user_id) in (select maint.administrators())) as shown
    group by 1, 2, 3
    on conflict (user_id, trait, value) do nothing;
    analyze maint.activity_hours;
    analyze maint.known_traits;
end
$$;

-- What is usual for a user: of each count what came up on three days of the past. One day of an attack, or two,
-- make nothing usual. Of deletions, what came up on eight days or on two of the same weekday: who tidies
-- up on Fridays does not on a Tuesday. Of weeks the second one. is_known: whether there is past enough.
create or replace function maint.usual_activity(_user_id text, _until timestamptz)
    returns table (is_known boolean, hour_actions bigint, hour_changes bigint, hour_reads bigint,
        hour_deletions bigint, day_reads bigint, day_deletions bigint, day_exports bigint,
        week_reads bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with days as (
        select date_bin('1 day', hour, _until) as day, max(actions)::bigint as hour_actions,
            max(changes)::bigint as hour_changes, max(reads)::bigint as hour_reads,
            max(deletions)::bigint as hour_deletions, sum(reads) as day_reads,
            sum(deletions) as day_deletions, sum(exports) as day_exports
        from maint.activity_hours
        where user_id = _user_id and hour < _until and hour >= _until - maint.activity_past()
        group by 1
    ), placed as (
        select *, extract(day from _until - day)::integer as days_ago
        from days
    )
    select count(*) >= 10 and min(day) <= _until - interval '21 days',
        coalesce((array_agg(hour_actions order by hour_actions desc))[3], 0),
        coalesce((array_agg(hour_changes order by hour_changes desc))[3], 0),
        coalesce((array_agg(hour_reads order by hour_reads desc))[3], 0),
        greatest((array_agg(hour_deletions order by hour_deletions desc))[8],
            (array_agg(hour_deletions order by hour_deletions desc)
                filter (where days_ago % 7 = 0))[2], 0),
        coalesce((array_agg(day_reads order by day_reads desc))[3], 0),
        greatest((array_agg(day_deletions order by day_deletions desc))[8],
            (array_agg(day_deletions order by day_deletions desc)
                filter (where days_ago % 7 = 0))[2], 0),
        coalesce((array_agg(day_exports order by day_exports desc))[3], 0),
        coalesce((
            select (array_agg(reads order by reads desc))[2]
            from (
                select sum(day_reads)::bigint as reads from placed group by (days_ago - 1) / 7
            ) as week
        ), 0)
    from placed
$$;

-- The limit that follows from it: some times what is usual, within bounds. Below the lower one nothing is
-- worth an alert; above the upper one nothing is usual, whoever has got us used to it. Without a past
-- the fixed limit holds.
create or replace function maint.learned_limit(
    _is_known boolean, _usual bigint, _times numeric, _at_least integer, _fixed integer, _at_most integer
) returns numeric
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case when _is_known then least(greatest(_times * _usual, _at_least), _at_most) else _fixed end
$$;

-- On how many days of the past a user was active at about this hour of the day; of one weekday only, if asked.
create or replace function maint.days_active_around(
    _user_id text, _hour timestamptz, _until timestamptz, _same_weekday boolean
) returns bigint
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select count(distinct date_bin('1 day', hour, _hour - interval '12 hours'))
    from maint.activity_hours
    where user_id = _user_id and hour < _until and hour >= _until - maint.activity_past()
        and (extract(epoch from _hour - hour)::bigint / 3600)
            % case when _same_weekday then 168 else 24 end
            in (0, 1, case when _same_weekday then 167 else 23 end)
$$;

-- Counts hours of the log again, a day and a week after they were: {hour: rows}. Whoever deletes traces later
-- than the hour after is noticed by that. Reads those hours only, where an index leads to them.
create or replace function maint.recount_hours(_since timestamptz) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _until constant timestamptz := date_trunc('hour', now(), 'UTC');
    _from constant timestamptz := greatest(least(date_trunc('hour', _since, 'UTC'),
        _until - interval '1 hour'), _until - interval '24 hours');
    _hours text;
    _condition text;
    _recounts jsonb;
begin
    -- Both in one pass: on a log in the order of time they are often in the same pages.
    select string_agg(format(
            'select generate_series(%L::timestamptz, %L::timestamptz - interval ''1 hour'', ''1 hour'')',
            _from - age, _until - age), ' union all '),
        string_agg(format('(log.time >= %L and log.time < %L and %s and %s)', _from - age, _until - age,
            maint.raw_time_after(_from - age), maint.raw_time_before(_until - age)), ' or ')
    into _hours, _condition
    from (values (interval '25 hours'), (interval '7 days')) as ages (age);
    execute format(
        $query$
        select jsonb_object_agg(hour, rows)
        from (
            select hours.hour, count(log.time) as rows
            from (%s) as hours (hour)
            left join (
                select log.time from %s as log where %s
            ) as log on date_trunc('hour', log.time, 'UTC') = hours.hour
            group by hours.hour
        ) as counted
        $query$,
        _hours, maint.audit_rows(), _condition) into _recounts;
    return coalesce(_recounts, '{}');
exception when others then
    if not maint.is_fault_of_a_row(sqlstate) then
        raise;
    end if;
    return '{}';
end
$$;

-- Notes what this run counts again, beside what was counted before: while an hour was new, and a day after.
-- What was reported then is not reported again.
create or replace function maint.note_recounts(_since timestamptz, _start timestamptz) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.observations
    set counted_before = coalesce((
            select jsonb_object_agg(key, value)
            from jsonb_each(counted_before || recounts || coalesce((
                select jsonb_object_agg(hours.hour, coalesce(present.rows, 0))
                from generate_series(_start, now(), '1 hour') as hours (hour)
                left join (
                    select date_trunc('hour', at, 'UTC') as hour, count(*) as rows
                    from maint.recent_activity
                    group by 1
                ) as present on present.hour = hours.hour
            ), '{}'))
            where key::timestamptz > now() - interval '8 days'
        ), '{}'),
        recounts = case when _since is null then '{}' else maint.recount_hours(_since) end
$$;
