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
    elsif _category = 'health' then
        perform maint.prepare_health();
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
    if _last.learned_at is null then
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
    perform maint.note_traits(_start);
    perform maint.forget_rhythms();

    insert into maint.observations as known (observed_at, window_start, observed_below,
        evaluated_until, evaluated_below, learned_at)
    values (now(), _start, _below, now(), _below, now())
    on conflict (only_row) do update
    set observed_at = excluded.observed_at, window_start = excluded.window_start,
        observed_below = excluded.observed_below,
        learned_at = coalesce(known.learned_at, excluded.learned_at),
        evaluated_until = coalesce(known.evaluated_until, excluded.evaluated_until),
        evaluated_below = coalesce(known.evaluated_below, excluded.evaluated_below);
    perform maint.note_recounts(_last.evaluated_until, _start);
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
    insert into maint.activity_hours as known
        (user_id, hour, actions, exports, reads, creations, deletions)
    select user_id, date_trunc('hour', at, 'UTC'), count(*),
        count(*) filter (where entity = 'data_export' or action = 'export'),
        count(*) filter (where action in ('read', 'access')),
        count(*) filter (where action = 'create'),
        count(*) filter (where action = 'delete' and not is_refused)
    from maint.recent_activity
    where at <= now() and at > now() - maint.activity_past()
    group by 1, 2
    on conflict (user_id, hour) do update
    set actions = greatest(known.actions, excluded.actions),
        exports = greatest(known.exports, excluded.exports),
        reads = greatest(known.reads, excluded.reads),
        creations = greatest(known.creations, excluded.creations),
        deletions = greatest(known.deletions, excluded.deletions)
    where known.actions < excluded.actions or known.exports < excluded.exports
        or known.reads < excluded.reads or known.creations < excluded.creations
        or known.deletions < excluded.deletions
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

-- Forgets what is known of the audit log, because another relation plays its part now.
create or replace function maint.forget_activity() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    delete from maint.activity_hours;
    delete from maint.known_traits where trait <> 'administrator';
    update maint.observations
    set window_start = null, observed_below = null, evaluated_until = null, evaluated_below = null,
        learned_at = null, recounts = '{}', counted_before = '{}'
$$;
