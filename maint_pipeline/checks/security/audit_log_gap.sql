-- title: Audit rows have vanished
-- severity: critical, because who deletes traces has something to hide
-- needs: audit_log.time, maint.recent_activity
-- description: An hour of the audit log has fewer rows than at an earlier run, although nothing of that age is
--     past its retention; or an hour of the last day has none, between two that have many. The latest hours
--     are compared at every run, each other one a day and a week after it was.
-- remediation: Compare with a backup and with the logs of the database who deleted them. Revoke DELETE and
--     TRUNCATE on the audit log from every role that need not have it.
-- cannot see: rows that were never written, rows that were changed, rows deleted before a run counted
--     them, and after a week.
-- thresholds: missing integer = 1; around integer = 200

with present as (
    select date_trunc('hour', at, 'UTC') as hour, count(*) as actions
    from maint.recent_activity
    group by 1
), known as (
    select hour, sum(actions) as actions
    from maint.activity_hours
    where hour >= date_trunc('hour', now() - interval '25 hours', 'UTC')
    group by hour
)
select
    to_char(known.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as object,
    format('The hour from %s had %s rows at an earlier run and has %s now.',
        to_char(known.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), known.actions,
        coalesce(present.actions, 0)) as detail,
    jsonb_build_object('hour', known.hour, 'known', known.actions,
        'present', coalesce(present.actions, 0)) as metadata
from known
left join present on present.hour = known.hour
where known.hour >= (select window_start from maint.observations)
    and known.actions - coalesce(present.actions, 0) >= _missing
union all
select
    to_char(recount.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
    format('The hour from %s had %s rows when it was new and has %s now.',
        to_char(recount.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), earlier.actions,
        recount.present),
    jsonb_build_object('hour', recount.hour, 'known', earlier.actions, 'present', recount.present)
from (
    select key::timestamptz as hour, value::bigint as present,
        (counted_before ->> key)::bigint as before
    from maint.observations
    cross join jsonb_each_text(recounts)
) as recount
cross join lateral (
    select least(sum(actions), recount.before) as actions
    from maint.activity_hours
    where hour = recount.hour
) as earlier
where earlier.actions - recount.present >= _missing
    -- What may be deleted as it expires is not compared.
    and recount.hour > now() + interval '1 day' - coalesce((
        select min(policy.keep)
        from maint.retention_policies as policy
        where maint.relation_of(policy) = maint.source_relation('audit_log')
    ), interval '90 days')
union all
select
    to_char(silent.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
    format('The hour from %s has no row, between hours of %s and %s rows.',
        to_char(silent.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), earlier.actions,
        later.actions),
    jsonb_build_object('hour', silent.hour, 'earlier', earlier.actions, 'later', later.actions)
from generate_series(date_trunc('hour', now() - interval '24 hours', 'UTC'),
    date_trunc('hour', now(), 'UTC') - interval '2 hours', '1 hour') as silent (hour)
join known as earlier
    on earlier.hour = silent.hour - interval '1 hour' and earlier.actions >= _around
join known as later on later.hour = silent.hour + interval '1 hour' and later.actions >= _around
where not exists (select from known where known.hour = silent.hour)
