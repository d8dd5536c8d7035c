"""What each role of the API can do, as the SQL function `maint.exposure` computes it."""

from __future__ import annotations

from typing import Any

from maint_pipeline.database.connection import Connection
from maint_pipeline.errors import UsageError

VERBS = {
    "select": "read",
    "insert": "insert",
    "update": "update",
    "delete": "delete",
    "write": "write",
    "execute": "execute",
}
ROWS = {
    "everybody": "every row",
    "rows": "rows by a condition on them",
    "tenant": "rows of the user's tenant",
    "own": "the user's own rows",
    "function": "rows that a function allows",
    "claim": "rows by a claim of the token",
    "key": "rows by a key of the request",
}
"""Whose rows, from `maint.passers()`, the widest first."""


def exposure(connection: Connection, role: str | None = None) -> list[dict[str, Any]]:
    """Compute what the roles of the API read, write and execute, and the shortest way there.

    Args:
        connection: as `maint_owner`.
        role: only this one.

    Returns:
        Rows with role, kind, object, rights (command to whose rows, or to how it executes) and
        path; what reaches every row comes first.

    Raises:
        UsageError: the API has no such role.
    """
    roles = [
        row["name"]
        for row in connection.execute("select name from maint.api_roles() order by name").fetchall()
    ]
    if role is not None and role not in roles:
        known = " and ".join(roles) or "none: neither anon nor authenticated exists"
        raise UsageError(f"The API has no role {role}. Its roles are {known}.")
    rows = connection.execute(
        "select * from maint.exposure() where role = coalesce(%s, role)", [role]
    ).fetchall()
    return sorted(rows, key=lambda row: (row["role"], _width(row["rights"]), row["object"]))


def rights_in_words(rights: dict[str, str]) -> str:
    """Say rights: "read every row; insert, update the user's own rows".

    Args:
        rights: command to whose rows, as `exposure` has them.
    """
    whose: dict[str, list[str]] = {}
    for command, verb in VERBS.items():
        if command in rights:
            whose.setdefault(rights[command], []).append(verb)
    return "; ".join(
        f"{', '.join(verbs)}{'' if 'execute' not in verbs else ','} {ROWS.get(rows, rows)}"
        for rows, verbs in whose.items()
    )


def _width(rights: dict[str, str]) -> int:
    order = ["asks nobody", *ROWS]
    return min(order.index(rows) if rows in order else len(order) for rows in rights.values())
