-- What the checks of behaviour look at. The audit log is read once for all of them, and only where it is
-- new: windows slide, because the copy begins the longest window before the run before. The past is
-- kept as counts by hour and as known traits. 48_activity_copy.sql makes the copy.

-- The longest window within which single actions are counted, with time for those that commit late.
create or replace function maint.activity_reach() returns interval
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select interval '75 minutes' $$;

-- How far back the past matters: as many weeks as one hour of the week is compared with.
create or replace function maint.activity_past() returns interval
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select interval '8 weeks' $$;

-- What has to be done before the checks of a category. Should the log not be readable as it has to be, the
-- checks that read the copy fail with that problem instead of seeing nothing.
create or replace function maint.prepare_checks(_category text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
declare
    _problem text;
    _detail text;
begin
    perform maint.follow_alert_tables();
    perform maint.bind_sources();
    if _category = 'security' then
        perform maint.note_indexes();
        perform maint.note_conditions();
        begin
            perform maint.observe_activity();
        exception when others then
            get stacked diagnostics _detail = pg_exception_detail;
            _problem := maint.problem(sqlstate, sqlerrm, _detail);
        end;
        insert into maint.observations (problem) values (_problem)
        on conflict (only_row) do update set problem = excluded.problem;
    end if;
end
$$;

-- Brings the copy of the audit log and what is known of the past up to date. Nothing happens where the
-- log can't be read. Locks: ACCESS EXCLUSIVE on our own maint.recent_activity until this commits.
create or replace function maint.observe_activity() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _last maint.observations;
    _start timestamptz;
    _below xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
    truncate maint.recent_activity;
    select * into _last from maint.observations;
    perform maint.note_administrators(_last.observed_at is null);
    if maint.missing_needs('{audit_log.time}') <> '{}' then
        insert into maint.observations (observed_at) values (now())
        on conflict (only_row) do update set observed_at = excluded.observed_at;
        return;
    end if;
    -- After a pause, or a run that died, the copy reaches back over it; the first one is made as if there
    -- had been a run.
    _start := least(coalesce(_last.evaluated_until, now()), now()) - maint.activity_reach();
    -- From a full hour on, so that the counts by hour are whole.
    _start := date_trunc('hour', greatest(_start, now() - maint.activity_past()), 'UTC');
    if _last.window_start is null then
        begin
            perform maint.learn_activity(_start);
        exception when others then
            if not maint.is_fault_of_a_row(sqlstate) then
                raise;
            end if;
            raise warning 'the past of % can''t be learnt: %', maint.source_relation('audit_log'), sqlerrm;
        end;
    end if;

    perform maint.copy_activity(_start, _last.evaluated_below);
    perform maint.count_activity_hours();
    perform maint.note_traits();
    delete from maint.activity_hours where hour < now() - maint.activity_past() - interval '1 day';

    insert into maint.observations as known (observed_at, window_start, observed_below,
        evaluated_until, evaluated_below)
    values (now(), _start, _below, now(), _below)
    on conflict (only_row) do update
    set observed_at = excluded.observed_at, window_start = excluded.window_start,
        observed_below = excluded.observed_below,
        evaluated_until = coalesce(known.evaluated_until, excluded.evaluated_until),
        evaluated_below = coalesce(known.evaluated_below, excluded.evaluated_below);
end
$$;

-- After all checks of a category: what they looked at need not be looked at again. A single check, or a run
-- that dies before its end, leaves the rest to the next run.
create or replace function maint.conclude_checks(_category text) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.observations
    set evaluated_until = observed_at, evaluated_below = observed_below
    where _category = 'security' and problem is null
$$;

-- Counts the hours that the copy touches. An hour's count never goes down: should rows vanish from the log,
-- audit_log_gap sees it by that.
create or replace function maint.count_activity_hours() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.activity_hours as known (user_id, hour, actions, exports)
    select user_id, date_trunc('hour', at, 'UTC'), count(*),
        count(*) filter (where entity = 'data_export' or action = 'export')
    from maint.recent_activity
    where at <= now() and at > now() - maint.activity_past()
    group by 1, 2
    on conflict (user_id, hour) do update
    set actions = greatest(known.actions, excluded.actions),
        exports = greatest(known.exports, excluded.exports)
    where known.actions < excluded.actions or known.exports < excluded.exports
$$;

create or replace function maint.administrators() returns setof text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.missing_needs('{user_roles.user_id, user_roles.role}') = '{}' then
        return query select maint.shortened(known.user_id::text)
            from maint.user_roles() as known where known.role = 'admin' and known.user_id is not null;
    end if;
end
$$;

drop function if exists maint.note_traits(boolean);

-- Adds what is new to the known traits.
create or replace function maint.note_traits() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.known_traits as known (user_id, trait, value, first_seen_at, last_seen_at)
    select user_id, 'tax_reader', '', min(at), max(at)
    from maint.recent_activity
    where entity like '%\_tin' and not is_refused and at <= now() and user_id <> ''
    group by user_id
    union all
    select activity.user_id, origin.trait, origin.value, min(at), max(at)
    from maint.recent_activity as activity
    join maint.administrators() as administrator on administrator = activity.user_id
    cross join lateral (values ('address', activity.address), ('agent', activity.agent))
        as origin (trait, value)
    where origin.value is not null and at <= now()
    group by 1, 2, 3
    on conflict (user_id, trait, value) do update
    set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at)
