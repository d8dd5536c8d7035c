-- The outbox: notifications, a row for each channel, committed with the alert's change.
-- alerts/delivery.py sends it. Which channels there are, and their secrets, is in the environment
-- (MAINT_NOTIFY_URLS); what each receives is in maint.notification_channels.

-- Whether an alert is silenced: the only place in SQL that decides it.
create or replace function maint.is_silenced(_until timestamptz) returns boolean
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$ select coalesce(_until > clock_timestamp(), false) $$;

-- Whether a channel receives alerts of a severity and a category.
create or replace function maint.is_wanted(
    _channel maint.notification_channels, _severity text, _category text
) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select not maint.severity_above(
            coalesce((_channel).min_severity, (_channel).default_min_severity), _severity)
        and ((_channel).categories = '{}' or _category = any ((_channel).categories))
$$;

-- Puts a change of some alerts into the outbox: 'raised', 'reopened', 'escalated' or 'resolved'.
create or replace function maint.notify(_event text, _alert_ids uuid[]) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    with changed as materialized (
        select alert.id, alert.severity, alert.details ->> 'category' as category
        from unnest(_alert_ids) as given (id)
        join maint.known_alerts() as alert on alert.id = given.id
        where not maint.is_silenced(alert.silenced_until)
    ), wanted as (
        -- Asked once for each kind of alert: there may be tens of thousands of a kind.
        select channel.name, kind.severity, coalesce(kind.category, '') as category
        from (select distinct changed.severity, changed.category from changed) as kind
        join maint.notification_channels as channel
            on maint.is_wanted(channel, kind.severity, kind.category)
    ), written as (
        insert into maint.notifications (alert_id, channel, event, severity)
        select changed.id, channel.name, _event, changed.severity
        from changed
        cross join maint.notification_channels as channel
        where channel.is_configured
            and case
                when _event = 'resolved' then exists (
                    select from maint.notifications as earlier
                    where earlier.alert_id = changed.id and earlier.channel = channel.name
                        and earlier.event <> 'resolved' and earlier.state <> 'dropped'
                )
                else (channel.name, changed.severity, coalesce(changed.category, '')) in (
                    select wanted.name, wanted.severity, wanted.category from wanted)
            end
        returning id
    )
    -- Whoever listens to many databases learns that something waits here.
    select pg_notify('maint_outbox', '') where exists (select from written)
$$;

