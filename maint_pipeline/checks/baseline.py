"""The approved baseline: functions, grants and settings as somebody found them right.

The SQL functions that do it are in database/sql/46_baseline.sql.
"""

from __future__ import annotations

from difflib import unified_diff
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one


def baseline_summary(connection: Connection) -> list[dict[str, Any]]:
    """Give what was approved: `kind, entries, approved_at` (the latest), by kind."""
    return connection.execute(
        "select kind, count(*) as entries, max(approved_at) as approved_at "
        "from maint.baseline group by kind order by kind"
    ).fetchall()


def baseline_drift(connection: Connection) -> list[dict[str, Any]]:
    """Give what differs now: `kind, object, change` (new, gone, changed), `approved, present`."""
    return connection.execute(
        "select kind, object, change, approved, present from maint.baseline_drift()"
    ).fetchall()


def approve_baseline(connection: Connection, kind: str | None, name: str | None) -> int:
    """Make what is there now the baseline.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        kind: `function`, `grants` or `setting`; None for all.
        name: one object of that kind; None for all.

    Returns:
        How many entries changed.
    """
    row = fetch_one(connection, "select maint.approve_baseline(%s, %s) as changed", [kind, name])
    changed: int = row["changed"]
    return changed


def difference(drift: dict[str, Any]) -> list[str]:
    """Write one difference as lines of a unified diff."""
    before, after = (drift[side] or "" for side in ("approved", "present"))
    title = f"{drift['kind']} {drift['object']}"
    return list(
        unified_diff(
            before.splitlines(), after.splitlines(),
            f"approved {title}", f"present {title}", lineterm="",
        )
    )  # fmt: skip
