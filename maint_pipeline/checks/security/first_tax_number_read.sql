-- title: Tax numbers read by somebody who never did
-- severity: medium, because it is somebody's first day, or a stolen account
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, maint.recent_activity
-- description: A user read tax numbers for the first time in the eight weeks that are remembered.
-- remediation: Ask whether it belongs to the user's work now.
-- cannot see: readers of before the weeks that are remembered, and columns under other names.
-- thresholds: within interval = 1 hour

select
    known.user_id as object,
    format('User %s read a tax number for the first time, at %s.', known.user_id,
        to_char(known.first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', known.user_id, 'first_at', known.first_seen_at,
        'addresses', (
            select to_jsonb((array_agg(distinct activity.address))[:10])
            from maint.recent_activity as activity
            where activity.user_id = known.user_id and activity.entity like '%\_tin'
        )) as metadata
from maint.known_traits as known
where known.trait = 'tax_reader'
    and known.first_seen_at > (select window_start from maint.observations)
    and exists (
        select from maint.recent_activity as activity
        where activity.user_id = known.user_id and activity.entity like '%\_tin'
    )
