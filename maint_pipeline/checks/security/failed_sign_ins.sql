-- title: Many failed sign-ins of one user
-- severity: high, because somebody may be guessing the password
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.payload_hash, maint.recent_activity
-- description: One user failed to sign in many times within an hour, whatever the address.
-- remediation: Ask the user; lock the account or reset its password, and block the addresses if it was not
--     them.
-- cannot see: failures spread over days, and those that the log leaves out.
-- thresholds: within interval = 1 hour; attempts integer = 10

select
    attempt.user_id as object,
    format('User %s failed to sign in %s times within %s, from %s, the last time at %s.',
        attempt.user_id, max(attempt.attempts), maint.in_words(_within),
        maint.pluralize(count(distinct attempt.address), 'address', 'addresses'),
        to_char(max(attempt.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', attempt.user_id, 'attempts', max(attempt.attempts),
        'first_at', min(attempt.at), 'last_at', max(attempt.at),
        'addresses', to_jsonb((array_agg(distinct attempt.address))[:10])) as metadata
from (
    select user_id, at, address, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as attempts
    from maint.recent_activity
    where user_id <> '' and is_refused and entity like '%auth%' and at <= now()
) as attempt
group by attempt.user_id
having max(attempt.attempts) >= _attempts
