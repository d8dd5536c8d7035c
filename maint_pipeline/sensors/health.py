"""The checks of health between their hourly runs: alerts change at once.

The ledger gets a row only where an alert was raised or resolved.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.health.views import look_at_disks
from maint_pipeline.schedules.tasks import Task

HEALTH_TASK = "run_health_checks"
HEALTH_SECONDS = 300.0
_RECENT = "270 seconds"
"""A run of the task so short ago makes a look needless."""

_looked: dict[str, float] = {}


def is_watched(tasks: Sequence[Task]) -> bool:
    """Return whether the task is scheduled: who switched it off wants no looks in between."""
    return any(task.name == HEALTH_TASK and task.cron for task in tasks)


def watch_health_now_and_then(connection: Connection, url: str) -> str:
    """Evaluate the checks of health, if that was not done in the last five minutes.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        url: what it is connected to; each is looked at apart.

    Returns:
        A sentence of how alerts changed; empty where nothing did.
    """
    if monotonic() - _looked.get(url, -HEALTH_SECONDS) < HEALTH_SECONDS:
        return ""
    _looked[url] = monotonic()
    return watch_health(connection)


def watch_health(connection: Connection) -> str:
    """Evaluate the checks of health, unless the task is at it or has just done so.

    Args:
        connection: as above.

    Returns:
        As above.
    """
    with connection.transaction():
        # Where commits wait for a replica that is not there, this one must not: it reports that.
        connection.execute("set local synchronous_commit = local")
        look_at_disks(connection)
        row = fetch_one(connection, "select maint.watch_health(%s) as changes", [_RECENT])
    changes = row["changes"]
    counts = [
        f"{changes[what]} {what}"
        for what in ("created", "reopened", "resolved")
        if changes and changes[what]
    ]
    return f"Alerts of health: {', '.join(counts)}." if counts else ""
