"""Whether this machine and the database server agree what time it is."""

from __future__ import annotations

from datetime import UTC, datetime

from maint_pipeline.database.connection import Connection, fetch_one


def seconds_apart(connection: Connection) -> float:
    """Give how far the two clocks are apart, in seconds, less what asking took.

    Args:
        connection: any of ours.
    """
    before = datetime.now(UTC)
    server = fetch_one(connection, "select clock_timestamp() as now")["now"]
    after = datetime.now(UTC)
    return float(max((before - server).total_seconds(), (server - after).total_seconds(), 0.0))