-- Makes the channels of the environment known. A channel that is new, or comes back, gets a
-- notification of each open alert. Writes only where something changes.
create or replace function maint.register_channels(_names text[], _min_severity text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _new text[];
begin
    perform maint.follow_alert_tables();
    if not exists (
        select from unnest(_names) as name
        full join (
            select name, default_min_severity from maint.notification_channels where is_configured
        ) as channel using (name)
        where channel.default_min_severity is distinct from _min_severity
            or not name = any (_names)
    ) then
        return;
    end if;
    perform maint.wait_for_lock('channels');

    update maint.notification_channels
    set is_configured = false
    where is_configured and name <> all (_names);

    with made as (
        insert into maint.notification_channels (name, default_min_severity)
        select name, _min_severity from unnest(_names) as name
        on conflict (name) do nothing
        returning name
    ), back as (
        update maint.notification_channels
        set is_configured = true, default_min_severity = _min_severity
        where name = any (_names)
            and (not is_configured or default_min_severity <> _min_severity)
        returning name
    )
    select array(select name from made union select name from back) into _new;

    insert into maint.notifications (alert_id, channel, event, severity)
    select alert.id, channel.name, 'raised', alert.severity
    from maint.known_alerts() as alert
    join maint.notification_channels as channel on channel.name = any (_new)
    where alert.resolved is not true
        and alert.fingerprint is not null
        and not maint.is_silenced(alert.silenced_until)
        and maint.is_wanted(channel, alert.severity, alert.details ->> 'category')
        and not exists (
            select from maint.notifications as earlier
            where earlier.alert_id = alert.id and earlier.channel = channel.name
                and earlier.state in ('waiting', 'sent')
        );
end
$$;

-- Gives the notifications that are due for a channel, most severe first, with the alert as it is now; the
-- details of the first hundred, because no message shows more. First drops the obsolete ones.
create or replace function maint.due_notifications(_channel text)
    returns table (
        id bigint, event text, severity text, attempts integer, alert_id uuid, alert_type text,
        title text, description text, details jsonb, created_at timestamptz,
        last_seen_at timestamptz, occurrences integer, resolved_at timestamptz
    )
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.drop_obsolete_notifications(_channel);
    return query
        select now.id, now.event, now.severity, now.attempts, alert.id,
            alert.alert_type, alert.title, alert.description,
            case when row_number() over by_severity <= 100 then alert.details end, alert.created_at,
            coalesce(alert.last_seen_at, alert.created_at), alert.occurrences, alert.resolved_at
        from maint.notifications_now as now
        join maint.known_alerts() as alert on alert.id = now.alert_id
        where now.channel = _channel
        window by_severity as (order by maint.severity_rank(now.severity), now.id)
        order by maint.severity_rank(now.severity), now.id;
end
$$;

drop function if exists maint.drop_moot_notifications(text);

-- Drops what is obsolete: all but the latest change of an alert, a resolution where the channel never got the
-- alert, and everything about an alert that is silenced or no longer exists.
create or replace function maint.drop_obsolete_notifications(_channel text) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.notifications as obsolete
    set state = 'dropped', settled_at = clock_timestamp(), problem = judged.why
    from (
        select waiting.id, case
            when waiting.has_later then 'a later change is sent instead'
            when alert.id is null then 'the alert no longer exists'
            when waiting.event = 'resolved' and coalesce(last_sent.event, 'resolved') = 'resolved'
                then 'the channel was never notified of the alert'
            when waiting.event <> 'resolved' and alert.resolved is true then 'the alert is resolved'
            when maint.is_silenced(alert.silenced_until) then 'the alert is silenced'
        end as why
        from (
            -- Sorted once: there may be tens of thousands, and statistics know nothing of them yet.
            select id, alert_id, event,
                lead(id) over (partition by alert_id order by id) is not null as has_later
            from maint.notifications
            where channel = _channel and state = 'waiting'
        ) as waiting
        left join maint.known_alerts() as alert on alert.id = waiting.alert_id
        left join lateral (
            select sent.event
            from maint.notifications as sent
            where waiting.event = 'resolved'
                and sent.alert_id = waiting.alert_id and sent.channel = _channel
                and sent.state = 'sent' and sent.id < waiting.id
            order by sent.id desc
            limit 1
        ) as last_sent on true
    ) as judged
    where obsolete.id = judged.id and judged.why is not null
$$;

-- Whether a channel has its quiet hours; they may run past midnight.
create or replace function maint.is_quiet(_channel maint.notification_channels, _now timestamptz)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(case
        when (_channel).quiet_from < (_channel).quiet_until
            then local_time >= (_channel).quiet_from and local_time < (_channel).quiet_until
        else local_time >= (_channel).quiet_from or local_time < (_channel).quiet_until
    end, false)
    from (select (_now at time zone (_channel).time_zone)::time as local_time) as clock
$$;

-- The notifications to send now: due, not in quiet hours, and past group_wait.
create or replace view maint.notifications_now with (security_invoker = true) as
-- Read once, whatever the planner believes of the number of notifications.
with gathered as materialized (
    select channel, min(created_at) as since
    from maint.notifications
    where state = 'waiting'
    group by channel
)
select waiting.id, waiting.channel, waiting.alert_id, waiting.event, waiting.severity, waiting.attempts
from maint.notifications as waiting
join maint.notification_channels as route on route.name = waiting.channel
join gathered on gathered.channel = waiting.channel
where waiting.state = 'waiting'
    -- What was written by a clock that was ahead is not left until it is that late.
    and (waiting.due_at <= clock_timestamp() or waiting.created_at > now() + interval '5 minutes')
    and (waiting.severity = 'critical'
        or not maint.is_quiet(route, clock_timestamp())
            and clock_timestamp() >= route.group_wait + least(gathered.since, now()));

create or replace function maint.mark_notifications_sent(_ids bigint[], _remark text default null)
    returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.notifications
    set state = 'sent', settled_at = clock_timestamp(), attempts = attempts + 1, problem = _remark
    where id = any (_ids) and state = 'waiting';

    -- What was settled long ago is of no more use once its alert is closed.
    delete from maint.notifications as old
    where old.settled_at < clock_timestamp() - interval '90 days'
        and not exists (
            select from maint.known_alerts() as alert
            where alert.id = old.alert_id and alert.resolved is not true
        )
$$;

drop function if exists maint.put_off_notifications(bigint[], text, integer, boolean, integer);

-- Records a failed attempt and when to try again: after half a minute, doubled each time, up to an hour; given up after
-- _max_attempts. Where a server had it all and did not answer (_unanswered), it may have been accepted and
-- another try a copy: those wait an hour, doubled each time, and end after _max_unanswered.
create or replace function maint.record_delivery_failure(
    _ids bigint[], _problem text, _max_attempts integer, _unanswered boolean,
    _max_unanswered integer
) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.notifications as tried
    set attempts = tried.attempts + 1,
        unanswered = next.unanswered,
        problem = _problem,
        due_at = clock_timestamp() + case
            when _unanswered then interval '30 minutes' * 2 ^ least(next.unanswered, 20)
            else least(interval '30 seconds' * 2 ^ least(tried.attempts, 20), interval '1 hour')
        end,
        state = case when next.is_last then 'dead' else tried.state end,
        settled_at = case when next.is_last then clock_timestamp() end
    from (
        select id, unanswered + _unanswered::integer as unanswered,
            attempts + 1 >= _max_attempts
                or _unanswered and unanswered + 1 >= _max_unanswered as is_last
        from maint.notifications
        where id = any (_ids) and state = 'waiting'
    ) as next
    where tried.id = next.id and tried.state = 'waiting'
$$;