$$;

-- Adds who administers to the known traits. At the first look nobody is new.
create or replace function maint.note_administrators(_is_first boolean) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.known_traits as known (user_id, trait, value, first_seen_at, last_seen_at)
    select distinct administrator, 'administrator', '',
        case when _is_first then '-infinity' else clock_timestamp() end, clock_timestamp()
    from maint.administrators() as administrator
    on conflict (user_id, trait, value) do update
    set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at);

    -- Who is no administrator any more is new when it happens again.
    delete from maint.known_traits
    where trait = 'administrator'
        and user_id not in (select maint.administrators())
        and maint.missing_needs('{user_roles.user_id, user_roles.role}') = '{}'
$$;

-- Once, before the first observation: the past from the log, in one pass over those weeks.
create or replace function maint.learn_activity(_until timestamptz) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into maint.activity_hours (user_id, hour, actions, exports)
    select coalesce(maint.shortened(log.user_id::text), ''), date_trunc('hour', log.time, 'UTC'),
        count(*), count(*) filter (where log.entity = 'data_export' or log.action = 'export')
    from maint.audit_log() as log
    where log.time > now() - maint.activity_past() and log.time <= _until
    group by 1, 2;

    insert into maint.known_traits (user_id, trait, value, first_seen_at, last_seen_at)
    select maint.shortened(log.user_id::text), origin.trait, origin.value, min(log.time), max(log.time)
    from maint.audit_log() as log
    left join (select distinct administrator from maint.administrators() as administrator) as known
        on administrator = maint.shortened(log.user_id::text)
    cross join lateral (values
        ('tax_reader', case when log.entity like '%\_tin' then '' end),
        ('address', case when administrator is not null then maint.shortened(log.ip_address) end),
        ('agent', case when administrator is not null then maint.shortened(log.user_agent) end)
    ) as origin (trait, value)
    where log.time > now() - maint.activity_past() and log.time <= _until
        and (log.entity like '%\_tin' or administrator is not null) and log.user_id is not null
        and origin.value is not null
    group by 1, 2, 3;
end
$$;

-- Forgets what is known of the audit log, because another relation plays its part now.
create or replace function maint.forget_activity() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from maint.activity_hours;
    delete from maint.known_traits where trait <> 'administrator';
    update maint.observations
    set window_start = null, observed_below = null, evaluated_until = null, evaluated_below = null
$$;
