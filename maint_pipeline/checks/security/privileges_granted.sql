-- title: Rights were granted
-- severity: medium, because it is rare, and the first thing that an intruder does
-- needs: audit_log.time, audit_log.user_id, audit_log.action, audit_log.entity, maint.recent_activity
-- description: The audit log shows that somebody created or changed a role, a permission or a grant who had not
--     done that in the eight weeks before.
-- remediation: Ask whoever did it. Take the right away if nobody can say.
-- cannot see: grants in the database that no audit row shows, entities of other names, and grants by those
--     who do that for their work.
-- thresholds: entities text = role,permission,grant,privilege

select
    user_id as object,
    format('User %s created or changed %s rights, the last one at %s.', user_id, count(*),
        to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'actions', count(*), 'first_at', min(at),
        'last_at', max(at), 'entities', to_jsonb((array_agg(distinct entity))[:10]),
        'of', to_jsonb((array_agg(distinct entity_id))[:10])) as metadata
from maint.recent_activity as activity
where user_id <> '' and action in ('create', 'update') and not is_refused and at <= now()
    and entity ~ array_to_string(maint.listed(_entities), '|')
    and not exists (
        select from maint.known_traits as known
        where known.user_id = activity.user_id and known.trait = 'kind'
            and known.value in (activity.entity || ' create', activity.entity || ' update')
            and known.first_seen_at <= (select window_start from maint.observations)
    )
group by user_id
