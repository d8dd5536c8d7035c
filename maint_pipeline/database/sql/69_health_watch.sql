-- Between the hourly runs the sensor evaluates the checks of health, too: alerts change at once.

-- What has to be done before the checks of health. Locks: none on tables of the application.
create or replace function maint.prepare_health() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
    select maint.take_health_sample();
    select maint.note_tables_waiting();
$$;

-- Evaluates one check, and brings its alerts in line without counting repetitions. A finding is over when two looks
-- have not seen it: what comes and goes makes no noise. What fails is left to the run of the task, which reports it.
create or replace function maint.watch_check(_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
declare
    _none constant jsonb := '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    _findings jsonb;
    _changes jsonb := _none;
begin
    if (select maint.missing_needs(needs) from maint.checks where name = _name) <> '{}'
        -- Another database of the registry looks at the server (maint.leave_check).
        or exists (
            select from maint.check_results
            where check_name = _name and status = 'not_applicable' and problem like 'of the server:%')
    then
        return _none;
    end if;
    _findings := maint.evaluate_check(_name);
    if maint.has_alert_changes(_name, _findings) then
        perform maint.lock_alerts(_name);
        _changes := maint.raise_alerts(_name, maint.new_findings(_name, _findings, null))
            || jsonb_build_object('resolved', maint.resolve_absent_alerts(_name, _findings, 2));
    end if;
    update maint.check_results as known
    set status = present.status, findings = present.number, problem = null, evaluated_at = clock_timestamp()
    from (
        select case when _findings = '[]' then 'passed' else 'findings' end, jsonb_array_length(_findings)
    ) as present (status, number)
    where known.check_name = _name
        and (known.status, known.findings) is distinct from (present.status, present.number);
    return _changes || jsonb_build_object('findings', jsonb_array_length(_findings));
exception when others then
    return _none;
end
$$;

-- Evaluates the checks of health, unless that was done within that time or the task is at it. A row in the ledger is
-- written where an alert was raised or resolved. Returns how many were `created`, `repeated`, `reopened`,
-- `resolved`; null where it was too early.
create or replace function maint.watch_health(_every interval) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
declare
    _task constant text := 'run_health_checks';
    _changes jsonb;
    _id uuid;
begin
    if exists (select from maint.health_samples where taken_at > clock_timestamp() - _every)
        or not maint.try_lock_in_transaction(maint.task_lock(_task))
    then
        return null;
    end if;
    perform maint.prepare_checks('health');
    select jsonb_build_object(
        'created', coalesce(sum((result ->> 'created')::integer), 0),
        'repeated', coalesce(sum((result ->> 'repeated')::integer), 0),
        'reopened', coalesce(sum((result ->> 'reopened')::integer), 0),
        'resolved', coalesce(sum((result ->> 'resolved')::integer), 0),
        'findings', coalesce(sum((result ->> 'findings')::integer), 0))
    into _changes
    from maint.enabled_checks('health') as name
    cross join lateral maint.watch_check(name) as result;
    if (_changes ->> 'created')::integer + (_changes ->> 'reopened')::integer
        + (_changes ->> 'resolved')::integer > 0
    then
        _id := maint.begin_task_run(_task, 'sensor');
        perform maint.finish_task_run(_id, 'completed', jsonb_build_object(
            'findings', _changes -> 'findings',
            'alerts_created', (_changes ->> 'created')::integer + (_changes ->> 'reopened')::integer,
            'alerts_resolved', _changes -> 'resolved'));
    end if;
    return _changes - 'findings';
end
$$;
