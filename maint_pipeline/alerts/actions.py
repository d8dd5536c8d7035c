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


def one_alert(connection: Connection, alert_id: UUID) -> dict[str, Any]:
    """Return one alert, open or not, with all details.

    Args:
        connection: as `maint_owner`.
        alert_id: the alert.

    Returns:
        As a row of `unresolved_alerts`, and `resolved`, `resolved_at`.

    Raises:
        UsageError: there is no such alert.
    """
    row = connection.execute(
        "select id, alert_type, severity, title, description, details, created_at, last_seen_at, "
        "occurrences, fingerprint, acknowledged_at, silenced_until, resolved, resolved_at "
        "from maint.known_alerts() where id = %s",
        [alert_id],
    ).fetchone()
    if row is None:
        raise UsageError(
            f"There is no security alert {alert_id}. maint alerts lists the open ones."
        )
    return row


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
