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
        title = finding.title,
        description = finding.detail,
        details = coalesce(alert.details, '{}') || maint.alert_details(finding)
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

create or replace function public.get_unresolved_security_alerts()
    returns table (
        id uuid, alert_type text, severity text, title text, description text, details jsonb,
        created_at timestamptz, last_seen_at timestamptz, occurrences integer, fingerprint text
    )
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    return query
        select alert.id, alert.alert_type, alert.severity, alert.title, alert.description,
            alert.details, alert.created_at, coalesce(alert.last_seen_at, alert.created_at),
            alert.occurrences, alert.fingerprint
        from public.security_alerts as alert
        where alert.resolved is not true
        order by array_position(array['critical', 'high', 'medium', 'low'], alert.severity),
            alert.created_at desc, alert.id;
end
$$;

-- True when the alert was open and is resolved now, false when it was resolved before.
create or replace function public.resolve_security_alert(
    _alert_id uuid, _resolution_notes text default null
) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    if not exists (select from public.security_alerts where id = _alert_id) then
        raise no_data_found using
            message = format('there is no security alert %s', coalesce(_alert_id::text, 'null'));
    end if;
    perform maint.lock_trusted('public.security_alerts');
    return maint.resolve_alert(
        _alert_id,
        jsonb_strip_nulls(jsonb_build_object(
            'resolved_because', 'resolved by hand',
            'resolution_notes', left(_resolution_notes, 10000),
            'resolved_by', maint.caller()
        )),
        maint.caller_user_id()
    ) is not null;
end
$$;
