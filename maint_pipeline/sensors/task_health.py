"""Raising alerts for our own tasks: failed runs and missed runs.

Neither sensor has a cursor: they update the alerts to the current state of the ledger.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    DefaultSensorStatus,
    RunsFilter,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from maint_pipeline.alerts.tasks import (
    MISSED_RUN,
    TASK_FAILED,
    FailedLaunch,
    NeverDue,
    sync_failed_tasks,
    sync_missed_runs,
)
from maint_pipeline.database.connection import Connection
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.schedules.windows import shut_out_tasks
from maint_pipeline.sensors.messages import alert_changes

LAUNCHES_LOOKED_AT = 100


def run_failure_sensor(tasks: Sequence[Task], prefix: str = "") -> SensorDefinition:
    """Make the sensor.

    Args:
        tasks: with the crons by which they are scheduled.
        prefix: of its name.
    """
    # A user who starts a task by hand sees how it ends.
    jobs = {f"{prefix}{task.name}": task.name for task in tasks if task.cron}

    @sensor(
        name=f"{prefix}run_failure_sensor",
        minimum_interval_seconds=10,
        default_status=DefaultSensorStatus.RUNNING,
        description="Raises a security alert for each scheduled task whose latest run failed.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SkipReason:
        began, nothing = monotonic(), "No task has failed since."
        with maintenance.connect("maint run_failure_sensor") as connection:
            launches = _failed_launches(context.instance, connection, jobs)
            changes = sync_failed_tasks(connection, set(jobs.values()), launches)
            seconds = monotonic() - began
            return SkipReason(alert_changes(connection, TASK_FAILED, changes, seconds, nothing))

    return tick


def missed_run_sensor(tasks: Sequence[Task], prefix: str = "") -> SensorDefinition:
    """Make the sensor.

    Args:
        tasks: with the crons by which they are scheduled.
        prefix: of its name.
    """

    @sensor(
        name=f"{prefix}missed_run_sensor",
        minimum_interval_seconds=60,
        default_status=DefaultSensorStatus.RUNNING,
        description="Raises a security alert for each task that has not completed in time.",
    )
    def tick(maintenance: Maintenance) -> SkipReason:
        began, now, settings = monotonic(), datetime.now(UTC), maintenance.settings()
        with maintenance.connect("maint missed_run_sensor") as connection:
            missed = missed_runs(connection, tasks, settings, now)
            shut_out = shut_out_tasks(connection, tasks, settings, now)
            never = [NeverDue(task.task_name, str(task)) for task in shut_out]
            changes = sync_missed_runs(connection, missed, never)
            seconds = monotonic() - began
            return SkipReason(
                alert_changes(connection, MISSED_RUN, changes, seconds, "No newly missed runs.")
            )

    return tick


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
