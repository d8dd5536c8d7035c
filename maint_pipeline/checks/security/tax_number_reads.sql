-- title: Many tax numbers read
-- severity: high
-- needs: public.audit_logs
-- description: One user read at least 20 tax numbers within the last hour.
-- remediation: Ask whether the user had reason to; otherwise treat it as a data breach.

select
    log.user_id as object,
    format('User %s read %s tax numbers in the last hour.', log.user_id, count(*)) as detail,
    jsonb_build_object('user_id', log.user_id, 'reads', count(*),
        'first_at', min(log.time), 'last_at', max(log.time)) as metadata
from public.audit_logs as log
where log.time > now() - interval '1 hour'
    and log.entity like '%\_tin'
group by log.user_id
having count(*) >= 20
