"""Raising alerts for failed backups as they fail, and resolving them with the next success.

There is no cursor: it updates the alerts to what the check finds, so replays, restarts, two
daemons and late commits lose nothing and repeat nothing. Where the table has our trigger, a tick
listens until the next one is due, so that a failure is seen as it commits, and looks again only
when somebody has written, or a minute has passed: the cursor keeps what the last look knew.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from time import monotonic, time

from dagster import (
    DefaultSensorStatus,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    sensor,
)

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.resources import Maintenance
from maint_pipeline.sensors.messages import alert_changes

CHECK = "backup_failed"
LISTEN_SECONDS = 4.5
"""The daemon comes every five seconds."""

LOOK_AGAIN_SECONDS = 60.0
"""Failures grow old, and a write may be reported late or not at all."""


@dataclass(frozen=True)
class Look:
    """When the alerts were updated last, and the write counters of the tables then.

    Attributes:
        stamp: of `maint.write_stamp()`; None if it is unknown.
        at: seconds since 1970.
    """

    stamp: str | None
    at: float

    def holds(self, stamp: str | None) -> bool:
        """Return whether another look would find the same."""
        # A clock that was set back makes no look hold for longer.
        return (
            stamp is not None and stamp == self.stamp and 0 <= time() - self.at < LOOK_AGAIN_SECONDS
        )


NEVER = Look(None, 0.0)


def backup_failure_sensor(prefix: str = "") -> SensorDefinition:
    """Make the sensor.

    Args:
        prefix: of its name.
    """

    @sensor(
        name=f"{prefix}backup_failure_sensor",
        minimum_interval_seconds=1,
        default_status=DefaultSensorStatus.RUNNING,
        description="Raises a security alert for each failed backup, and resolves it with the "
        "organization's next success.",
    )
    def tick(context: SensorEvaluationContext, maintenance: Maintenance) -> SkipReason:
        began = monotonic()
        with maintenance.connect("maint backup_failure_sensor") as connection:
            changes, look = watch_backup_failures(
                connection, LISTEN_SECONDS, _read_cursor(context.cursor)
            )
            nothing = "No failed backup without an alert."
            words = alert_changes(connection, CHECK, changes, monotonic() - began, nothing)
        context.update_cursor(json.dumps(asdict(look)))
        return SkipReason(words)

    return tick


def watch_backup_failures(
    connection: Connection, seconds: float, last: Look = NEVER
) -> tuple[Counter[str], Look]:
    """Update the alerts for failed backups, and again at each notification of a failure.

    Args:
        connection: in autocommit mode, as `maint_owner`, with a session of its own.
        seconds: how long to listen, if the database notifies of failures.
        last: the last look, as this returned it.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`, and the last look.
    """
    deadline = monotonic() + seconds
    # Listening begins before the first look: nothing falls in between.
    connection.execute("listen maint_backup_failed")
    changes: Counter[str] = Counter()
    notifies = _notifies(connection)
    if not notifies or not last.holds(_stamp(connection)):
        last = _look(connection, changes)
    while notifies and (left := deadline - monotonic()) > 0:
        if not list(connection.notifies(timeout=left, stop_after=1)):
            break
        last = _look(connection, changes)
        notifies = _notifies(connection)
    return changes, last


def _look(connection: Connection, changes: Counter[str]) -> Look:
    # Read before the look: what is written during it changes the next stamp.
    look = Look(_stamp(connection), time())
    changes.update(sync_check(connection, CHECK))
    return look


def _stamp(connection: Connection) -> str | None:
    stamp: str | None = fetch_one(
        connection,
        "select maint.write_stamp(needs) as stamp from maint.checks where name = %s",
        [CHECK],
    )["stamp"]
    return stamp


def _read_cursor(cursor: str | None) -> Look:
    try:
        return Look(**json.loads(cursor)) if cursor else NEVER
    except (ValueError, TypeError):
        return NEVER  # another version's


def _notifies(connection: Connection) -> bool:
    row = fetch_one(
        connection,
        "select exists (select from pg_trigger "
        "where tgrelid = maint.source_relation('backup_runs') "
        "and tgname = 'maint_tell_backup_failure' and tgenabled <> 'D') as notifies",
    )
    return bool(row["notifies"])
