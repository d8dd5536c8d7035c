-- Alerts: findings become rows of public.security_alerts, one open row for each fingerprint.
--
-- Rows without a fingerprint belong to the application itself; nothing here touches them, except
-- that people may resolve them.

-- Brings the alerts of one check in line with what it sees now.
--
-- _findings: array of {severity, title, detail, remediation, object, fingerprint, metadata}.
-- Returns {created, repeated, reopened, resolved}. An alert is resolved after its finding has been
-- absent from _absences_to_resolve evaluations in a row, because one empty look proves little.
create or replace function maint.sync_alerts(
    _alert_type text, _findings jsonb, _absences_to_resolve integer default 2
) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _created bigint;
    _repeated bigint;
    _reopened bigint;
    _resolved bigint;
begin
    -- Two evaluations at once would both find an alert missing and both reopen it.
    perform pg_advisory_xact_lock(hashtextextended('maint_pipeline.alerts.' || _alert_type, 0));
    perform maint.lock_trusted('public.security_alerts');

    update public.security_alerts as alert
    set occurrences = alert.occurrences + 1,
        last_seen_at = clock_timestamp(),
        absences = 0,
        severity = finding.severity,
        -- Who put it aside knew of a lesser problem.
        acknowledged_at = case when maint.is_graver(finding.severity, alert.severity) then null
            else alert.acknowledged_at end,
        silenced_until = case when maint.is_graver(finding.severity, alert.severity) then null
            else alert.silenced_until end,
        title = finding.title,
        description = finding.detail,
        details = coalesce(alert.details, '{}') || maint.alert_details(finding)
            || case when maint.is_graver(finding.severity, alert.severity) then jsonb_build_object(
                'raised_from', alert.severity, 'raised_at', clock_timestamp())
            else '{}' end
    from maint.findings(_findings) as finding
    where alert.fingerprint = finding.fingerprint and alert.resolved is not true;
    get diagnostics _repeated = row_count;

    -- What comes back continues its latest alert, so that its history stays in one place.
    with latest as (
        select distinct on (alert.fingerprint) alert.id, alert.fingerprint
        from public.security_alerts as alert
        join maint.findings(_findings) as finding on finding.fingerprint = alert.fingerprint
        where not exists (
            select from public.security_alerts as open
            where open.fingerprint = alert.fingerprint and open.resolved is not true
        )
        order by alert.fingerprint, alert.resolved_at desc nulls last
    )
    update public.security_alerts as alert
    set resolved = false,
        resolved_at = null,
        resolved_by = null,
        acknowledged_at = null,
        silenced_until = null,
        occurrences = alert.occurrences + 1,
        last_seen_at = clock_timestamp(),
        absences = 0,
        severity = finding.severity,
        title = finding.title,
        description = finding.detail,
        details = coalesce(alert.details, '{}') || maint.alert_details(finding) || jsonb_build_object(
            'regressions', coalesce((alert.details ->> 'regressions')::integer, 0) + 1,
            'last_resolved_at', alert.resolved_at
        )
    from latest
    join maint.findings(_findings) as finding on finding.fingerprint = latest.fingerprint
    where alert.id = latest.id;
    get diagnostics _reopened = row_count;

    insert into public.security_alerts
        (id, alert_type, severity, title, description, details, resolved, created_at,
         fingerprint, last_seen_at)
    select gen_random_uuid(), _alert_type, finding.severity, finding.title, finding.detail,
        maint.alert_details(finding), false, clock_timestamp(), finding.fingerprint,
        clock_timestamp()
    from maint.findings(_findings) as finding
    where not exists (
        select from public.security_alerts as alert
        where alert.fingerprint = finding.fingerprint and alert.resolved is not true
    );
    get diagnostics _created = row_count;

    with absent as (
        update public.security_alerts as alert
        set absences = alert.absences + 1
        where alert.alert_type = _alert_type
            and alert.fingerprint is not null
            and alert.resolved is not true
            and not exists (
                select from maint.findings(_findings) as finding
                where finding.fingerprint = alert.fingerprint
            )
        returning alert.id, alert.absences
    )
    select count(maint.resolve_alert(absent.id, jsonb_build_object(
        'resolved_because', format('absent from %s evaluations in a row', absent.absences)
    )))
    into _resolved
    from absent
    where absent.absences >= _absences_to_resolve;

    return jsonb_build_object(
        'created', _created, 'repeated', _repeated, 'reopened', _reopened, 'resolved', _resolved
    );
end
$$;

create or replace function maint.is_graver(_severity text, _than text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select array_position(array['low', 'medium', 'high', 'critical'], _severity)
        > array_position(array['low', 'medium', 'high', 'critical'], _than)
$$;

create or replace function maint.findings(_findings jsonb) returns setof maint.finding
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    -- A check that reports one object twice has one finding there, the graver one.
    select distinct on (finding.fingerprint) finding.*
    from jsonb_populate_recordset(null::maint.finding, _findings) as finding
    order by finding.fingerprint,
        array_position(array['critical', 'high', 'medium', 'low'], finding.severity)
$$;

create or replace function maint.alert_details(_finding maint.finding) returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'check', (_finding).name,
        'category', (_finding).category,
        'object', (_finding).object,
        'remediation', (_finding).remediation,
        'metadata', (_finding).metadata
    )
$$;

-- Resolves one open alert with its evidence; null when it is not open.
create or replace function maint.resolve_alert(
    _alert_id uuid, _evidence jsonb, _resolved_by uuid default null
) returns uuid
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update public.security_alerts
    set resolved = true,
        resolved_at = clock_timestamp(),
        resolved_by = _resolved_by,
        details = coalesce(details, '{}') || _evidence
    where id = _alert_id and resolved is not true
    returning id
$$;

-- The same for what is asked every few seconds: does nothing while each finding has its open alert of
-- the same text and severity, and each open alert its finding. One absence resolves.
create or replace function maint.sync_changed_alerts(_alert_type text, _findings jsonb)
    returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select from (
            select fingerprint, severity, description
            from public.security_alerts
            where alert_type = _alert_type and fingerprint is not null and resolved is not true
        ) as alert
        full join maint.findings(_findings) as finding
            on finding.fingerprint = alert.fingerprint and finding.severity = alert.severity
                and finding.detail = alert.description
        where finding.fingerprint is null or alert.fingerprint is null
    ) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    return maint.sync_alerts(_alert_type, _findings, 1);
end
$$;
