-- title: Unusually many reads
-- severity: medium, because it may be a report, or the first half of a theft
-- needs: audit_log.time, audit_log.user_id, audit_log.action, maint.recent_activity
-- description: One user read much more within an hour, or within a day, than they did on three days of the last eight
--     weeks, or within a week than in all of these weeks but one. The lower limits say what is never reported, the upper ones what always is. Of users of less
--     than three weeks the fixed limits hold.
-- remediation: Ask whether a report or integration ran as this user; otherwise end the session and review what
--     was read.
-- cannot see: reading at hardly more than the usual pace, reads that the application does not log, and what
--     a user does regularly, up to the upper limits.
-- thresholds: within interval = 1 hour; reads integer = 1000; reads_a_day integer = 3000;
--     at_least integer = 150; at_least_a_day integer = 200; at_most integer = 20000;
--     at_most_a_day integer = 100000; times numeric = 3; times_a_day numeric = 2.2;
--     reads_a_week integer = 10000; at_least_a_week integer = 800; at_most_a_week integer = 500000;
--     times_a_week numeric = 1.7

with reading as (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as reads
    from maint.recent_activity
    where user_id <> '' and action in ('read', 'access') and not is_refused and at <= now()
), suspect as (
    select user_id, max(reads) as an_hour, 0 as a_day, 0 as a_week
    from reading
    group by user_id
    having max(reads) >= least(_at_least, _reads)
    union all
    select user_id, 0, sum(reads), 0
    from maint.activity_hours
    where hour > date_trunc('hour', now() - interval '24 hours', 'UTC') and reads > 0 and user_id <> ''
    group by user_id
    having sum(reads) >= least(_at_least_a_day, _reads_a_day)
    union all
    select user_id, 0, 0, sum(reads)
    from maint.activity_hours
    where hour > date_trunc('hour', now() - interval '7 days', 'UTC') and reads > 0 and user_id <> ''
    group by user_id
    having sum(reads) >= least(_at_least_a_week, _reads_a_week)
), compared as (
    select suspect.user_id, max(an_hour) as an_hour, max(a_day) as a_day, max(a_week) as a_week
    from suspect
    group by suspect.user_id
), judged as (
    select compared.*, usual.hour_reads, usual.day_reads, earlier.week_reads, usual.is_known,
        maint.learned_limit(earlier.is_known, earlier.week_reads, _times_a_week, _at_least_a_week,
            _reads_a_week, _at_most_a_week) as week_limit,
        maint.learned_limit(usual.is_known, usual.hour_reads, _times, _at_least, _reads,
            _at_most) as hour_limit,
        maint.learned_limit(usual.is_known, usual.day_reads, _times_a_day, _at_least_a_day,
            _reads_a_day, _at_most_a_day) as day_limit
    from compared
    cross join lateral maint.usual_activity(compared.user_id,
        date_trunc('hour', now() - interval '23 hours', 'UTC')) as usual
    cross join lateral maint.usual_activity(compared.user_id,
        date_trunc('hour', now() - interval '167 hours', 'UTC')) as earlier
)
select
    judged.user_id as object,
    case
        when judged.an_hour >= judged.hour_limit then format('User %s read %s things within %s%s.',
            judged.user_id, judged.an_hour, maint.in_words(_within),
            case when is_known then format(', where %s are usual', judged.hour_reads) else '' end)
        when judged.a_day >= judged.day_limit then format('User %s read %s things within a day%s.',
            judged.user_id, judged.a_day,
            case when is_known then format(', where %s are usual', judged.day_reads) else '' end)
        else format('User %s read %s things within a week%s.', judged.user_id, judged.a_week,
            case when is_known then format(', where %s are usual', judged.week_reads) else '' end)
    end as detail,
    jsonb_build_object('user_id', judged.user_id, 'reads', judged.an_hour, 'a_day', judged.a_day,
        'a_week', judged.a_week, 'hour_limit', judged.hour_limit, 'day_limit', judged.day_limit,
        'week_limit', judged.week_limit, 'entities', (
            select to_jsonb((array_agg(distinct entity))[:10]) from reading
            where reading.user_id = judged.user_id
        ), 'last_at', (
            select max(at) from reading where reading.user_id = judged.user_id
        )) as metadata
from judged
where judged.an_hour >= judged.hour_limit or judged.a_day >= judged.day_limit
    or judged.a_week >= judged.week_limit
