"""Reading and resolving open alerts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from maint_pipeline.database.connection import Connection, fetch_one


def unresolved_alerts(connection: Connection) -> list[dict[str, Any]]:
    """Give the open alerts, gravest first.

    Args:
        connection: of a role that may operate.

    Returns:
        Rows of `get_unresolved_security_alerts()`: `id, alert_type, severity, title, description,
        details, created_at, last_seen_at, occurrences, fingerprint`.
    """
    return connection.execute(
        "select id, alert_type, severity, title, description, details, created_at, last_seen_at, "
        "occurrences, fingerprint from public.get_unresolved_security_alerts()"
    ).fetchall()


def resolve_alert(connection: Connection, alert_id: UUID, notes: str | None = None) -> bool:
    """Resolve an alert by hand.

    Args:
        connection: of a role that may operate.
        alert_id: the alert.
        notes: why.

    Returns:
        Whether it was open until now.

    Raises:
        psycopg.errors.NoDataFound: there is no such alert.
    """
    row = fetch_one(
        connection,
        "select public.resolve_security_alert(%s, %s) as resolved",
        [alert_id, notes],
    )
    return bool(row["resolved"])
