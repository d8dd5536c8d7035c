-- Alerts: findings become rows of an alert table (27_alert_tables.sql), one open row for each fingerprint. Each
-- change that people should be notified of goes to the outbox (28_notifications.sql) in the same transaction.
--
-- Rows without a fingerprint belong to the application itself; nothing here touches them, except
-- that people may resolve them.

-- Brings the alerts of one check in line with what it sees now.
--
-- _findings: array of {severity, title, detail, remediation, object, fingerprint, metadata}.
-- Returns {created, repeated, reopened, resolved}. An alert is resolved after its finding has been
-- absent from _absences_to_resolve evaluations in a row, because one empty look proves little.
-- Most checks find nothing and have no open alert; then nothing is locked or written.
create or replace function maint.sync_alerts(
    _alert_type text, _findings jsonb, _absences_to_resolve integer default 2
) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _findings = '[]' and not maint.has_absent_alert(_alert_type, _findings) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    perform maint.lock_alerts(_alert_type);
    return maint.raise_alerts(_alert_type, _findings) || jsonb_build_object(
        'resolved', maint.resolve_absent_alerts(_alert_type, _findings, _absences_to_resolve));
end
$$;

-- The same for what is asked every few seconds: writes only where a finding has no open alert of the
-- same text and severity, or an open alert no finding. One absence resolves. What somebody resolved by
-- hand stays so until the finding says something else.
create or replace function maint.sync_changed_alerts(_alert_type text, _findings jsonb)
    returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.follow_alert_tables();
    if not maint.has_alert_changes(_alert_type, _findings) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    perform maint.lock_alerts(_alert_type);
    return maint.write_alert_changes(_alert_type, _findings);
end
$$;

-- Writes what has changed, under the lock of the alerts' type: others may have raised a finding before we had
-- it. Raises _most alerts at most (null: all), so that tens of thousands of findings are a few transactions.
create or replace function maint.write_alert_changes(
    _alert_type text, _findings jsonb, _most integer default null
) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    return maint.raise_alerts(_alert_type, maint.new_findings(_alert_type, _findings, _most))
        || jsonb_build_object('resolved', maint.resolve_absent_alerts(_alert_type, _findings, 1));
end
$$;

create or replace function maint.alerts_lock(_alert_type text) returns text
    language sql immutable strict
    set search_path = pg_catalog, pg_temp
as $$ select 'alerts ' || _alert_type $$;

