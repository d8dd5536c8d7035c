"""The latest forecasts that were written down; nothing is computed."""

from __future__ import annotations

from typing import Any

from maint_pipeline.database.connection import Connection

_LATEST = """
select schema_name, relation_name, bytes, bytes_per_day, low_bytes, likely_bytes, high_bytes,
    disk_bytes, full_early, full_likely, full_late
from maint.storage_forecasts
where day = (select max(day) from maint.storage_forecasts)
    and day > (now() at time zone 'UTC')::date - 3
order by relation_name <> '', bytes_per_day desc
limit %s
"""


def latest_forecasts(connection: Connection, most: int) -> list[dict[str, Any]]:
    """Give the latest forecasts: of the disk, and of the tables that grow most.

    Args:
        connection: as `maint_owner`.
        most: how many rows.

    Returns:
        Rows as `maint.storage_forecasts` has them, the disk first if it has one; none where the
        latest are more than two days old.
    """
    return connection.execute(_LATEST, [most]).fetchall()
