"""Raising alerts for failed backups as they fail, and resolving them with the next success.

There is no cursor: it brings the alerts in line with what the check sees, so replays, restarts, two
daemons and late commits lose nothing and repeat nothing. Where the table has our trigger, a tick
listens until the next one is due, so that a failure is seen as it commits.
"""

from collections import Counter
from time import monotonic

from dagster import DefaultSensorStatus, SensorDefinition, SkipReason, sensor

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.resources import Database
from maint_pipeline.sensors.words import alert_changes

CHECK = "backup_failed"
LISTEN_SECONDS = 4.5
"""The daemon comes every five seconds."""


@sensor(
    name="backup_failure_sensor",
    minimum_interval_seconds=1,
    default_status=DefaultSensorStatus.RUNNING,
    description="Raises a security alert for each failed backup, as it fails where the database "
    "may tell, and resolves it with the organization's next success.",
)
def _backup_failure_sensor(database: Database) -> SkipReason:
    with database.connect("maint backup_failure_sensor") as connection:
        changes = watch_backup_failures(connection, LISTEN_SECONDS)
    return SkipReason(alert_changes(changes, "No failed backup without an alert."))


def watch_backup_failures(connection: Connection, seconds: float) -> Counter[str]:
    """Bring the alerts for failed backups in line, and again whenever a failure is told.

    Args:
        connection: in autocommit mode, as `maint_owner`, with a session of its own.
        seconds: how long to listen, where the database tells of failures.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`.
    """
    deadline = monotonic() + seconds
    # Listening begins before the first look: nothing falls in between.
    connection.execute("listen maint_backup_failed")
    changes = Counter(sync_check(connection, CHECK))
    while _tells(connection) and (left := deadline - monotonic()) > 0:
        if not list(connection.notifies(timeout=left, stop_after=1)):
            break
        changes.update(sync_check(connection, CHECK))
    return changes


def _tells(connection: Connection) -> bool:
    row = fetch_one(
        connection,
        "select exists (select from pg_trigger where tgrelid = to_regclass('public.backup_runs') "
        "and tgname = 'maint_tell_backup_failure' and tgenabled <> 'D') as tells",
    )
    return bool(row["tells"])


backup_failure_sensor: SensorDefinition = _backup_failure_sensor