-- Two evaluations at once would both find an alert missing and both reopen it.
create or replace function maint.lock_alerts(_alert_type text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.wait_for_lock(maint.alerts_lock(_alert_type));
    perform maint.follow_alert_tables();
    perform maint.lock_trusted(relation) from maint.own_alert_tables() as relation;
end
$$;

-- Raises, repeats or reopens the alert of each finding, under the lock of their type.
create or replace function maint.raise_alerts(_alert_type text, _findings jsonb) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _graver uuid[];
    _new jsonb;
    _repeated uuid[] := '{}';
    _reopened uuid[] := '{}';
    _created uuid[] := '{}';
begin
    if _findings <> '[]' then
        select array_agg(alert.id) into _graver
        from maint.findings(_findings) as finding
        join maint.known_alerts() as alert
            on alert.fingerprint = finding.fingerprint and alert.resolved is not true
        where maint.severity_above(finding.severity, alert.severity);

        _repeated := maint.repeat_alerts(_findings, _graver);
        select jsonb_agg(to_jsonb(finding)) into _new
        from maint.findings(_findings) as finding
        where not exists (
            select from maint.known_alerts() as alert
            where alert.fingerprint = finding.fingerprint and alert.resolved is not true);
        -- Whether the application's table may have them takes longer to find out than all else here.
        if _new is not null then
            _reopened := maint.reopen_alerts(_new);
            _created := maint.create_alerts(_alert_type, _new);
        end if;
        perform maint.notify('escalated', _graver);
        perform maint.notify('reopened', _reopened);
        perform maint.notify('raised', _created);
    end if;
    return jsonb_build_object('created', cardinality(_created), 'repeated', cardinality(_repeated),
        'reopened', cardinality(_reopened));
end
$$;

-- Counts an absence of each open alert that has no finding, and resolves where that is proof enough;
-- under the lock of their type. Returns how many it resolved.
create or replace function maint.resolve_absent_alerts(
    _alert_type text, _findings jsonb, _absences_to_resolve integer
) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _judged jsonb;
    _resolved uuid[];
begin
    if not maint.has_absent_alert(_alert_type, _findings) then
        return 0;
    end if;
    perform maint.count_absence(_alert_type, _findings);
    select jsonb_agg(jsonb_build_object('id', judged.id, 'evidence', judged.evidence)) into _judged
    from maint.absent_and_over(_alert_type, _absences_to_resolve) as judged;
    if _judged is null then
        return 0;
    end if;
    _resolved := maint.close_alerts(_judged, null);
    perform maint.notify('resolved', _resolved);
    return cardinality(_resolved);
end
$$;

-- Which of the absent alerts of a type are over, and why: somebody ignores the finding, its check knows (a
-- function maint.over_CHECK(), where there is one, gives alerts with their evidence), or it was absent from enough
-- evaluations in a row. One look at each alert, by indexes: there may be tens of thousands, and statistics know
-- nothing of them yet.
create or replace function maint.absent_and_over(_alert_type text, _absences_to_resolve integer)
    returns table (id uuid, evidence jsonb)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _check_knows constant text := case
        when to_regprocedure(format('maint.%I()', 'over_' || _alert_type)) is null
            then '(select null::uuid as id, null::jsonb as evidence)'
        else format('maint.%I()', 'over_' || _alert_type)
    end;
begin
    return query execute format(
        $query$
        select judged.id, judged.evidence
        from (
            select alert.id, coalesce(
                maint.ignored_evidence(alert.fingerprint),
                over_now.evidence,
                case when alert.absences >= $2 then jsonb_build_object(
                    'resolved_because', case alert.absences
                        when 1 then 'no longer so at the latest evaluation'
                        else format('absent from %%s evaluations in a row', alert.absences)
                    end)
                end
            ) as evidence
            from maint.known_alerts() as alert
            left join %s as over_now on over_now.id = alert.id
            where alert.alert_type = $1
                and alert.fingerprint is not null
                and alert.resolved is not true
                and alert.absences > 0
        ) as judged
        where judged.evidence is not null
        $query$, _check_knows)
        using _alert_type, _absences_to_resolve;
end
$$;

drop function if exists maint.new_findings(text, jsonb);

-- The findings that no alert shows as they are, _most at most (null: all).
create or replace function maint.new_findings(_alert_type text, _findings jsonb, _most integer)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(to_jsonb(news)), '[]')
    from (
        select finding.*
        from maint.findings(_findings) as finding
        where not exists (
            select from maint.known_alerts() as alert
            where alert.fingerprint = finding.fingerprint
                and alert.severity = finding.severity
                and alert.description = finding.detail
                and (alert.resolved is not true
                    or alert.details ->> 'resolved_because' = 'resolved by hand')
        )
        limit _most
    ) as news
$$;

create or replace function maint.has_absent_alert(_alert_type text, _findings jsonb)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from maint.known_alerts() as alert
        where alert.alert_type = _alert_type
            and alert.fingerprint is not null
            and alert.resolved is not true
            -- Hashed once, whatever the planner believes of the number of alerts.
            and alert.fingerprint not in (
                select finding.fingerprint from maint.findings(_findings) as finding
                where finding.fingerprint is not null
            )
    )
$$;

-- Whether anything has to be written to bring the alerts in line.
create or replace function maint.has_alert_changes(_alert_type text, _findings jsonb) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select maint.new_findings(_alert_type, _findings, 1) <> '[]'
        or maint.has_absent_alert(_alert_type, _findings)
$$;

-- Resolves one open alert with its evidence; null when it is not open.
create or replace function maint.resolve_alert(
    _alert_id uuid, _evidence jsonb, _resolved_by uuid default null
) returns uuid
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if maint.close_alerts(
        jsonb_build_array(jsonb_build_object('id', _alert_id, 'evidence', _evidence)), _resolved_by) = '{}'
    then
        return null;
    end if;
    perform maint.notify('resolved', array[_alert_id]);
    return _alert_id;
end
$$;
