"""Suppressed findings, and why.

The SQL functions that do it are in database/sql/44_catalogue.sql.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError


def ignore_finding(
    connection: Connection, fingerprint: str, reason: str, until: datetime | None
) -> bool:
    """Let a finding raise no alert, and resolve an open one.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        fingerprint: `CHECK:OBJECT`; the object need not be found now.
        reason: why it is no problem; not empty.
        until: when it counts again; None for good.

    Returns:
        Whether there is or was an alert of that fingerprint.

    Raises:
        UsageError: there is no such check, or no reason.
    """
    try:
        connection.execute("select maint.ignore_finding(%s, %s, %s)", [fingerprint, reason, until])
    except (psycopg.errors.UndefinedObject, psycopg.errors.CheckViolation) as error:
        raise UsageError(error.diag.message_primary) from None
    row = fetch_one(
        connection,
        "select exists (select from maint.known_alerts() where fingerprint = %s) as is_known",
        [fingerprint],
    )
    return bool(row["is_known"])


def unignore_finding(connection: Connection, fingerprint: str) -> bool:
    """End the suppression of a finding.

    Args:
        connection: as above.
        fingerprint: as above.

    Returns:
        Whether the finding was ignored.
    """
    row = fetch_one(connection, "select maint.unignore_finding(%s) as done", [fingerprint])
    return bool(row["done"])


def ignored_findings(connection: Connection) -> list[dict[str, Any]]:
    """Give what is ignored: `fingerprint, reason, ignored_by, ignored_at, ignored_until`."""
    return connection.execute(
        "select fingerprint, reason, ignored_by, ignored_at, ignored_until "
        "from maint.ignored_findings where coalesce(ignored_until, 'infinity') > now() "
        "order by fingerprint"
    ).fetchall()
