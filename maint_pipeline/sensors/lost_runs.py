"""Closing task runs whose worker died, so that no row says `running` for long.

It reads the ledger and its locks, not Dagster's events: so it also finds what was started
from a command line, what died together with the code server, and what it missed while it was down.
"""

from dagster import (
    DagsterInstance,
    DefaultSensorStatus,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from maint_pipeline.resources import Maintenance
from maint_pipeline.task_runs.ledger import close_lost_runs


def lost_run_sensor(prefix: str = "") -> SensorDefinition:
    """Make the sensor.

    Args:
        prefix: of its name.
    """

    @sensor(
        name=f"{prefix}lost_run_sensor",
        minimum_interval_seconds=4,
        default_status=DefaultSensorStatus.RUNNING,
        description="Marks task runs as failed whose process or connection has ended.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SkipReason:
        with maintenance.connect("maint lost_run_sensor") as connection:
            closed = close_lost_runs(connection)
        for run in closed:
            _end_in_dagster(context.instance, run["dagster_run_id"])
        if not closed:
            return SkipReason("No task run has lost its worker.")
        names = ", ".join(f"{run['task_name']} {run['id']}" for run in closed)
        return SkipReason(f"Closed as failed (worker lost): {names}.")

    return tick


def _end_in_dagster(instance: DagsterInstance, run_id: str | None) -> None:
    """End the run in Dagster too, which can't detect that a process or a whole machine died."""
    run = instance.get_run_by_id(run_id) if run_id else None
    if run and not run.is_finished:
        instance.report_run_failed(run, "Worker lost: its process ended unexpectedly.")
