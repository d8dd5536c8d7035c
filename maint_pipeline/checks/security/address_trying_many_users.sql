-- title: One address tries many users
-- severity: high, because that is how stolen lists of passwords are tried
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.payload_hash,
--     audit_log.ip_address, maint.recent_activity
-- description: Sign-ins of several users from one address failed within an hour (windows of an hour that
--     begin every five minutes, so that none is cut in two).
-- remediation: Block the address, and look whether any of these users signed in from it.
-- cannot see: attempts from many addresses, and attempts on users that do not exist where the log leaves
--     these out.
-- thresholds: within interval = 1 hour; users integer = 5

with attempt as (
    select user_id, at, address
    from maint.recent_activity
    where is_refused and entity like '%auth%' and at <= now() and address is not null and user_id <> ''
), suspect as (
    select address from attempt group by address having count(distinct user_id) >= _users
), windowed as (
    select attempt.address, count(distinct attempt.user_id) as users, count(*) as attempts,
        min(attempt.at) as first_at, max(attempt.at) as last_at,
        (array_agg(distinct attempt.user_id))[:10] as examples
    from attempt
    join suspect on suspect.address = attempt.address
    cross join generate_series(
        date_bin('5 minutes', attempt.at - _within, '2000-01-01'), attempt.at, '5 minutes') as begins
    group by attempt.address, begins
)
select distinct on (windowed.address)
    windowed.address as object,
    format('Sign-ins of %s users from address %s failed within %s, the last one at %s.',
        windowed.users, windowed.address, maint.in_words(_within),
        to_char(windowed.last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('address', windowed.address, 'users', windowed.users,
        'attempts', windowed.attempts, 'first_at', windowed.first_at, 'last_at', windowed.last_at,
        'examples', to_jsonb(windowed.examples)) as metadata
from windowed
where windowed.users >= _users
order by windowed.address, windowed.users desc, windowed.last_at desc
