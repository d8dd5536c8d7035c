-- Figures for dashboards and reports: stable views (docs/metrics.md), read with the reader's own rights, so
-- that row level security lets administrators see them and nobody else. Days and weeks are UTC.
--
-- Dropped and created again, because a view's columns can't be replaced freely. Locks: ACCESS EXCLUSIVE on the views alone.

drop view if exists maint.backup_state, maint.alert_state;

create view maint.task_runs_by_day with (security_invoker = true) as
select
    (started_at at time zone 'UTC')::date as day,
    task_name,
    count(*) filter (where not is_part) as runs,
    count(*) filter (where not is_part and status = 'completed') as completed,
    count(*) filter (where not is_part and status = 'failed') as failed,
    count(*) filter (where not is_part and status = 'skipped') as skipped,
    count(*) filter (where not is_part and status = 'canceled') as canceled,
    round(count(*) filter (where not is_part and status = 'completed')::numeric
        / nullif(count(*) filter (where not is_part and status in ('completed', 'failed')), 0), 4)
        as success_rate,
    coalesce(sum(rows_deleted), 0)::bigint as rows_deleted,
    round(avg(extract(epoch from finished_at - started_at))
        filter (where not is_part and status = 'completed'), 3)::double precision as seconds_mean,
    percentile_cont(0.95) within group (order by extract(epoch from finished_at - started_at))
        filter (where not is_part and status = 'completed') as seconds_p95,
    max(extract(epoch from finished_at - started_at))
        filter (where not is_part and status = 'completed')::double precision as seconds_max
from maint.run_figures
group by 1, 2;

comment on view maint.task_runs_by_day is
    'Runs of each task by UTC day: counts by outcome, success rate, rows deleted by runs of any outcome, durations of completed runs.';

create view maint.failures_by_week with (security_invoker = true) as
select
    date_trunc('week', started_at at time zone 'UTC')::date as week,
    task_name,
    count(*) as runs,
    count(*) filter (where status = 'failed') as failed
from maint.task_runs
where not is_part
group by 1, 2;

comment on view maint.failures_by_week is 'Failed runs of each task by week, which begins on Monday.';

create view maint.task_state with (security_invoker = true) as
select
    task_name,
    status as last_status,
    started_at as last_started_at,
    extract(epoch from finished_at - started_at)::double precision as last_seconds,
    error_message as last_error,
    last_completed_at,
    is_failing
from maint.latest_runs
where not is_part;

comment on view maint.task_state is
    'The latest run of each task that completed or failed, when it completed last, and whether it fails.';

create view maint.backup_state with (security_invoker = true) as
select
    max(findings) filter (where check_name = 'organization_without_backup') as without_backup,
    max(findings) filter (where check_name = 'backup_overdue') as overdue,
    max(findings) filter (where check_name = 'backup_failed') as failed,
    max(findings) filter (where check_name = 'backup_shrunk') as shrunk,
    max(findings) filter (where check_name = 'backup_empty') as empty,
    max(evaluated_at) as checked_at,
    (select max(finished_at) from maint.restore_tests where is_proven) as last_proven_at
from maint.check_results
where status in ('passed', 'findings');

comment on view maint.backup_state is
    'Organizations by what is wrong with their backups, as the last evaluation saw it, and the last successful restore '
    'test. Null: the check is not applicable or has not run.';

-- SECURITY DEFINER, because nobody else reads both tables; where row level security of ours would let the reader
-- see no alert, there is none here either.
create or replace function maint.open_alerts_by_kind()
    returns table (
        severity text, category text, open bigint, acknowledged bigint, silenced bigint,
        oldest_at timestamptz
    )
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not maint.is_operator() then
        return;
    end if;
    return query
        select alert.severity, coalesce(alert.details ->> 'category', 'other'), count(*),
            count(*) filter (where alert.acknowledged_at is not null),
            count(*) filter (where maint.is_silenced(alert.silenced_until)), min(alert.created_at)
        from maint.known_alerts() as alert
        where alert.resolved is not true
        group by 1, 2;
end
$$;

create view maint.alert_state with (security_invoker = true) as
select severity, category, open, acknowledged, silenced, oldest_at
from maint.open_alerts_by_kind();

comment on view maint.alert_state is 'Open alerts by severity and category.';
