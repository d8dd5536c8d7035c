-- title: Rate limit hit again and again
-- severity: medium
-- needs: public.audit_logs
-- description: The rate limiter refused at least 50 requests of one user within the last hour, sign-ins
--     aside.
-- remediation: Find out whether a client is broken or scraping; suspend its access where it is.

select
    log.user_id as object,
    format('%s requests of user %s were refused by the rate limiter in the last hour.', count(*),
        log.user_id) as detail,
    jsonb_build_object('user_id', log.user_id, 'requests', count(*),
        'entities', to_jsonb((array_agg(distinct log.entity))[:10]),
        'first_at', min(log.time), 'last_at', max(log.time)) as metadata
from public.audit_logs as log
where log.time > now() - interval '1 hour'
    and log.payload_hash = 'rate_limited'
    and log.entity not like '%auth%'
group by log.user_id
having count(*) >= 50
