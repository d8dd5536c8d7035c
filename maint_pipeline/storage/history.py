"""What was written down of sizes, as series of days that forecasts can use.

A partitioned table is one series, the sum of its partitions. A relation that was not measured on a
day keeps its size of the days around; one that no longer exists has 0 from then on, and is left out
unless it was a partition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.storage.increments import Floats

DAYS = 180
"""As long as the histories that the forecasts were scored on."""

_LAST_DAY = "select max(day) as day from maint.storage_days"
_RELATIONS = """
select known.schema_name, known.relation_name, known.root_schema, known.root_name,
    exists (
        select
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = known.schema_name and relname = known.relation_name
    ) as exists,
    sizes.days, sizes.bytes, latest.heap_bytes, latest.toast_bytes, latest.index_bytes,
    latest.live_rows, latest.dead_rows, latest.reusable_bytes
from maint.storage_relations as known
cross join lateral (
    select string_agg((day - %(first)s)::text, ',' order by day) as days,
        string_agg((heap_bytes + toast_bytes + index_bytes)::text, ',' order by day) as bytes,
        max(day) as last_day
    from maint.storage_sizes
    where relation_id = known.id and day between %(first)s and %(last)s
) as sizes
join maint.storage_sizes as latest on latest.relation_id = known.id and latest.day = sizes.last_day
"""
_OTHERS = """
select kind, name, string_agg((day - %(first)s)::text, ',' order by day) as days,
    string_agg(bytes::text, ',' order by day) as bytes
from maint.storage_others
where kind in ('database', 'wal', 'temporary', 'slot') and bytes is not null
    and day between %(first)s and %(last)s
group by kind, name
order by kind, name
"""
_THAT_END = ("database", "slot")
_PARTS = ("heap_bytes", "toast_bytes", "index_bytes", "live_rows", "dead_rows", "reusable_bytes")


@dataclass
class Series:
    """Sizes of one table, or of something else, day by day.

    Attributes:
        schema: of the table; empty for what is no table.
        name: of the table, database or replication slot.
        kind: `table`, `database`, `wal`, `temporary` or `slot`.
        bytes: one for each day up to the last one that was recorded; NaN before the first.
        latest: `heap_bytes, toast_bytes, index_bytes, live_rows, dead_rows, reusable_bytes` when
            it was measured last; None where one is not known.
    """

    schema: str
    name: str
    kind: str
    bytes: Floats
    latest: dict[str, int | None] = field(default_factory=dict)

    @property
    def now(self) -> float:
        """The latest size, in bytes."""
        return float(self.bytes[-1])

    @property
    def days(self) -> int:
        """How many days there are since the first size."""
        return int(np.count_nonzero(~np.isnan(self.bytes)))


@dataclass(frozen=True)
class History:
    """All sizes.

    Attributes:
        last: the day of the latest sizes; None where there are none.
        unseen: kinds of files that could not be looked at on the last day.
    """

    last: date | None
    tables: list[Series]
    others: list[Series]
    unseen: tuple[str, ...]

    def of(self, kind: str) -> list[Series]:
        """Give what is no table, of one kind."""
        return [one for one in self.others if one.kind == kind]


def read_history(connection: Connection) -> History:
    """Read the sizes of the last `DAYS` days.

    Args:
        connection: as `maint_owner`.
    """
    last: date | None = fetch_one(connection, _LAST_DAY)["day"]
    if last is None:
        return History(None, [], [], ())
    span = {"first": last - timedelta(days=DAYS - 1), "last": last}
    rows = connection.execute(_RELATIONS, span).fetchall()
    unseen = connection.execute(
        "select distinct kind from maint.storage_others where day = %s and bytes is null "
        "order by kind",
        [last],
    ).fetchall()
    return History(
        last,
        _tables(rows),
        _others(connection, span),
        tuple(row["kind"] for row in unseen),
    )


def disk_days(connection: Connection) -> list[tuple[date, float]]:
    """Give what was on the disk, day by day, as far as maintenance may see it: bytes.

    Args:
        connection: as `maint_owner`.
    """
    last: date | None = fetch_one(connection, _LAST_DAY)["day"]
    if last is None:
        return []
    span = {"first": last - timedelta(days=DAYS - 1), "last": last}
    sizes = total(one for one in _others(connection, span) if one.kind != "slot")
    return [
        (span["first"] + timedelta(days=number), float(size))
        for number, size in enumerate(sizes)
        if not np.isnan(size)
    ]


def _others(connection: Connection, span: dict[str, date]) -> list[Series]:
    return [
        Series("", row["name"], row["kind"], _held(_days(row), ends=row["kind"] in _THAT_END))
        for row in connection.execute(_OTHERS, span).fetchall()
    ]


def total(series: Iterable[Series]) -> Floats:
    """Add sizes up, day by day.

    What was first seen later counts from then on, but for WAL and temporary files: those were there
    before somebody allowed to look at them.
    """
    sums = np.zeros(DAYS)
    began = np.zeros(DAYS, dtype=bool)
    for one in series:
        known = ~np.isnan(one.bytes)
        before = one.bytes[known][0] if one.kind in ("wal", "temporary") and known.any() else 0.0
        sums += np.where(known, one.bytes, before)
        began |= known & (one.kind == "database")
    return np.where(began, sums, np.nan)


def _tables(rows: Iterable[dict[str, Any]]) -> list[Series]:
    found: dict[tuple[str, str], Series] = {}
    for row in rows:
        is_part = row["root_name"] is not None
        if not (row["exists"] or is_part):
            continue
        key = (row["root_schema"], row["root_name"]) if is_part else (
            row["schema_name"], row["relation_name"]
        )  # fmt: skip
        one = Series(*key, "table", _held(_days(row), ends=not row["exists"]))
        if row["exists"]:
            one.latest = {name: row[name] for name in _PARTS}
        found[key] = _added(found[key], one) if key in found else one
    # A partitioned table that was dropped with all its parts.
    return [one for one in found.values() if one.latest]


def _added(sum_: Series, one: Series) -> Series:
    both = np.isnan(sum_.bytes) & np.isnan(one.bytes)
    sum_.bytes = np.where(both, np.nan, np.nan_to_num(sum_.bytes) + np.nan_to_num(one.bytes))
    if not sum_.latest or not one.latest:
        sum_.latest = sum_.latest or one.latest
        return sum_
    pairs = {name: (sum_.latest[name], one.latest[name]) for name in _PARTS}
    sum_.latest = {
        name: None if first is None or second is None else first + second
        for name, (first, second) in pairs.items()
    }
    return sum_


def _days(row: dict[str, Any]) -> Floats:
    """Read a size for each day out of two lists."""
    sizes = np.full(DAYS, np.nan)
    days = np.fromstring(row["days"], dtype=np.int64, sep=",")
    sizes[days] = np.fromstring(row["bytes"], dtype=np.float64, sep=",")
    return sizes


def _held(sizes: Floats, *, ends: bool) -> Floats:
    """Fill the days without a size from the first one on.

    Args:
        sizes: of each day; NaN where nobody measured.
        ends: whether there is nothing any more after the last size, because it was dropped.
    """
    known = np.flatnonzero(~np.isnan(sizes))
    if not len(known):
        return sizes
    held = np.interp(np.arange(len(sizes)), known, sizes[known])
    held[: known[0]] = np.nan
    if ends:
        held[known[-1] + 1 :] = 0.0
    return held
