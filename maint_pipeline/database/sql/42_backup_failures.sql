-- Failed backups become alerts within seconds: what the sensor queries at each tick, what lets it skip that
-- wait for the next one, and when such an alert is over.

drop function if exists maint.sync_check(text);

-- Brings the alerts of one check in line without counting repetitions, as often as one likes. Does
-- nothing where the check is switched off or not applicable. Raises _most alerts at most: whoever gets as many
-- asks again, and says that there is more (_goes_on). Returns what changed.
create or replace function maint.sync_check(
    _name text, _most integer default null, _goes_on boolean default false
) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _check maint.checks;
begin
    select * into _check from maint.checks where name = _name;
    if _check.enabled is true then
        perform maint.bind_sources();
    end if;
    if _check.enabled is not true or maint.missing_needs(_check.needs) <> '{}' then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    perform maint.follow_alert_tables();
    if not _goes_on and not maint.has_alert_changes(_name, maint.evaluate_check(_name)) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    -- Others may have raised meanwhile what this look had not seen yet, and would resolve: look again.
    perform maint.lock_alerts(_name);
    return maint.write_alert_changes(_name, maint.evaluate_check(_name), _most);
end
$$;

-- What judged and closed one alert each.
drop function if exists maint.proof_of_absence(text, text, jsonb);
drop function if exists maint.judge_absent_alerts(text, integer);
drop function if exists maint.backup_failure_is_over(jsonb);
drop function if exists maint.close_alert(uuid, jsonb, uuid);
drop function if exists maint.backup_failure_is_over(uuid, timestamptz, timestamptz, interval);

drop function if exists maint.uuid_or_null(text);

-- A value of an alert's details; null for what is none, because others may have written there.
create or replace function maint.time_or_null(_text text) returns timestamptz
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return _text::timestamptz;
exception when data_exception then
    return null;
end
$$;

-- Why the failure of a backup in an alert is over; null where it is not.
create or replace function maint.backup_failure_is_over(
    _org_id text, _started_at timestamptz, _failed_at timestamptz, _within interval
) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return coalesce(
        (
            select jsonb_build_object(
                'resolved_because', format('the backup of %s succeeded', to_char(
                    coalesce(run.finished_at, run.started_at) at time zone 'UTC',
                    'YYYY-MM-DD HH24:MI "UTC"')),
                'resolved_by_backup_run', run.id)
            from maint.backup_runs() as run
            where run.org_id = maint.organization_key(_org_id) and run.status = 'ok' and run.started_at > _started_at
            order by run.started_at desc
            limit 1
        ),
        case
            when exists (
                select from maint.known_alerts()
                where fingerprint = 'backup_failed:' || _org_id and resolved is not true
            ) then jsonb_build_object('resolved_because',
                'reported together with the other failures of the organization')
            when _failed_at <= now() - _within then jsonb_build_object('resolved_because',
                format('failed longer ago than %s; backup_overdue reports what is missing',
                    maint.in_words(_within)))
        end);
end
$$;

-- Which absent alerts of the check backup_failed are over before their absences say so, and why: what
-- maint.absent_and_over() asks. A later backup succeeded, or the failure is reported elsewhere.
create or replace function maint.over_backup_failed() returns table (id uuid, evidence jsonb)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _within constant interval := maint.threshold('backup_failed', 'within');
begin
    if maint.missing_needs('{backup_runs.id, backup_runs.org_id, backup_runs.status,'
        'backup_runs.started_at}') <> '{}'
    then
        return;
    end if;
    return query
        select alert.id, maint.backup_failure_is_over(
            alert.details #>> '{metadata,org_id}',
            maint.time_or_null(alert.details #>> '{metadata,started_at}'),
            maint.time_or_null(alert.details #>> '{metadata,failed_at}'),
            _within)
        from maint.known_alerts() as alert
        where alert.alert_type = 'backup_failed'
            and alert.fingerprint is not null
            and alert.resolved is not true
            and alert.absences > 0;
end
$$;

create or replace function maint.tell_backup_failure() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- The argument is the application's column of the status. Where it was dropped, or there is none, any row may be a
    -- failure: the application may change its columns at any time, and its writes go on.
    if coalesce(to_jsonb(new) ->> coalesce(tg_argv[0], 'status'), 'failed') = 'failed' then
        -- The same payload twice in one transaction is sent once, so thousands of rows cost little.
        perform pg_notify('maint_backup_failed', '');
    end if;
    return null;
end
$$;
