"""Raising alerts for failed backups as they fail, and resolving them with the next success.

There is no cursor: it brings the alerts in line with what the check sees, so replays, restarts, two
daemons and late commits lose nothing and repeat nothing. Where the table has our trigger, it
listens, so that a failure is seen as it commits, and looks again only when somebody has written, or
a minute has passed: the sensor's cursor keeps what the last look knew.
"""

import json
from collections import Counter
from dataclasses import dataclass
from time import monotonic, time

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import Connection, fetch_one

CHECK = "backup_failed"
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


def read_cursor(cursor: str | None) -> Look:
    """Read what the sensor's last tick knew; `NEVER` if that is nothing of ours."""
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
