-- title: Replica that is connected no more
-- severity: high, because the copy that you rely on grows old
-- scope: server
-- needs: pg_catalog.pg_stat_replication, maint.health_samples
-- description: A replica or subscriber that was connected for hours is not there any more.
-- remediation: Look at its server and log. If it was taken down for good, ignore the finding (maint checks ignore).
-- cannot see: replicas that read archived WAL without a connection, and those that never stayed for hours.
-- thresholds: after interval = 10 minutes; within interval = 7 days

with seen as (
    select replica.name, max(taken_at) as last_at, count(*) as times
    from maint.health_samples
    cross join jsonb_array_elements_text(figures -> 'replicas') as replica (name)
    where taken_at > now() - _within
    group by replica.name
)
select
    seen.name as object,
    format('Replica %s was connected last at %s.', seen.name,
        to_char(seen.last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('last_seen_at', seen.last_at) as metadata
from seen
cross join lateral (
    select count(*) as number
    from maint.health_samples
    where taken_at between seen.last_at - interval '6 hours' and seen.last_at
) as samples
where seen.last_at < now() - _after and seen.name <> ''
    and not exists (select from pg_stat_replication where application_name = seen.name)
    -- A backup of an hour is no replica.
    and samples.number >= 6 and exists (
        select from maint.health_samples
        where taken_at < seen.last_at - interval '5 hours' and figures -> 'replicas' ? seen.name)
