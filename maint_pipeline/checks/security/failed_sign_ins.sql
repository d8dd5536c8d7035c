-- title: Many failed sign-ins
-- severity: high
-- needs: public.audit_logs
-- description: At least 10 failed sign-ins of one user within the last hour: somebody may be
--     guessing the password.
-- remediation: Ask the user; lock the account or reset its password, and block the addresses if it
--     was not them.

select
    log.user_id as object,
    format('%s failed sign-ins of user %s in the last hour, from %s addresses.', count(*),
        log.user_id, count(distinct log.ip_address)) as detail,
    jsonb_build_object('user_id', log.user_id, 'attempts', count(*),
        'first_at', min(log.time), 'last_at', max(log.time),
        'addresses', to_jsonb((array_agg(distinct host(log.ip_address)))[:10])) as metadata
from public.audit_logs as log
where log.time > now() - interval '1 hour'
    and log.payload_hash = 'rate_limited'
    and log.entity like '%auth%'
group by log.user_id
having count(*) >= 10
