"""Raising alerts for our own tasks: a run that failed, a run that should have been.

Neither has a cursor: they bring the alerts in line with the ledger as it is now.
"""

from datetime import UTC, datetime, timedelta

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

from maint_pipeline.alerts.tasks import FailedLaunch, sync_failed_tasks, sync_missed_runs
from maint_pipeline.database.connection import Connection
from maint_pipeline.ops import all_tasks
from maint_pipeline.resources import Database
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.sensors.messages import alert_changes
from maint_pipeline.settings import load_settings

LAUNCHES_LOOKED_AT = 100


@sensor(
    name="run_failure_sensor",
    minimum_interval_seconds=10,
    default_status=DefaultSensorStatus.RUNNING,
    description="Raises a security alert for each scheduled task whose latest run failed.",
)
def _run_failure_sensor(context: SensorEvaluationContext, database: Database) -> SkipReason:
    with database.connect("maint run_failure_sensor") as connection:
        launches = _failed_launches(context.instance, connection)
        changes = sync_failed_tasks(connection, _scheduled(), launches)
    return SkipReason(alert_changes(changes, "No task has failed since."))


@sensor(
    name="missed_run_sensor",
    minimum_interval_seconds=60,
    default_status=DefaultSensorStatus.RUNNING,
    description="Raises a security alert for each task that has not completed in time.",
)
def _missed_run_sensor(database: Database) -> SkipReason:
    with database.connect("maint missed_run_sensor") as connection:
        tasks = all_tasks().values()
        missed = missed_runs(connection, tasks, load_settings(), datetime.now(UTC))
        changes = sync_missed_runs(connection, missed)
    return SkipReason(alert_changes(changes, "No task is late that was not late before."))


def _failed_launches(instance: DagsterInstance, connection: Connection) -> list[FailedLaunch]:
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
        if record.dagster_run.job_name in _scheduled()
    ]


def _scheduled() -> set[str]:
    """Give the tasks whose failure nobody may be looking at: who starts one sees how it ends."""
    return {name for name, task in all_tasks().items() if task.cron}


run_failure_sensor: SensorDefinition = _run_failure_sensor
missed_run_sensor: SensorDefinition = _missed_run_sensor
