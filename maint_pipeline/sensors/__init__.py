"""The sensors: failed backups and task runs, missed and lost runs, delivery of notifications."""

from __future__ import annotations

from collections.abc import Sequence

from dagster import SensorDefinition

from maint_pipeline.schedules.tasks import Task
from maint_pipeline.sensors.alert_delivery import alert_delivery_sensor
from maint_pipeline.sensors.backup_failures import backup_failure_sensor
from maint_pipeline.sensors.lost_runs import lost_run_sensor
from maint_pipeline.sensors.task_health import missed_run_sensor, run_failure_sensor


def maintenance_sensors(tasks: Sequence[Task], prefix: str = "") -> list[SensorDefinition]:
    """Give every sensor; each needs the resource `maintenance`.

    Args:
        tasks: with the crons by which they are scheduled.
        prefix: of their names.
    """
    return [
        backup_failure_sensor(prefix),
        lost_run_sensor(prefix),
        run_failure_sensor(tasks, prefix),
        missed_run_sensor(tasks, prefix),
        alert_delivery_sensor(prefix),
    ]
