-- title: Many failed sign-ins from one address
-- severity: high, because programs guess so, and spread over users they stay below each user's limit
-- needs: audit_log.time, audit_log.entity, audit_log.payload_hash, audit_log.ip_address, maint.recent_activity
-- description: Many sign-ins from one address failed within an hour, whoever they were for.
-- remediation: Block the address at the proxy, unless it is an office or a network that many share.
-- cannot see: attempts from many addresses, and users behind one address of an office.
-- thresholds: within interval = 1 hour; attempts integer = 30

select
    attempt.address as object,
    format('%s sign-ins from address %s failed within %s, of %s, the last one at %s.',
        max(attempt.attempts), attempt.address, maint.in_words(_within),
        maint.pluralize(count(distinct attempt.user_id), 'user'),
        to_char(max(attempt.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('address', attempt.address, 'attempts', max(attempt.attempts),
        'first_at', min(attempt.at), 'last_at', max(attempt.at),
        'users', to_jsonb((array_agg(distinct attempt.user_id))[:10])) as metadata
from (
    select user_id, at, address, count(*) over (
        partition by address order by at range between _within preceding and current row
    ) as attempts
    from maint.recent_activity
    where is_refused and entity like '%auth%' and at <= now() and address is not null
) as attempt
group by attempt.address
having max(attempt.attempts) >= _attempts
