"""What statistics say of tables with a time column; at most one row of a table is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.growth import Growth

_PROBE_LIMIT = "200ms"


@dataclass(frozen=True)
class TimedTable:
    """A table and the column with the age of its rows, neither quoted."""

    schema: str
    name: str
    column: str


def read_growth(
    connection: Connection, wanted: Mapping[int, TimedTable]
) -> Iterator[tuple[int, Growth]]:
    """Read the statistics of tables.

    Locks: none but on catalogs; ACCESS SHARE for the oldest row, for 0.2 seconds at most.

    Args:
        connection: as any role; the more it may see, the better.
        wanted: by oid.

    Yields:
        The oid and what is known of it; tables that no longer exist are left out.
    """
    text: LiteralString = (Path(__file__).parent / "growing.sql").read_text(encoding="utf-8")
    columns = [table.column for table in wanted.values()]
    parameters = {"oids": list(wanted), "columns": columns}
    for row in connection.execute(text, parameters).fetchall():
        yield row["oid"], _growth(connection, wanted[row["oid"]], row)


def _growth(connection: Connection, table: TimedTable, row: dict[str, Any]) -> Growth:
    bounds = [moment for moment in map(_moment, row["bounds"] or []) if moment]
    oldest = _oldest(connection, table) if row["finds_oldest"] else None
    return Growth(
        rows=row["rows"],
        bytes=row["bytes"] or None,
        inserted=row["inserted"],
        updated=row["updated"],
        deleted=row["deleted"],
        days_of_statistics=row["days_of_statistics"],
        index=row["index_method"],
        pointing=row["pointing"],
        bounds=bounds,
        unknown_fraction=row["unknown_fraction"],
        oldest_at=oldest or (bounds[0] if bounds else None),
        is_oldest_exact=oldest is not None,
        may_enter=row["may_enter"],
    )


def _oldest(connection: Connection, table: TimedTable) -> datetime | None:
    """Read the oldest time by the index, if that takes no time."""
    query = sql.SQL("select min({})::text as oldest from {}").format(
        sql.Identifier(table.column), sql.Identifier(table.schema, table.name)
    )
    try:
        with connection.transaction():
            connection.execute(
                "select set_config('statement_timeout', %(limit)s, true), "
                "set_config('lock_timeout', %(limit)s, true)",
                {"limit": _PROBE_LIMIT},
            )
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        # Locked, closed to us, or a long way to the first row that is alive.
        return None
    return _moment(row["oldest"]) if row and row["oldest"] else None


def _moment(text: str) -> datetime | None:
    """Read a time as the server prints it; None for infinity and years that Python has not."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
