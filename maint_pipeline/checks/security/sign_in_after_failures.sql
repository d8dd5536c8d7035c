-- title: Signed in after many failures
-- severity: high, because a guess may have been right
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.payload_hash, maint.recent_activity
-- description: A user failed to sign in several times within an hour and then did. From a network that was known of
--     them before (the first half of an address) it takes more failures: that is where people forget
--     their passwords.
-- remediation: Ask the user. If it was not them, end their sessions, reset the password, and review what was
--     done since.
-- cannot see: an attacker who needed few attempts.
-- thresholds: within interval = 1 hour; failures integer = 5; failures_at_home integer = 15

select distinct on (sign_in.user_id)
    sign_in.user_id as object,
    format('User %s signed in at %s from %s after %s failures within %s.', sign_in.user_id,
        to_char(sign_in.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(sign_in.address, 'an unknown address'), sign_in.failures, maint.in_words(_within)) as detail,
    jsonb_build_object('user_id', sign_in.user_id, 'failures', sign_in.failures, 'at', sign_in.at,
        'address', sign_in.address, 'agent', left(sign_in.agent, 200)) as metadata
from (
    select user_id, at, address, agent, is_refused, count(*) filter (where is_refused) over (
        partition by user_id order by at range between _within preceding and current row
    ) as failures
    from maint.recent_activity
    where user_id <> '' and entity like '%auth%' and at <= now()
) as sign_in
where not sign_in.is_refused and sign_in.failures >= _failures
    and (sign_in.failures >= _failures_at_home or not exists (
        select from maint.known_traits as known
        where known.user_id = sign_in.user_id and known.trait = 'network'
            and known.value = maint.network_of(sign_in.address)
            and known.first_seen_at <= (select window_start from maint.observations)
    ))
order by sign_in.user_id, sign_in.failures desc, sign_in.at
