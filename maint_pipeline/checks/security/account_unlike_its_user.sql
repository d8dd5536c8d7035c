-- title: An account is used unlike its user does
-- severity: high, because that is what a stolen password, session or key looks like
-- needs: audit_log.time, audit_log.user_id, audit_log.entity, audit_log.action,
--     audit_log.ip_address or audit_log.user_agent, maint.recent_activity
-- description: Several things at once are new of a user who has been known for weeks: a network (the first half
--     of an address) that is nobody else's either, a program (a user agent without its versions), a kind of
--     action, an hour of the day, or that they are active at all after weeks without. Each of it alone
--     is normal; with more signs fewer actions are enough. Networks and programs are no sign with users who change them often.
-- remediation: Ask the user. If it was not them, end all sessions, reset the password or renew the key, and review
--     what was done since.
-- cannot see: who has the user's device, or imitates their network, program and hours, and users of less than three weeks.
-- thresholds: within interval = 6 hours; signs integer = 2; actions integer = 25; actions_of_many_signs integer = 10;
--     known_for interval = 21 days;
--     absent interval = 28 days; networks integer = 5; programs integer = 6

with fresh as (
    select user_id, trait, value, first_seen_at
    from maint.known_traits
    where trait in ('network', 'program', 'kind') and first_seen_at > now() - _within
        and first_seen_at <= now() and user_id <> ''
), suspect as (
    select fresh.user_id, min(fresh.first_seen_at) as first_at
    from fresh
    join maint.known_traits as known on known.user_id = fresh.user_id and known.trait = 'user'
    where known.first_seen_at < now() - _known_for
    group by fresh.user_id
), counted as (
    select suspect.user_id, suspect.first_at, sum(known.actions) as actions
    from suspect
    join maint.activity_hours as known on known.user_id = suspect.user_id
        and known.hour >= date_trunc('hour', suspect.first_at, 'UTC') and known.hour <= now()
    group by suspect.user_id, suspect.first_at
    having sum(known.actions) >= least(_actions, _actions_of_many_signs)
), signed as (
    select counted.*,
        (select array_agg(fresh.value order by fresh.value)
            from fresh
            where fresh.user_id = counted.user_id and fresh.trait = 'network' and not exists (
                select from maint.known_traits as others
                where others.trait = 'network' and others.value = fresh.value
                    and others.first_seen_at <= now() - _within)
            having (
                select count(*) from maint.known_traits as known
                where known.user_id = counted.user_id and known.trait = 'network'
                    and known.first_seen_at <= now() - _within) < _networks
        ) as networks,
        (select array_agg(left(fresh.value, 200) order by fresh.value)
            from fresh
            where fresh.user_id = counted.user_id and fresh.trait = 'program'
            having (
                select count(*) from maint.known_traits as known
                where known.user_id = counted.user_id and known.trait = 'program'
                    and known.first_seen_at <= now() - _within) < _programs
        ) as programs,
        (select array_agg(left(fresh.value, 200) order by fresh.value)
            from fresh
            where fresh.user_id = counted.user_id and fresh.trait = 'kind') as kinds,
        (select min(known.hour)
            from maint.activity_hours as known
            where known.user_id = counted.user_id and known.hour <= now()
                and known.hour >= date_trunc('hour', counted.first_at, 'UTC') and usual.is_known
                and maint.days_active_around(known.user_id, known.hour,
                    date_trunc('hour', counted.first_at, 'UTC'), false) < 1) as odd_hour,
        not exists (
            select from maint.activity_hours as known
            where known.user_id = counted.user_id
                and known.hour >= counted.first_at - _absent
                and known.hour < date_trunc('hour', counted.first_at, 'UTC')) as is_back
    from counted
    cross join lateral maint.usual_activity(counted.user_id,
        date_trunc('hour', counted.first_at, 'UTC')) as usual
)
select
    signed.user_id as object,
    format('User %s did %s things since %s, unlike before: %s.', signed.user_id, signed.actions,
        to_char(signed.first_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), words.list) as detail,
    jsonb_build_object('user_id', signed.user_id, 'actions', signed.actions, 'first_at', signed.first_at,
        'networks', to_jsonb(signed.networks[:10]), 'programs', to_jsonb(signed.programs[:10]),
        'kinds', to_jsonb(signed.kinds[:10]), 'odd_hour', signed.odd_hour, 'is_back', signed.is_back)
        as metadata
from signed
cross join lateral (
    select count(*) as signs, string_agg(word, ', ') as list
    from unnest(array[
        case when networks is not null then 'from a new network' end,
        case when programs is not null then 'with a new program' end,
        case when kinds is not null then 'a new kind of action' end,
        case when odd_hour is not null then 'at an hour that is not theirs' end,
        case when is_back then 'after weeks without any activity' end
    ]) as word
    where word is not null
) as words
where (words.signs >= _signs and signed.actions >= _actions
        or words.signs > _signs and signed.actions >= _actions_of_many_signs)
    and (signed.networks is not null or signed.programs is not null)
