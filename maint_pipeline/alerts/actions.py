"""What people do with alerts: read, acknowledge, silence, resolve.

The SQL functions that do it are in database/sql/35_alert_actions.sql.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError

LEAST_OF_AN_ID = 4
"""Characters of an id that name an alert; less is more likely a slip."""

_KNOWN = (
    "select id, alert_type, severity, title, description, details, created_at, last_seen_at, "
    "occurrences, fingerprint, acknowledged_at, silenced_until, resolved, resolved_at "
    "from maint.known_alerts()"
)


def unresolved_alerts(connection: Connection) -> list[dict[str, Any]]:
    """Give the open alerts, most severe first.

    Args:
        connection: of a role that may operate.

    Returns:
        Rows of `get_unresolved_security_alerts()`: `id, alert_type, severity, title, description,
        details, created_at, last_seen_at, occurrences, fingerprint, acknowledged_at,
        silenced_until`.
    """
    return connection.execute(
        "select id, alert_type, severity, title, description, details, created_at, last_seen_at, "
        "occurrences, fingerprint, acknowledged_at, silenced_until "
        "from maint.get_unresolved_security_alerts()"
    ).fetchall()


def known_alerts(connection: Connection) -> list[dict[str, Any]]:
    """Give all alerts that are not purged yet, most severe first, resolved ones too.

    Args:
        connection: as `maint_owner`.

    Returns:
        As rows of `unresolved_alerts`, and `resolved`, `resolved_at`.
    """
    return connection.execute(
        f"{_KNOWN} order by maint.severity_rank(severity), created_at desc, id"
    ).fetchall()


def one_alert(connection: Connection, alert_id: UUID) -> dict[str, Any]:
    """Return one alert, open or not, with all details.

    Args:
        connection: as `maint_owner`.
        alert_id: the alert.

    Returns:
        As a row of `known_alerts`.

    Raises:
        UsageError: there is no such alert.
    """
    return find_alert(connection, str(alert_id))


def find_alert(connection: Connection, named: str) -> dict[str, Any]:
    """Give the alert that somebody names.

    Args:
        connection: as `maint_owner`.
        named: its id, the beginning of its id (4 characters or more), or its fingerprint.

    Returns:
        As a row of `known_alerts`; of several with a fingerprint the open one, or else the latest.

    Raises:
        UsageError: there is none, or several ids begin so.
    """
    beginning = named.strip().lower()
    rows = connection.execute(
        f"{_KNOWN} where fingerprint = %(named)s or %(long)s "
        "and starts_with(id::text, %(beginning)s) "
        "order by fingerprint = %(named)s desc nulls last, resolved is true, created_at desc",
        {
            "named": named,
            "beginning": beginning,
            "long": len(beginning) >= LEAST_OF_AN_ID,
        },
    ).fetchall()
    if not rows:
        raise UsageError(f"There is no security alert {named}. maint alerts lists the open ones.")
    if rows[0]["fingerprint"] != named and len(rows) > 1:
        ids = ", ".join(str(row["id"]) for row in rows[:5])
        raise UsageError(f"{len(rows)} alerts begin with {named}: {ids}. Write more of the id.")
    return rows[0]


def resolve_alert(connection: Connection, alert_id: UUID, notes: str | None = None) -> bool:
    """Resolve an alert by hand.

    Args:
        connection: of a role that may operate.
        alert_id: the alert.
        notes: why.

    Returns:
        Whether it was open until now.

    Raises:
        UsageError: there is no such alert.
    """
    return _act(
        connection, "select maint.resolve_security_alert(%s, %s) as done", [alert_id, notes]
    )


def acknowledge_alert(connection: Connection, alert_id: UUID, note: str | None = None) -> bool:
    """Acknowledge an alert: somebody works on it. It stays open.

    Args:
        connection: of a role that may operate.
        alert_id: the alert.
        note: who, or what is being done.

    Returns:
        Whether it is open.

    Raises:
        UsageError: there is no such alert.
    """
    return _act(
        connection, "select maint.acknowledge_security_alert(%s, %s) as done", [alert_id, note]
    )


def silence_alert(
    connection: Connection, alert_id: UUID, until: datetime | None, note: str | None = None
) -> bool:
    """Send no notifications of an alert until a moment. It stays open; a higher severity ends it.

    Args:
        connection: of a role that may operate.
        alert_id: the alert.
        until: aware; None ends a silence.
        note: why.

    Returns:
        Whether it is open.

    Raises:
        UsageError: there is no such alert, or the moment is past.
    """
    return _act(
        connection,
        "select maint.silence_security_alert(%s, %s, %s) as done",
        [alert_id, until, note],
    )


def _act(connection: Connection, query: str, parameters: list[Any]) -> bool:
    try:
        return bool(fetch_one(connection, query, parameters)["done"])
    except (psycopg.errors.NoDataFound, psycopg.errors.InvalidParameterValue) as error:
        raise UsageError(f"{error.diag.message_primary}.") from None
