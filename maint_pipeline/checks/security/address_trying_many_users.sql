-- title: One address tries many users
-- severity: high
-- needs: public.audit_logs
-- description: Failed sign-ins of at least 5 users from one address within the last hour, the
--     pattern of stolen password lists.
-- remediation: Block the address and look whether any of these users signed in from it.

select
    host(log.ip_address) as object,
    format('Failed sign-ins of %s users from address %s in the last hour.',
        count(distinct log.user_id), host(log.ip_address)) as detail,
    jsonb_build_object('address', host(log.ip_address), 'users', count(distinct log.user_id),
        'attempts', count(*), 'first_at', min(log.time), 'last_at', max(log.time)) as metadata
from public.audit_logs as log
where log.time > now() - interval '1 hour'
    and log.payload_hash = 'rate_limited'
    and log.entity like '%auth%'
    and log.ip_address is not null
group by log.ip_address
having count(distinct log.user_id) >= 5
