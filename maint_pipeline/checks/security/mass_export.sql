-- title: Many data exports
-- severity: high, because exports take whole tenants out
-- needs: audit_log.time, audit_log.user_id, audit_log.entity or audit_log.action, maint.recent_activity
-- description: One user exported data many times within a day, by the counts of full hours, so that none is
--     missed at either end.
-- remediation: Ask whether the exports were wanted; otherwise end the session and review the files.
-- cannot see: exports through queries that the log does not call exports, and slow ones.
-- thresholds: exports integer = 10

select
    user_id as object,
    format('User %s exported data %s times within a day.', user_id, sum(exports)) as detail,
    jsonb_build_object('user_id', user_id, 'exports', sum(exports), 'first_hour', min(hour),
        'last_hour', max(hour)) as metadata
from maint.activity_hours
where hour >= date_trunc('hour', now() - interval '24 hours', 'UTC') and exports > 0 and user_id <> ''
group by user_id
having sum(exports) >= _exports
