-- title: Profiles read one after the other
-- severity: medium, because somebody collects people; some offices do so for their work
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.entity_id, maint.recent_activity
-- description: One user read many different profiles within an hour (windows of an hour that begin every five
--     minutes, so that none is cut in two).
-- remediation: Ask whether the user had reason to; otherwise end the session and review what was read.
-- cannot see: slow reading, and reads that the application does not log.
-- thresholds: within interval = 1 hour; profiles integer = 100

with reading as (
    select user_id, at, entity_id
    from maint.recent_activity
    where user_id <> '' and entity = 'profile_access' and not is_refused and at <= now()
), suspect as (
    select user_id from reading group by user_id having count(distinct entity_id) >= _profiles
), windowed as (
    select reading.user_id, count(distinct reading.entity_id) as profiles, min(reading.at) as first_at,
        max(reading.at) as last_at
    from reading
    join suspect on suspect.user_id = reading.user_id
    cross join generate_series(
        date_bin('5 minutes', reading.at - _within, '2000-01-01'), reading.at, '5 minutes') as begins
    group by reading.user_id, begins
)
select distinct on (windowed.user_id)
    windowed.user_id as object,
    format('User %s read %s different profiles within %s, the last one at %s.', windowed.user_id,
        windowed.profiles, maint.in_words(_within),
        to_char(windowed.last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', windowed.user_id, 'profiles', windowed.profiles,
        'first_at', windowed.first_at, 'last_at', windowed.last_at,
        'examples', (
            select jsonb_agg(example.entity_id)
            from (
                select distinct entity_id from reading
                where reading.user_id = windowed.user_id and entity_id is not null limit 10
            ) as example
        )) as metadata
from windowed
where windowed.profiles >= _profiles
order by windowed.user_id, windowed.profiles desc, windowed.last_at desc
