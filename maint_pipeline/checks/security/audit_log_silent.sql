-- title: The audit log has stopped
-- severity: high, because whatever happens now leaves no trace
-- needs: audit_log.time, maint.recent_activity
-- description: The audit log has had no row for some hours in which it usually has many, by the same hours of the
--     last four weeks.
-- remediation: Look whether the application still writes it: a trigger that was dropped, a revoked grant, a
--     failing job. If people just don't work today, it is resolved automatically.
-- cannot see: a log that goes on and leaves some things out, and one of little traffic.
-- thresholds: hours integer = 3; usual integer = 100

select
    'audit_logs' as object,
    format('The audit log has had no row since %s, where %s are usual in %s hours.',
        coalesce(to_char(latest.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'weeks'),
        round(usual.actions), _hours) as detail,
    jsonb_build_object('last_at', latest.at, 'usual', usual.actions, 'hours', _hours) as metadata
from (
    -- The past is in hours, the present in rows.
    select greatest(
        (select max(hour) + interval '1 hour' from maint.activity_hours
            where hour < date_trunc('hour', now(), 'UTC') - interval '1 hour'),
        (select max(at) from maint.recent_activity where at <= now())) as at
) as latest
cross join (
    select percentile_cont(0.5) within group (order by week.actions) as actions
    from (
        select coalesce(sum(known.actions), 0)::double precision as actions
        from generate_series(1, 4) as weeks_ago
        left join maint.activity_hours as known
            on known.hour >= date_trunc('hour', now(), 'UTC') - _hours * interval '1 hour'
                - weeks_ago * interval '7 days'
            and known.hour < date_trunc('hour', now(), 'UTC') - weeks_ago * interval '7 days'
        group by weeks_ago
    ) as week
) as usual
where usual.actions >= _usual
    and coalesce(latest.at, '-infinity') < now() - _hours * interval '1 hour'
