"""Raising alerts for our own tasks: failed runs and missed runs.

There is no cursor: both update the alerts to the current state of the ledger.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from maint_pipeline.alerts.tasks import (
    FailedLaunch,
    NeverDue,
    sync_failed_tasks,
    sync_missed_runs,
)
from maint_pipeline.database.connection import Connection
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.schedules.missed import PastTicks, missed_runs
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.schedules.windows import shut_out_tasks
from maint_pipeline.settings import Settings

LAUNCHES_LOOKED_AT = 100


def raise_failed(
    connection: Connection,
    instance: DagsterInstance,
    tasks: Sequence[Task],
    prefix: str = "",
    host: DagsterHost | None = None,
) -> dict[str, int]:
    """Have an open alert for each scheduled task whose latest run failed.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        instance: of whose runs also those count that failed before their task began.
        tasks: with the crons by which they are scheduled.
        prefix: of the names of their jobs.
        host: which knows whether Dagster goes on with a run whose process died.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`.
    """
    # A user who starts a task by hand sees how it ends.
    jobs = {f"{prefix}{task.name}": task.name for task in tasks if task.cron}
    launches = _failed_launches(instance, connection, jobs)

    def goes_on(run_id: str) -> bool:
        run = instance.get_run_by_id(run_id) if host else None
        return bool(host and run and not run.is_finished and host.resumes(instance, run))

    return sync_failed_tasks(connection, set(jobs.values()), launches, goes_on)


def raise_missed(
    connection: Connection,
    settings: Settings,
    tasks: Sequence[Task],
    past_ticks: PastTicks | None = None,
) -> dict[str, int]:
    """Have an open alert for each task that has not completed in time, or never can.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        settings: in whose time zone the crons are meant.
        tasks: with the crons by which they are scheduled.
        past_ticks: as of `missed_runs`.

    Returns:
        As `raise_failed`.
    """
    now = datetime.now(UTC)
    missed = missed_runs(connection, tasks, settings, now, past_ticks)
    shut_out = shut_out_tasks(connection, tasks, settings, now)
    never = [NeverDue(task.task_name, str(task)) for task in shut_out]
    return sync_missed_runs(connection, missed, never)


def _failed_launches(
    instance: DagsterInstance, connection: Connection, jobs: Mapping[str, str]
) -> list[FailedLaunch]:
    """Give the failures of the last day that left no row in the ledger; jobs by name with task."""
    records = instance.get_run_records(
        RunsFilter(
            statuses=[DagsterRunStatus.FAILURE],
            updated_after=datetime.now(UTC) - timedelta(days=1),
        ),
        limit=LAUNCHES_LOOKED_AT,
    )
    failed = {record.dagster_run.run_id: record for record in records}
    recorded = connection.execute(
        "select dagster_run_id from public.maintenance_task_runs where dagster_run_id = any(%s)",
        [list(failed)],
    ).fetchall()
    for row in recorded:
        del failed[row["dagster_run_id"]]
    return [
        FailedLaunch(jobs[record.dagster_run.job_name], run_id, record.update_timestamp)
        for run_id, record in failed.items()
        if record.dagster_run.job_name in jobs
    ]
