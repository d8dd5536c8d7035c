-- title: Unusually many profiles read
-- severity: medium
-- needs: public.audit_logs
-- description: One user read at least 100 different profiles within the last hour.
-- remediation: Ask whether the user had reason to; otherwise end the session and review what was read.

select
    log.user_id as object,
    format('User %s read %s different profiles in the last hour.', log.user_id,
        count(distinct log.entity_id)) as detail,
    jsonb_build_object('user_id', log.user_id, 'profiles', count(distinct log.entity_id),
        'first_at', min(log.time), 'last_at', max(log.time)) as metadata
from public.audit_logs as log
where log.time > now() - interval '1 hour'
    and log.entity = 'profile_access'
group by log.user_id
having count(distinct log.entity_id) >= 100
