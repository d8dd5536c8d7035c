"""Raising alerts for our own tasks: a run that failed, a run that should have been.

Neither has a cursor: they bring the alerts in line with the ledger as it is now.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from maint_pipeline.alerts.tasks import FailedLaunch, sync_failed_tasks, sync_missed_runs
from maint_pipeline.database.connection import Connection
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings

LAUNCHES_LOOKED_AT = 100


def raise_failed(
    connection: Connection, instance: DagsterInstance, tasks: Sequence[Task]
) -> dict[str, int]:
    """Have an open alert for each scheduled task whose latest run failed.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        instance: of whose runs also those count that failed before their task began.
        tasks: with the crons by which they are scheduled.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`.
    """
    # Whoever starts a task by hand sees how it ends.
    scheduled = {task.name for task in tasks if task.cron}
    launches = _failed_launches(instance, connection, scheduled)
    return sync_failed_tasks(connection, scheduled, launches)


def raise_missed(
    connection: Connection, settings: Settings, tasks: Sequence[Task]
) -> dict[str, int]:
    """Have an open alert for each task that has not completed in time.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        settings: in whose time zone the crons are meant.
        tasks: with the crons by which they are scheduled.

    Returns:
        As `raise_failed`.
    """
    missed = missed_runs(connection, tasks, settings, datetime.now(UTC))
    return sync_missed_runs(connection, missed)


def _failed_launches(
    instance: DagsterInstance, connection: Connection, scheduled: set[str]
) -> list[FailedLaunch]:
    """Give the failures of the last day that left no row in the ledger."""
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
        FailedLaunch(record.dagster_run.job_name, run_id, record.update_timestamp)
        for run_id, record in failed.items()
        if record.dagster_run.job_name in scheduled
    ]
