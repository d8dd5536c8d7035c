-- title: Identities tried one after the other
-- severity: medium, because that is how missing checks of ownership are found and used
-- needs: public.audit_logs, maint.recent_activity
-- description: One user touched very many different things of one kind within the time since the run before
--     last, profiles aside, which have a limit of their own.
-- remediation: Ask whether an integration ran as this user; otherwise look whether they might see all of them.
-- thresholds: identities integer = 500

select
    format('%s: %s', user_id, entity) as object,
    format('User %s touched %s different things of kind %s, the last one at %s.', user_id,
        count(distinct entity_id), entity,
        to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'entity', entity, 'identities', count(distinct entity_id),
        'first_at', min(at), 'last_at', max(at),
        'examples', to_jsonb((array_agg(distinct entity_id))[:10])) as metadata
from maint.recent_activity
where entity_id is not null and entity <> 'profile_access' and at <= now()
group by user_id, entity
having count(distinct entity_id) >= _identities
