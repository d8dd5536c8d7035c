"""What reacts between schedules: backups and task runs that fail, lost runs, alert delivery."""

from __future__ import annotations

from collections.abc import Sequence

from dagster import SensorDefinition

from maint_pipeline.schedules.tasks import Task
from maint_pipeline.sensors.maintenance import maintenance_sensor


def maintenance_sensors(tasks: Sequence[Task], prefix: str = "") -> list[SensorDefinition]:
    """Give every sensor; each needs the resource `maintenance`.

    Args:
        tasks: with the crons by which they are scheduled.
        prefix: of their names.
    """
    return [maintenance_sensor(tasks, prefix)]
