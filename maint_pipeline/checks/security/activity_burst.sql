-- title: Far more changes than usual
-- severity: medium, because only its owner knows whether the user worked late or a program works for somebody
-- needs: audit_log.time, audit_log.user_id, maint.recent_activity
-- description: A user changed far more within one hour than in the same hour of the week before: more than the median
--     of the last eight weeks and a number of median absolute deviations (Iglewicz and Hoaglin, 1993: scaled by
--     1.4826 they measure spread as standard deviations do, and outliers don't move them), and some times
--     what they did in an hour of three days of these weeks. Weeks without activity count as nothing; users who
--     were not there four weeks ago have no past to compare with. Reads, exports and deletions have
--     limits of their own; what is created, as by an import, does no harm by its number.
-- remediation: Ask the user; look which entities and addresses are new.
-- cannot see: changes below the usual scatter, users of less than four weeks, and what the log leaves
--     out.
-- thresholds: at_least integer = 200; at_most integer = 20000; deviations numeric = 6; times numeric = 3

with hours as (
    select hour, user_id, changes as actions
    from maint.activity_hours
    where hour >= (select window_start from maint.observations) and changes >= _at_least and user_id <> ''
), past as (
    select hours.user_id, hours.hour, percentile_cont(0.5) within group (order by week.actions) as usual,
        array_agg(week.actions) as weeks
    from hours
    cross join lateral (
        select coalesce(known.changes, 0)::double precision as actions
        from generate_series(1, 8) as weeks_ago
        left join maint.activity_hours as known
            on known.user_id = hours.user_id and known.hour = hours.hour - weeks_ago * interval '7 days'
    ) as week
    where exists (
        select from maint.activity_hours as known
        where known.user_id = hours.user_id and known.hour < hours.hour - interval '28 days'
    )
    group by hours.user_id, hours.hour
), spread as (
    select past.user_id, past.hour, past.usual, (
        select percentile_cont(0.5) within group (order by abs(week - past.usual))
        from unnest(past.weeks) as week
    ) as deviation
    from past
)
select distinct on (hours.user_id)
    hours.user_id as object,
    format('User %s made %s changes in the hour from %s, where %s are usual.', hours.user_id,
        hours.actions, to_char(hours.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        round(spread.usual)) as detail,
    jsonb_build_object('user_id', hours.user_id, 'hour', hours.hour, 'actions', hours.actions,
        'usual', spread.usual, 'deviation', spread.deviation, 'entities', (
            select to_jsonb((array_agg(distinct activity.entity))[:10])
            from maint.recent_activity as activity
            where activity.user_id = hours.user_id
        )) as metadata
from hours
join spread on spread.user_id = hours.user_id and spread.hour = hours.hour
cross join lateral maint.usual_activity(hours.user_id, hours.hour) as ever
-- Counts scatter by their square root even where eight weeks happened to be alike.
where hours.actions >= _at_most
    or hours.actions > _times * ever.hour_changes and hours.actions > spread.usual
        + _deviations * greatest(1.4826 * spread.deviation, sqrt(spread.usual), 1)
order by hours.user_id, hours.actions desc
