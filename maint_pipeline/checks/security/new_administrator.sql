-- title: New administrator
-- severity: high, because it is the first thing that an intruder does
-- needs: user_roles.user_id, user_roles.role, maint.recent_activity
-- description: Somebody has the application's role admin who did not have it at an earlier run. It is reported
--     for a day, whether or not the audit log has it.
-- remediation: Ask who granted it. Take it away if nobody can say.
-- cannot see: who was one at the first look; administrators that the application knows by other means.
-- thresholds: told_for interval = 24 hours

select
    user_id as object,
    format('User %s is an administrator since between %s and the run before.', user_id,
        to_char(first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'first_seen_at', first_seen_at) as metadata
from maint.known_traits
where trait = 'administrator' and first_seen_at > now() - _told_for
