-- title: Many deletions
-- severity: high, because what was deleted may be needed soon, and backups age
-- needs: audit_log.time, audit_log.user_id, audit_log.action, maint.recent_activity
-- description: One user deleted many things within an hour.
-- remediation: Ask whether it was wanted. If not, suspend the account and restore from a backup of before.
-- cannot see: deletions below the number within the window, and those that the log leaves out.
-- thresholds: within interval = 1 hour; deletions integer = 50

select
    deletion.user_id as object,
    format('User %s deleted %s things within %s, the last one at %s.', deletion.user_id,
        max(deletion.deletions), maint.in_words(_within),
        to_char(max(deletion.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', deletion.user_id, 'deletions', max(deletion.deletions),
        'entities', to_jsonb((array_agg(distinct deletion.entity))[:10]),
        'first_at', min(deletion.at), 'last_at', max(deletion.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as deletions
    from maint.recent_activity
    where user_id <> '' and action = 'delete' and not is_refused and at <= now()
) as deletion
group by deletion.user_id
having max(deletion.deletions) >= _deletions
