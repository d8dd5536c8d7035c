-- title: Many tax numbers read
-- severity: high, because they identify people for good
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, maint.recent_activity
-- description: One user read many tax numbers within an hour.
-- remediation: Ask whether the user had reason to; otherwise treat it as a data breach.
-- cannot see: slow reading, and columns under other names.
-- thresholds: within interval = 1 hour; reads integer = 20

select
    reading.user_id as object,
    format('User %s read %s tax numbers within %s, the last one at %s.', reading.user_id,
        max(reading.reads), maint.in_words(_within),
        to_char(max(reading.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', reading.user_id, 'reads', max(reading.reads),
        'first_at', min(reading.at), 'last_at', max(reading.at)) as metadata
from (
    select user_id, at, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as reads
    from maint.recent_activity
    where user_id <> '' and entity like '%\_tin' and not is_refused and at <= now()
) as reading
group by reading.user_id
having max(reading.reads) >= _reads
