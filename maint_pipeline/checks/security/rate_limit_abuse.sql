-- title: Rate limit hit again and again
-- severity: medium, because the limit holds; somebody is pushing against it
-- needs: audit_log.time, audit_log.user_id, audit_log.payload_hash, maint.recent_activity
-- description: The rate limiter refused many requests of one user within an hour, sign-ins aside.
-- remediation: Find out whether a client is broken or scraping; suspend its access where it is.
-- cannot see: limits that the application does not log.
-- thresholds: within interval = 1 hour; requests integer = 50

select
    request.user_id as object,
    format('%s requests of user %s were refused by the rate limiter within %s, the last one at %s.',
        max(request.requests), request.user_id, maint.in_words(_within),
        to_char(max(request.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', request.user_id, 'requests', max(request.requests),
        'entities', to_jsonb((array_agg(distinct request.entity))[:10]),
        'first_at', min(request.at), 'last_at', max(request.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as requests
    from maint.recent_activity
    where user_id <> '' and is_refused and entity not like '%auth%' and at <= now()
) as request
group by request.user_id
having max(request.requests) >= _requests
