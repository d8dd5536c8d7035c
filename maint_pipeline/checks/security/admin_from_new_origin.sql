-- title: Administrator from a new address or program
-- severity: medium, because people travel and renew browsers, and stolen sessions look the same
-- needs: audit_log.time, audit_log.user_id, audit_log.ip_address or audit_log.user_agent,
--     user_roles.user_id, user_roles.role, maint.recent_activity
-- description: An administrator did something from an address, or with a user agent, that was not seen of them
--     in the eight weeks that are remembered, nor another address of the same network (its first half) or
--     another version of the same program, nor that network of anybody else. Users without a past are not
--     reported, nor addresses of those who come from many networks.
-- remediation: Ask the administrator. If it was not them, end all their sessions and reset their password.
-- cannot see: somebody in the usual network, as on a stolen device, and administrators that are new.
-- thresholds: networks integer = 6

select
    format('%s: %s %s', known.user_id, known.trait, known.value) as object,
    format('Administrator %s came from a new %s, %s, at %s.', known.user_id,
        case known.trait when 'agent' then 'program' else known.trait end, left(known.value, 200),
        to_char(known.first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    case known.trait when 'agent' then 'low' else 'medium' end as severity,
    jsonb_build_object('user_id', known.user_id, known.trait, left(known.value, 500),
        'first_at', known.first_seen_at) as metadata
from maint.known_traits as known
where known.trait in ('address', 'agent')
    and known.first_seen_at > (select window_start from maint.observations)
    and exists (
        select from maint.known_traits as earlier
        where earlier.user_id = known.user_id and earlier.trait = known.trait
            and earlier.first_seen_at <= (select window_start from maint.observations)
    )
    and exists (
        select from maint.recent_activity as activity
        where activity.user_id = known.user_id and known.value in (activity.address, activity.agent)
    )
    and not exists (
        select from maint.known_traits as earlier
        where earlier.user_id = known.user_id and known.trait = 'agent' and earlier.trait = 'program'
            and earlier.value = maint.program_of(known.value)
            and earlier.first_seen_at <= (select window_start from maint.observations)
    )
    and not exists (
        select from maint.known_traits as earlier
        where known.trait = 'address' and earlier.trait = 'network'
            and earlier.value = maint.network_of(known.value)
            and earlier.first_seen_at <= (select window_start from maint.observations)
    )
    and (known.trait = 'agent' or _networks > (
        select count(*)
        from maint.known_traits as earlier
        where earlier.user_id = known.user_id and earlier.trait = 'network'
            and earlier.first_seen_at <= (select window_start from maint.observations)
    ))
