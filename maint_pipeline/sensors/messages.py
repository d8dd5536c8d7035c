"""How sensors say what they did."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten

from maint_pipeline.database.connection import Connection

MOST_NAMED = 5
LONGEST_NAME = 120
_CHANGED = """
select case when resolved is true then 'resolved' when created_at > since then 'raised'
        else 'repeated' end as change,
    coalesce(nullif(description, ''), title) as words
from maint.known_alerts()
cross join (select clock_timestamp() - %(seconds)s * interval '1 second' as since) as clock
where alert_type = %(alert_type)s and greatest(created_at, last_seen_at, resolved_at) > since
order by maint.severity_rank(severity), created_at desc
limit %(most)s
"""


def alert_changes(
    connection: Connection,
    alert_type: str,
    changes: Mapping[str, int],
    seconds: float,
) -> str:
    """Say how alerts changed, and name the first of them.

    Args:
        connection: as `maint_owner`.
        alert_type: of the alerts.
        changes: how many were `created`, `repeated`, `reopened`, `resolved`.
        seconds: how long ago the first change can have been.

    Returns:
        A sentence; empty where nothing changed.
    """
    counts = [f"{count} {what}" for what, count in changes.items() if count]
    if not counts:
        return ""
    given = {"alert_type": alert_type, "seconds": seconds + 1, "most": MOST_NAMED}
    rows = connection.execute(_CHANGED, given).fetchall()
    named = [
        f"{row['change']}: {shorten(row['words'].rstrip('.'), LONGEST_NAME, placeholder=' …')}"
        for row in rows
    ]
    return f"Alerts: {', '.join(counts)}. {'; '.join(named)}."
