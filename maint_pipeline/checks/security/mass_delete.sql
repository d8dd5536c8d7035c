-- title: Many deletions
-- severity: high, because what was deleted may be needed soon, and backups age
-- needs: audit_log.time, audit_log.user_id, audit_log.action, maint.recent_activity
-- description: One user deleted many things within an hour, or within a day: more than twice what they did on
--     eight days of the last eight weeks, or on two of the same weekday, so that who tidies up every Friday may. The lower limits say what is
--     never reported, the upper ones what always is. Of users of less than three weeks the fixed limits hold.
-- remediation: Ask whether it was wanted. If not, suspend the account and restore from a backup of before.
-- cannot see: deletions below the limits, those that the log leaves out, and what a user does regularly, up
--     to the upper limits.
-- thresholds: within interval = 1 hour; deletions integer = 50; deletions_a_day integer = 150;
--     at_least integer = 20; at_least_a_day integer = 40; at_most integer = 500;
--     at_most_a_day integer = 1500; times numeric = 2

with deletion as (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as deletions
    from maint.recent_activity
    where user_id <> '' and action = 'delete' and not is_refused and at <= now()
), suspect as (
    select user_id, max(deletions) as an_hour, 0 as a_day
    from deletion
    group by user_id
    having max(deletions) >= least(_at_least, _deletions)
    union all
    select user_id, 0, sum(deletions)
    from maint.activity_hours
    where hour > date_trunc('hour', now() - interval '24 hours', 'UTC') and deletions > 0 and user_id <> ''
    group by user_id
    having sum(deletions) >= least(_at_least_a_day, _deletions_a_day)
), compared as (
    select suspect.user_id, max(an_hour) as an_hour, max(a_day) as a_day
    from suspect
    group by suspect.user_id
), judged as (
    select compared.*, usual.hour_deletions, usual.day_deletions, usual.is_known,
        maint.learned_limit(usual.is_known, usual.hour_deletions, _times, _at_least, _deletions,
            _at_most) as hour_limit,
        maint.learned_limit(usual.is_known, usual.day_deletions, _times, _at_least_a_day,
            _deletions_a_day, _at_most_a_day) as day_limit
    from compared
    cross join lateral maint.usual_activity(compared.user_id,
        date_trunc('hour', now() - interval '23 hours', 'UTC')) as usual
)
select
    judged.user_id as object,
    case
        when judged.an_hour >= judged.hour_limit then format('User %s deleted %s things within %s%s.',
            judged.user_id, judged.an_hour, maint.in_words(_within),
            case when is_known then format(', where %s are usual', judged.hour_deletions) else '' end)
        else format('User %s deleted %s things within a day%s.', judged.user_id, judged.a_day,
            case when is_known then format(', where %s are usual', judged.day_deletions) else '' end)
    end as detail,
    jsonb_build_object('user_id', judged.user_id, 'deletions', judged.an_hour, 'a_day', judged.a_day,
        'hour_limit', judged.hour_limit, 'day_limit', judged.day_limit, 'entities', (
            select to_jsonb((array_agg(distinct entity))[:10]) from deletion
            where deletion.user_id = judged.user_id
        ), 'last_at', (
            select max(at) from deletion where deletion.user_id = judged.user_id
        )) as metadata
from judged
where judged.an_hour >= judged.hour_limit or judged.a_day >= judged.day_limit
