"""What lies past its policy, and where a table levels off once a policy is applied to it.

A table whose old rows are deleted levels off at what comes in while a row is kept: rate x
retention, the rate in bytes with indexes and TOAST. Deleting makes space reusable and gives none
back to the disk, so a file that is larger already stays as it is until the table is compacted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError
from maint_pipeline.retention.growth import Growth
from maint_pipeline.retention.statistics import TimedTable, read_growth
from maint_pipeline.retention.suggest import time_column
from maint_pipeline.retention.table_names import read_table
from maint_pipeline.retention.tables import tables_under_retention
from maint_pipeline.sources.catalog import read_relations

Key = tuple[str, str]
_BETWEEN_PURGES = 1.0
"""Days that a row stays beyond its retention: purges run every night."""


@dataclass(frozen=True)
class Expiry:
    """A table whose old rows go, or would go.

    Attributes:
        policy: of that name; None for what somebody only asks about.
        keep_days: how long rows are kept.
        takes_all: every row past that goes: there is no condition and no hold.
    """

    policy: str | None
    keep_days: float
    takes_all: bool
    growth: Growth | None

    @property
    def rows_past(self) -> int | None:
        """How many rows are older than that, by the statistics; None where they don't say."""
        cutoff = datetime.now(UTC) - timedelta(days=min(self.keep_days, 365_000))
        return self.growth.rows_before(cutoff) if self.growth else None

    def bytes_past(self, size: float) -> int | None:
        """What they take of a table of that size in bytes, with their part of its indexes."""
        rows, growth = self.rows_past, self.growth
        if rows is None or growth is None or not growth.rows:
            return None
        return int(size * min(1.0, rows / growth.rows))

    def level(self, size: float, rate: float | None) -> int | None:
        """Where the table levels off, in bytes.

        Args:
            size: of the table now, in bytes.
            rate: bytes a day that it grows by; None where it is too young to say.

        Returns:
            None where neither its growth nor the statistics say what comes in, or where rows past
            retention stay.
        """
        comes_in = self._comes_in(size, rate)
        if comes_in is None or not self.takes_all:
            return None
        return int(comes_in * (self.keep_days + _BETWEEN_PURGES))

    def _comes_in(self, size: float, rate: float | None) -> float | None:
        """Give the bytes a day that come in: the growth, or more where old rows go already."""
        growth = self.growth
        inserted = None
        if growth and growth.rows and growth.rows_per_day is not None:
            inserted = growth.rows_per_day * size / growth.rows
        known = [one for one in (rate, inserted) if one is not None]
        return max(0.0, *known) if known else None


def expiries(connection: Connection, what_if: Mapping[Key, float]) -> dict[Key, Expiry]:
    """Give the tables under a policy, and those that somebody asks about in place of theirs.

    Args:
        connection: as `maint_owner`.
        what_if: days to keep, by schema and table.

    Raises:
        UsageError: a table does not exist, or has no column with the age of its rows.
    """
    found: dict[Key, Expiry] = {}
    for state in tables_under_retention(connection):
        key = (state.schema, state.table)
        one = Expiry(state.policy, state.keep_days, state.takes_all, state.growth)
        # Of several policies of one table the one that keeps its rows for the shortest time.
        if key not in found or one.keep_days < found[key].keep_days:
            found[key] = one
    asked = {key: days for key, days in what_if.items() if key not in found}
    columns = _timed(connection, asked)
    growth = dict(read_growth(connection, {oid: table for oid, table in columns.values()}))
    for key, days in what_if.items():
        known = found[key].growth if key in found else growth.get(columns[key][0])
        found[key] = Expiry(None, days, True, known)
    return found


def read_what_if(connection: Connection, texts: Iterable[str]) -> dict[Key, float]:
    """Read `TABLE=90d`: what if rows of a table were kept so long.

    Args:
        connection: as any role; the interval is read by the server.
        texts: as given.

    Raises:
        UsageError: one is not written so.
    """
    wanted = {}
    for text in texts:
        table, equals, keep = text.rpartition("=")
        try:
            row = fetch_one(
                connection, "select extract(epoch from %s::interval)::float8 as seconds", [keep]
            )
        except psycopg.errors.DataError:
            row = {"seconds": 0}
        days = row["seconds"] / 86400
        if not equals or not table or not 1 <= days <= 36500:  # noqa: PLR2004
            raise UsageError(f"--what-if takes TABLE=90d, at least a day, not {text!r}.")
        wanted[read_table(table)] = days
    return wanted


def _timed(connection: Connection, asked: Mapping[Key, float]) -> dict[Key, tuple[int, TimedTable]]:
    """Find the columns with the age of rows."""
    if not asked:
        return {}
    relations = {(one.schema, one.name): one for one in read_relations(connection)}
    found = {}
    for schema, table in asked:
        relation = relations.get((schema, table))
        column = time_column(relation) if relation else None
        if relation is None:
            raise UsageError(f"There is no table {schema}.{table} of the application.")
        if column is None:
            raise UsageError(f"{schema}.{table} has no column with the age of its rows.")
        found[schema, table] = (relation.oid, TimedTable(schema, table, column.name))
    return found
