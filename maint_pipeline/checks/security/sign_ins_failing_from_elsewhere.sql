-- title: Sign-ins of many users fail from networks that are not theirs
-- severity: high, because that is how stolen passwords are tried from many addresses
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.payload_hash,
--     audit_log.ip_address, maint.recent_activity
-- description: Within the time since the run before last the sign-ins of several users failed from networks (the
--     first half of an address) that are not known of them, whatever the addresses. People who mistype do so
--     where they always are.
-- remediation: Look which of these users signed in from there since, and end those sessions. Ask for a second factor.
-- cannot see: attempts on fewer users, and attempts on users that do not exist where the log leaves these out.
-- thresholds: users integer = 8

select
    'sign-ins' as object,
    format('Sign-ins of %s users failed from %s that are not theirs, the last one at %s.',
        count(distinct attempt.user_id),
        maint.pluralize(count(distinct maint.network_of(attempt.address)), 'network'),
        to_char(max(attempt.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('attempts', count(*), 'first_at', min(attempt.at), 'last_at', max(attempt.at),
        'addresses', to_jsonb((array_agg(distinct attempt.address))[:10]),
        'users', to_jsonb((array_agg(distinct attempt.user_id))[:10])) as metadata
from maint.recent_activity as attempt
where attempt.is_refused and attempt.entity like '%auth%' and attempt.at <= now()
    and attempt.address is not null and attempt.user_id <> ''
    and not exists (
        select from maint.known_traits as known
        where known.user_id = attempt.user_id and known.trait = 'network'
            and known.value = maint.network_of(attempt.address)
    )
having count(distinct attempt.user_id) >= _users
