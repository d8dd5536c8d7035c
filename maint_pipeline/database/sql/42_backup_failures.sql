-- Failed backups become alerts within seconds: what the sensor asks at each tick, what tells it not to
-- wait for the next one, and when such an alert is over.

-- Brings the alerts of one check in line without counting repetitions, as often as one likes. Does
-- nothing where the check is switched off or not applicable. Returns what changed.
create or replace function maint.sync_check(_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _check maint.checks;
begin
    select * into _check from maint.checks where name = _name;
    if _check.enabled is not true or maint.missing_needs(_check.needs) <> '{}' then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    if not maint.has_alert_changes(_name, maint.evaluate_check(_name)) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    -- Others may have raised meanwhile what this look had not seen yet, and would resolve: look again.
    perform maint.lock_alerts(_name);
    return maint.sync_changed_alerts(_name, maint.evaluate_check(_name));
end
$$;

-- Why an alert without finding is over at once, null where only several absences tell.
create or replace function maint.proof_of_absence(
    _alert_type text, _fingerprint text, _details jsonb
) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.is_ignored(_fingerprint) then
        return jsonb_build_object('resolved_because', (
            select format('ignored since %s: %s',
                to_char(ignored_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), reason)
            from maint.ignored_findings
            where fingerprint = _fingerprint
        ));
    end if;
    if _alert_type = 'backup_failed' then
        return maint.backup_failure_is_over(_details -> 'metadata');
    end if;
    return null;
end
$$;

create or replace function maint.backup_failure_is_over(_failure jsonb) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _success record;
    _within interval := maint.threshold('backup_failed', 'within');
begin
    if maint.missing_needs(array['public.backup_runs']) <> '{}' then
        return null;
    end if;
    select run.id, coalesce(run.finished_at, run.started_at) as succeeded_at into _success
    from public.backup_runs as run
    where run.org_id = (_failure ->> 'org_id')::uuid and run.status = 'ok'
        and run.started_at > (_failure ->> 'started_at')::timestamptz
    order by run.started_at desc
    limit 1;
    if found then
        return jsonb_build_object(
            'resolved_because', format('the backup of %s succeeded',
                to_char(_success.succeeded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')),
            'resolved_by_backup_run', _success.id);
    end if;
    if exists (
        select from public.security_alerts
        where fingerprint = 'backup_failed:' || (_failure ->> 'org_id') and resolved is not true
    ) then
        return jsonb_build_object('resolved_because',
            'told together with the other failures of the organization');
    end if;
    if (_failure ->> 'failed_at')::timestamptz <= now() - _within then
        return jsonb_build_object('resolved_because',
            format('failed longer ago than %s; backup_overdue tells what is missing',
                maint.in_words(_within)));
    end if;
    return null;
-- Others may have written to the alert: what is no identity or time there proves nothing.
exception when data_exception then
    return null;
end
$$;

create or replace function maint.tell_backup_failure() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if new.status::text = 'failed' then
        -- The same words twice in one transaction are told once, so thousands of rows cost little.
        perform pg_notify('maint_backup_failed', '');
    end if;
    return null;
end
$$;
