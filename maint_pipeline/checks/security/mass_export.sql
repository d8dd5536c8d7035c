-- title: Many data exports
-- severity: high
-- needs: public.audit_logs
-- description: One user exported data at least 10 times within the last 24 hours.
-- remediation: Ask whether the exports were wanted; otherwise end the session and review the files.

select
    log.user_id as object,
    format('User %s exported data %s times in the last 24 hours.', log.user_id, count(*)) as detail,
    jsonb_build_object('user_id', log.user_id, 'exports', count(*),
        'first_at', min(log.time), 'last_at', max(log.time)) as metadata
from public.audit_logs as log
where log.time > now() - interval '24 hours'
    and (log.entity = 'data_export' or log.action = 'export')
group by log.user_id
having count(*) >= 10
