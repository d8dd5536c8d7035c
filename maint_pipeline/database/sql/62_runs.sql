-- What the ledger says of a task, decided once: alerts about failed tasks and missed runs, health, metrics and
-- reports all read these views. With the reader's own rights, like those of 65_metrics.sql.
--
-- Dropped and created again, because a view's columns can't be replaced freely. Locks: ACCESS EXCLUSIVE on the views alone.

drop view if exists maint.task_runs_by_day, maint.failures_by_week, maint.task_state, maint.latest_runs,
    maint.latest_attempts, maint.task_names, maint.counted_runs, maint.run_figures, maint.task_runs;

-- Every run with the task that it belongs to: a part of a run (parent_id) is named TASK:PART.
create view maint.task_runs with (security_invoker = true) as
select id, task_name,
    case when parent_id is null then task_name else split_part(task_name, ':', 1) end as of_task,
    parent_id is not null as is_part, parent_id, status, started_at, finished_at, details, error_message,
    dagster_run_id
from public.maintenance_task_runs;

comment on view maint.task_runs is 'Every run, and the task that it belongs to as a run or as a part of one.';

-- The runs that were to do the work of their task: no dry run (a look is no work), nothing that somebody
-- asked for in a wrong way, no task that runs only when somebody asks (ledger.py notes which), no run that has
-- yet to begin.
create view maint.counted_runs with (security_invoker = true) as
select id, task_name, of_task, is_part, started_at, finished_at, status, details, error_message,
    dagster_run_id
from maint.task_runs
where not coalesce(details @> '{"dry_run": true}' or details @> '{"on_request": true}'
    or details @> '{"wrong_usage": true}', false)
    -- A clock was ahead then: until it is that late, such a run would hide all that came after it.
    and started_at <= now() + interval '5 minutes';

comment on view maint.counted_runs is
    'The runs that were to do the work of their task: no dry runs, no wrong usage, no tasks that people start.';

-- The names in the ledger. An index finds them: a step for each, whatever the ledger's size.
create view maint.task_names with (security_invoker = true) as
with recursive named as (
    (select task_name from public.maintenance_task_runs order by task_name limit 1)
    union all
    select (
        select next.task_name from public.maintenance_task_runs as next
        where next.task_name > named.task_name
        order by next.task_name
        limit 1
    )
    from named
    where named.task_name is not null
)
select task_name from named where task_name is not null;

comment on view maint.task_names is 'Tasks and parts of tasks that have ever run.';

-- The latest run of each task that has an outcome: it completed, or it failed. A run that was skipped or
-- canceled, or is in progress, says nothing about whether the task works. Written as ranges, so that
-- maintenance_task_runs_outcome_idx alone has the order: PostgreSQL would walk that of all runs by time, to the
-- end where a task has never completed.
create view maint.latest_runs with (security_invoker = true) as
select
    task.task_name,
    (latest.run).of_task,
    (latest.run).is_part,
    (latest.run).status,
    (latest.run).started_at,
    (latest.run).finished_at,
    (latest.run).error_message,
    (latest.run).dagster_run_id,
    -- A check has an alert for what this run found out.
    (latest.run).details ->> 'told_by' as told_by,
    -- Nobody waits for a policy that is disabled or gone.
    (latest.run).status = 'failed' and (
        exists (select from maint.enabled_policies as policy where policy.task_name = task.task_name)
        or not ((latest.run).is_part
            or exists (
                select from maint.retention_policies as policy
                where policy.built_in and policy.name = task.task_name))
    ) as is_failing,
    (completed.run).finished_at as last_completed_at
from maint.task_names as task
left join lateral (
    select success as run from maint.counted_runs as success
    where success.task_name between task.task_name and task.task_name
        and success.status between 'completed' and 'completed'
    order by success.task_name desc, success.status desc, success.started_at desc
    limit 1
) as completed on true
left join lateral (
    select failure as run from maint.counted_runs as failure
    where failure.task_name between task.task_name and task.task_name
        and failure.status between 'failed' and 'failed'
    order by failure.task_name desc, failure.status desc, failure.started_at desc
    limit 1
) as failed on true
cross join lateral (
    select case when coalesce((failed.run).started_at, '-infinity')
            > coalesce((completed.run).started_at, '-infinity')
        then failed.run else completed.run end as run
) as latest
where (latest.run).id is not null;

comment on view maint.latest_runs is
    'The latest run of each task and of each part of one that completed or failed, and whether the task fails.';

-- The latest run of each task whatever its outcome: it explains why the task has not completed.
create view maint.latest_attempts with (security_invoker = true) as
select task.task_name, attempt.status, attempt.started_at, attempt.finished_at,
    attempt.details ->> 'reason' as reason
from maint.task_names as task
cross join lateral (
    select run.status, run.started_at, run.finished_at, run.details
    from maint.counted_runs as run
    where run.task_name = task.task_name
    order by run.started_at desc
    limit 1
) as attempt;

comment on view maint.latest_attempts is
    'The latest run of each task and of each part of one, whatever became of it.';

-- Each run with the rows that it deleted, however it ended: what a run had reported when it failed, was
-- canceled or lost its worker counts as well. The parts of a run did its work: the sum
-- that the task itself reports is left out.
create view maint.run_figures with (security_invoker = true) as
select
    id,
    of_task as task_name,
    is_part,
    status,
    started_at,
    finished_at,
    case
        when details ? 'by_policy' then 0
        when jsonb_typeof(details -> 'deleted_count') = 'number'
            then (details ->> 'deleted_count')::numeric::bigint
        when jsonb_typeof(details #> '{progress,deleted_count}') = 'number'
            then (details #>> '{progress,deleted_count}')::numeric::bigint
        else 0
    end as rows_deleted
from maint.task_runs;

comment on view maint.run_figures is
    'Every run, parts of tasks under the name of their task, with the rows it deleted, however it ended.';

-- Adds to maint.task_totals the runs that began more than a day ago, as far as all of them have ended. What the
-- ledger loses later, by a policy of the application, stays in the totals. Does nothing where nothing can be
-- written. A run that an SQL call began more than a day before its commit would be left out.
create or replace function maint.add_up_task_runs() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _from timestamptz;
    _until timestamptz;
begin
    if current_setting('transaction_read_only')::boolean then
        return;
    end if;
    _until := least(
        date_trunc('hour', clock_timestamp() - interval '1 day'),
        (select min(started_at) from public.maintenance_task_runs where status = 'running'));
    if not exists (select from maint.task_totals_until where until < _until) then
        return;
    end if;
    update maint.task_totals_until as counted
    set until = _until
    from (select until from maint.task_totals_until for update) as before
    where before.until < _until
    returning before.until into _from;
    if _from is null then
        return;
    end if;
    insert into maint.task_totals as total (task_name, status, runs, rows_deleted, seconds)
    select task_name, status, count(*) filter (where not is_part), coalesce(sum(rows_deleted), 0),
        coalesce(sum(extract(epoch from finished_at - started_at)) filter (where not is_part), 0)
    from maint.run_figures
    where started_at >= _from and started_at < _until
    group by task_name, status
    on conflict (task_name, status) do update
    set runs = total.runs + excluded.runs,
        rows_deleted = total.rows_deleted + excluded.rows_deleted,
        seconds = total.seconds + excluded.seconds;
end
$$;
