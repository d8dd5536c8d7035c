"""Raising alerts for failed backups soon after they fail, not at the next scheduled check.

There is no cursor: it asks which findings have no open alert yet, so replays, restarts and late
commits lose nothing and repeat nothing.
"""

from dagster import DefaultSensorStatus, SensorDefinition, SkipReason, sensor

from maint_pipeline.checks.run import raise_new_findings
from maint_pipeline.resources import Database


@sensor(
    name="backup_failure_sensor",
    minimum_interval_seconds=4,
    default_status=DefaultSensorStatus.RUNNING,
    description="Raises a security alert for each failed backup.",
)
def _backup_failure_sensor(database: Database) -> SkipReason:
    with database.connect("maint backup_failure_sensor") as connection:
        result = raise_new_findings(connection, "backup_failed")
    if result is None:
        return SkipReason("No failed backup without an alert.")
    return SkipReason(f"Raised {result['alerts_created']} alerts for failed backups.")


backup_failure_sensor: SensorDefinition = _backup_failure_sensor
