-- title: Administrator active outside working hours
-- severity: low, because people work late; it is worth knowing, not worth waking somebody
-- needs: audit_log.time, audit_log.user_id, user_roles.user_id, user_roles.role, maint.recent_activity
-- description: An administrator did something outside the working hours that are configured, at an hour at which they
--     were active on fewer than two days of the last eight weeks (an hour earlier or later counts too; on
--     a day off, two of the same weekday).
-- remediation: Ask the administrator if it looks odd. Set the hours and the time zone to yours, or switch the
--     check off where people work around the clock.
-- cannot see: who is who: a stolen session within working hours, or those that its user has, looks as
--     usual.
-- thresholds: opens interval = 7 hours; closes interval = 20 hours; days text = 1,2,3,4,5; time_zone text = UTC

with outside as (
    select activity.*, extract(isodow from local.time)::text <> all (maint.listed(_days)) as is_day_off
    from maint.recent_activity as activity
    join (select distinct administrator as user_id from maint.administrators() as administrator) as known
        on known.user_id = activity.user_id
    cross join lateral (select activity.at at time zone _time_zone as time) as local
    -- Rows with a date of long before are another check's.
    where activity.at <= now() and activity.at > (select window_start from maint.observations)
        and (extract(isodow from local.time)::text <> all (maint.listed(_days))
            or local.time::time < (time '00:00' + _opens)
            or local.time::time >= (time '00:00' + _closes))
), unusual as (
    select hours.user_id, hours.hour
    from (select distinct user_id, is_day_off, date_trunc('hour', at, 'UTC') as hour from outside) as hours
    where maint.days_active_around(hours.user_id, hours.hour, hours.hour - interval '12 hours',
        hours.is_day_off) < 2
)
select
    activity.user_id as object,
    format('Administrator %s did %s things outside working hours (%s to %s, %s), the last one at %s.',
        activity.user_id, count(*), to_char(_opens, 'HH24:MI'), to_char(_closes, 'HH24:MI'),
        _time_zone, to_char(max(activity.at) at time zone _time_zone, 'Dy HH24:MI')) as detail,
    jsonb_build_object('user_id', activity.user_id, 'actions', count(*), 'first_at', min(activity.at),
        'last_at', max(activity.at), 'entities', to_jsonb((array_agg(distinct activity.entity))[:10]),
        'addresses', to_jsonb((array_agg(distinct activity.address))[:10])) as metadata
from outside as activity
join unusual
    on unusual.user_id = activity.user_id and unusual.hour = date_trunc('hour', activity.at, 'UTC')
group by activity.user_id
