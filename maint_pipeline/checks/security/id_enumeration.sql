-- title: Identities tried one after the other
-- severity: medium, because that is how missing checks of ownership are found and used
-- needs: audit_log.time, audit_log.user_id, audit_log.entity_id, maint.recent_activity
-- description: One user touched very many different things of one kind within the time since the run before
--     last, profiles aside, which have a limit of their own, and things that they created. It is some times
--     more than all that they did in an hour of three days of the last eight weeks.
-- remediation: Ask whether an integration ran as this user; otherwise look whether they might see all of them.
-- cannot see: reading slowly, and programs that always touch as many.
-- thresholds: identities integer = 500; at_most integer = 20000; times numeric = 4

with suspect as (
    select user_id, entity, count(distinct entity_id) as identities, min(at) as first_at,
        max(at) as last_at
    from maint.recent_activity
    where user_id <> '' and entity_id is not null and entity <> 'profile_access' and action <> 'create'
        and at <= now()
    group by user_id, entity
    having count(distinct entity_id) >= _identities
)
select
    format('%s: %s', user_id, entity) as object,
    format('User %s touched %s different things of kind %s, the last one at %s.', user_id,
        identities, entity,
        to_char(last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'entity', entity, 'identities', identities, 'first_at', first_at,
        'last_at', last_at, 'examples', (
            select jsonb_agg(example.entity_id)
            from (
                select distinct activity.entity_id
                from maint.recent_activity as activity
                where activity.user_id = suspect.user_id and activity.entity = suspect.entity
                    and activity.entity_id is not null
                limit 10
            ) as example
        )) as metadata
from suspect
cross join lateral maint.usual_activity(suspect.user_id,
    date_trunc('hour', suspect.first_at, 'UTC')) as usual
where suspect.identities >= maint.learned_limit(usual.is_known, usual.hour_actions, _times, _identities,
    _identities, _at_most)
