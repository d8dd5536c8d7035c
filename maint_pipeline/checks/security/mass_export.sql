-- title: Many data exports
-- severity: high, because exports take whole tenants out
-- needs: audit_log.time, audit_log.user_id, audit_log.entity or audit_log.action, maint.recent_activity
-- description: One user exported data many times within a day, by the counts of its hours: some times more than
--     they did on three days of the last eight weeks, so that a nightly export is none. Of users of less than three weeks the fixed limit holds.
-- remediation: Ask whether the exports were wanted; otherwise end the session and review the files.
-- cannot see: exports through queries that the log does not call exports, slow ones, and what a user exports
--     regularly, up to the upper limit.
-- thresholds: exports integer = 10; at_least integer = 9; at_most integer = 100; times numeric = 3

with suspect as (
    select user_id, sum(exports) as exports, min(hour) as first_hour, max(hour) as last_hour
    from maint.activity_hours
    where hour > date_trunc('hour', now() - interval '24 hours', 'UTC') and exports > 0 and user_id <> ''
    group by user_id
    having sum(exports) >= least(_at_least, _exports)
)
select
    suspect.user_id as object,
    format('User %s exported data %s times within a day%s.', suspect.user_id, suspect.exports,
        case when usual.is_known then format(', where %s are usual', usual.day_exports) else '' end)
        as detail,
    jsonb_build_object('user_id', suspect.user_id, 'exports', suspect.exports,
        'limit', allowed.exports, 'first_hour', suspect.first_hour, 'last_hour', suspect.last_hour)
        as metadata
from suspect
cross join lateral maint.usual_activity(suspect.user_id,
    date_trunc('hour', now() - interval '23 hours', 'UTC')) as usual
cross join lateral (
    select maint.learned_limit(usual.is_known, usual.day_exports, _times, _at_least, _exports,
        _at_most) as exports
) as allowed
where suspect.exports >= allowed.exports
