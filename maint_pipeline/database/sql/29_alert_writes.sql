-- What is written to alerts, a statement each, run on the tables that hold some (27_alert_tables.sql; %1$s is
-- the table): one may be the application's, whose triggers run with the path that they expect
-- (12_application_code.sql). Each returns the ids of the alerts that it wrote. 30_alerts.sql says when, under
-- which locks.

-- A count that we keep in the details of an alert, where others may have written too.
create or replace function maint.small_count(_value jsonb) returns integer
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(substring(_value #>> '{}' from '^[0-9]{1,8}$')::integer, 0)
$$;

-- Counts a finding once more in the alert that is open for it. _increased: alerts whose severity increased.
create or replace function maint.repeat_alerts(_findings jsonb, _increased uuid[]) returns uuid[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_alerts(
        array(select maint.own_alert_tables()),
        $statement$
        update %1$s as alert
        set occurrences = alert.occurrences + 1,
            last_seen_at = clock_timestamp(),
            absences = 0,
            severity = finding.severity,
            -- Who put it aside knew of a lesser problem.
            acknowledged_at = case when alert.id = any ($2) then null
                else alert.acknowledged_at end,
            silenced_until = case when alert.id = any ($2) then null
                else alert.silenced_until end,
            title = finding.title,
            description = finding.detail,
            details = coalesce(alert.details, '{}') || maint.alert_details(finding)
                || case when alert.id = any ($2) then jsonb_build_object(
                    'raised_from', alert.severity, 'raised_at', clock_timestamp())
                else '{}' end
        from maint.findings($1) as finding
        where alert.fingerprint = finding.fingerprint and alert.resolved is not true
        returning alert.id
        $statement$,
        _findings, _increased)
$$;

-- What comes back continues its latest alert, so that its history stays in one place.
create or replace function maint.reopen_alerts(_findings jsonb) returns uuid[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_alerts(
        array[maint.alert_home()],
        $statement$
        with latest as (
            select distinct on (alert.fingerprint) alert.id, alert.fingerprint
            from %1$s as alert
            join maint.findings($1) as finding on finding.fingerprint = alert.fingerprint
            where not exists (
                select from maint.known_alerts() as open
                where open.fingerprint = alert.fingerprint and open.resolved is not true
            )
            order by alert.fingerprint, alert.resolved_at desc nulls last
        )
        update %1$s as alert
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
            details = coalesce(alert.details, '{}') || maint.alert_details(finding)
                || jsonb_build_object(
                    'regressions', maint.small_count(alert.details -> 'regressions') + 1,
                    'last_resolved_at', alert.resolved_at)
        from latest
        join maint.findings($1) as finding on finding.fingerprint = latest.fingerprint
        where alert.id = latest.id
        returning alert.id
        $statement$,
        _findings)
$$;

-- Makes an alert of each finding that has none.
create or replace function maint.create_alerts(_alert_type text, _findings jsonb) returns uuid[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_alerts(
        array[maint.alert_home()],
        $statement$
        insert into %1$s
            (id, alert_type, severity, title, description, details, resolved, created_at,
             fingerprint, last_seen_at)
        select gen_random_uuid(), $1 ->> 'type', finding.severity, finding.title, finding.detail,
            maint.alert_details(finding), false, clock_timestamp(), finding.fingerprint,
            clock_timestamp()
        from maint.findings($1 -> 'findings') as finding
        where not exists (
            select from maint.known_alerts() as alert
            where alert.fingerprint = finding.fingerprint and alert.resolved is not true
        )
        returning id
        $statement$,
        jsonb_build_object('type', _alert_type, 'findings', _findings))
$$;

-- Counts an evaluation in which open alerts had no finding.
create or replace function maint.count_absence(_alert_type text, _findings jsonb) returns uuid[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_alerts(
        array(select maint.own_alert_tables()),
        $statement$
        update %1$s as alert
        set absences = alert.absences + 1
        where alert.alert_type = $1 ->> 'type'
            and alert.fingerprint is not null
            and alert.resolved is not true
            -- Hashed once, whatever the planner believes of the number of alerts.
            and alert.fingerprint not in (
                select finding.fingerprint from maint.findings($1 -> 'findings') as finding
                where finding.fingerprint is not null
            )
        returning alert.id
        $statement$,
        jsonb_build_object('type', _alert_type, 'findings', _findings))
$$;

-- Resolves alerts, unless they are resolved. _judged: an array of {id, evidence}.
create or replace function maint.close_alerts(_judged jsonb, _resolved_by uuid) returns uuid[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.write_alerts(
        array(select maint.alert_tables()),
        $statement$
        update %1$s as alert
        set resolved = true,
            resolved_at = clock_timestamp(),
            resolved_by = ($2)[1],
            details = coalesce(alert.details, '{}') || judged.evidence
        from jsonb_to_recordset($1) as judged (id uuid, evidence jsonb)
        where alert.id = judged.id and alert.resolved is not true
        returning alert.id
        $statement$,
        _judged, array[_resolved_by])
$$;
