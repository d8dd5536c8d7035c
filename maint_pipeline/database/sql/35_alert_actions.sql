-- What people do with alerts: read, acknowledge, silence, resolve. The command line and the job
-- update_security_alert call the same functions as an admin page.

create or replace function maint.get_unresolved_security_alerts()
    returns table (
        id uuid, alert_type text, severity text, title text, description text, details jsonb,
        created_at timestamptz, last_seen_at timestamptz, occurrences integer, fingerprint text,
        acknowledged_at timestamptz, silenced_until timestamptz
    )
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    return query
        select alert.id, alert.alert_type, alert.severity, alert.title, alert.description,
            alert.details, alert.created_at, coalesce(alert.last_seen_at, alert.created_at),
            alert.occurrences, alert.fingerprint, alert.acknowledged_at, alert.silenced_until
        from maint.known_alerts() as alert
        where alert.resolved is not true
        order by maint.severity_rank(alert.severity),
            alert.created_at desc, alert.id;
end
$$;

-- Raises unless the caller may act on alerts and there is one of that id.
create or replace function maint.assert_may_act_on_alert(_alert_id uuid) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    if not exists (select from maint.known_alerts() where id = _alert_id) then
        raise no_data_found using
            message = format('there is no security alert %s', coalesce(_alert_id::text, 'null'));
    end if;
    perform maint.lock_trusted(maint.alert_table(_alert_id));
end
$$;

-- An alert as it is, locked until the transaction ends.
create or replace function maint.lock_alert(_alert_id uuid) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _alert jsonb;
begin
    execute format('select to_jsonb(alert) from %s as alert where id = $1 for update',
        maint.alert_table(_alert_id)) into _alert using _alert_id;
    return _alert;
end
$$;

-- Who did something with an alert and what they said, as a part of its details.
create or replace function maint.alert_note(_done text, _note text) returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_strip_nulls(jsonb_build_object(
        _done || '_by', maint.caller(), _done || '_note', left(_note, 10000)))
$$;

-- What somebody did with an alert, for the history; the alert itself may be purged one day.
create or replace function maint.note_alert_action(
    _action text, _alert_id uuid, _old jsonb, _new jsonb, _note text
) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select maint.note_change(_action, 'security_alerts', _alert_id::text, _old,
        _new || jsonb_strip_nulls(
            jsonb_build_object('title', title, 'fingerprint', fingerprint, 'note', _note)))
    from maint.known_alerts()
    where id = _alert_id
$$;

-- Changes an open alert and adds to its details; false when it is not open. _assignment is text of this
-- file.
create or replace function maint.change_open_alert(_alert_id uuid, _assignment text, _note jsonb)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _may_settle constant boolean := maint.may_settle();
    _table constant regclass := maint.alert_table(_alert_id);
    _changed uuid[];
begin
    if _table not in (select maint.own_alert_tables()) then
        raise object_not_in_prerequisite_state using
            message = format('alerts in %s can only be resolved: the table is the application''s, and has '
                'no columns of ours', _table);
    end if;
    _changed := maint.write_application(_table, format(
        $statement$
        update %s
        set %s, details = coalesce(details, '{}') || $1
        where id = any ($2) and resolved is not true
        returning id
        $statement$, _table, _assignment), _note, array[_alert_id]);
    if _may_settle then
        perform maint.settle_constraints(_table);
    end if;
    return _changed <> '{}';
end
$$;

-- True when the alert was open and is resolved now, false when it was resolved before.
create or replace function maint.resolve_security_alert(
    _alert_id uuid, _resolution_notes text default null
) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _may_settle constant boolean := maint.may_settle();
    _is_resolved boolean;
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    _is_resolved := maint.resolve_alert(
        _alert_id,
        jsonb_strip_nulls(jsonb_build_object(
            'resolved_because', 'resolved by hand',
            'resolution_notes', left(_resolution_notes, 10000),
            'resolved_by', maint.caller()
        )),
        maint.caller_user_id()
    ) is not null;
    if _is_resolved then
        perform maint.note_alert_action(
            'resolved', _alert_id, '{"resolved": false}', '{"resolved": true}', _resolution_notes);
    end if;
    if _may_settle then
        perform maint.settle_constraints(maint.alert_table(_alert_id));
    end if;
    return _is_resolved;
end
$$;

-- Acknowledges an alert. It stays open; a higher severity, or coming back after it was resolved, ends the
-- acknowledgement. False when it is not open.
create or replace function maint.acknowledge_security_alert(_alert_id uuid, _note text default null)
    returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _before jsonb;
    _now timestamptz := clock_timestamp();
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    _before := maint.lock_alert(_alert_id) -> 'acknowledged_at';
    if not maint.change_open_alert(
        _alert_id, format('acknowledged_at = %L', _now), maint.alert_note('acknowledged', _note))
    then
        return false;
    end if;
    perform maint.note_alert_action('acknowledged', _alert_id,
        jsonb_build_object('acknowledged_at', _before),
        jsonb_build_object('acknowledged_at', _now), _note);
    return true;
end
$$;

-- Sends no notifications of an alert until a moment, null to end that. It stays open; a higher severity
-- breaks the silence. False when it is not open.
create or replace function maint.silence_security_alert(
    _alert_id uuid, _until timestamptz, _note text default null
) returns boolean
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _before jsonb;
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    if _until <= clock_timestamp() then
        raise invalid_parameter_value using
            message = format('an alert can''t be silenced until %s, which is past', _until),
            hint = 'null ends a silence.';
    end if;
    _before := maint.lock_alert(_alert_id) -> 'silenced_until';
    if not maint.change_open_alert(
        _alert_id, format('silenced_until = %L', _until), maint.alert_note('silenced', _note))
    then
        return false;
    end if;
    perform maint.note_alert_action('silenced', _alert_id,
        jsonb_build_object('silenced_until', _before),
        jsonb_build_object('silenced_until', _until), _note);
    return true;
end
$$;
