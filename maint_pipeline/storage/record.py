"""Writing down what everything takes today."""

from __future__ import annotations

from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one

LIMIT = "300s"
"""For a statement that takes half a second on 10,000 relations: a server so slow is busy enough."""


def record_storage(connection: Connection) -> dict[str, Any]:
    """Record the sizes of every relation, of databases, WAL, slots and temporary files.

    Locks: ACCESS SHARE on one relation after another while its files are looked at; 0.1 seconds at
    most are waited for each, and those that somebody has locked are not touched.

    Args:
        connection: in autocommit mode, as `maint_owner`.

    Returns:
        `relations` and `bytes` that were measured, `unmeasured` and `unmeasured_names` of those
        that were locked, `thinned`, how many sizes of more than two years ago went.
    """
    with connection.transaction():
        connection.execute("select set_config('statement_timeout', %s, true)", [LIMIT])
        row = fetch_one(connection, "select maint.record_storage() as result")
    result: dict[str, Any] = row["result"]
    return result
