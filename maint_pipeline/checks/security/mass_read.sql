-- title: Unusually many reads
-- severity: medium, because it may be a report, or the first half of a theft
-- needs: audit_log.time, audit_log.user_id, audit_log.action, maint.recent_activity
-- description: One user read more within an hour than a person can look at.
-- remediation: Ask whether a report or integration ran as this user; otherwise end the session and review what
--     was read.
-- cannot see: reading at a slower pace, and reads that the application does not log.
-- thresholds: within interval = 1 hour; reads integer = 1000

select
    reading.user_id as object,
    format('User %s read %s things within %s, the last one at %s.', reading.user_id,
        max(reading.reads), maint.in_words(_within),
        to_char(max(reading.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', reading.user_id, 'reads', max(reading.reads),
        'entities', to_jsonb((array_agg(distinct reading.entity))[:10]),
        'first_at', min(reading.at), 'last_at', max(reading.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as reads
    from maint.recent_activity
    where user_id <> '' and action in ('read', 'access') and not is_refused and at <= now()
) as reading
group by reading.user_id
having max(reading.reads) >= _reads
