"""What is ahead, written down each day, and the alerts that follow from it.

A date that one day's forecast moves under the limit is no news yet, so the alerts look at three
days running.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any

from maint_pipeline.alerts.tasks import finding, sync_findings
from maint_pipeline.database.connection import Connection
from maint_pipeline.storage.disk import Dates
from maint_pipeline.storage.outlook import Outlook, TableOutlook
from maint_pipeline.units import bytes_in_words

DISK_FULL_SOON = "disk_full_soon"
GROWTH_CHANGED = "growth_changed"

SOON_DAYS = 30
RUNNING = 3
KEPT_DAYS = 400
MOST_TABLES = 50
"""Those whose growth is written down: the fastest."""

RECENT_DAYS = 42
"""A change of rate is seen two weeks after it, and is news for four."""

FACTOR = 1.5
SHARE = 0.01
"""Of what is on the disk: what a change of rate has to move in 30 days to be worth an alert."""

_WRITE = """
insert into maint.storage_forecasts (day, schema_name, relation_name, bytes, bytes_per_day,
    low_bytes, likely_bytes, high_bytes, changed_on, rate_before, disk_bytes, full_early,
    full_likely, full_late)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_RUNNING = """
select day, full_early, full_likely, full_late, disk_bytes, bytes
from maint.storage_forecasts
where schema_name = '' and relation_name = '' and day > %(day)s - %(running)s and day <= %(day)s
order by day desc
"""
_CHANGED = """
select schema_name, relation_name,
    (array_agg(changed_on order by day desc))[1] as changed_on,
    (array_agg(bytes_per_day order by day desc))[1] as rate,
    (array_agg(rate_before order by day desc))[1] as rate_before
from maint.storage_forecasts
where relation_name <> '' and day > %(day)s - %(running)s and day <= %(day)s
    and changed_on >= day - %(recent)s and abs(bytes_per_day - rate_before) * 30 >= %(least)s
    and greatest(abs(bytes_per_day), abs(rate_before))
        >= %(factor)s * least(abs(bytes_per_day), abs(rate_before))
group by schema_name, relation_name
having count(*) = %(running)s and max(changed_on) - min(changed_on) <= 7
order by schema_name, relation_name
"""
_PARTS_OF = """
with sizes as (
    select size.*
    from maint.storage_sizes as size
    join maint.storage_relations on id = relation_id
    where (coalesce(root_schema, schema_name), coalesce(root_name, relation_name)) = (%(schema)s, %(table)s)
        and day between %(changed)s - 60 and %(day)s
), days as (
    select day, sum(heap_bytes) as heap_bytes, sum(toast_bytes) as toast_bytes,
        sum(index_bytes) as index_bytes, sum(live_rows) as live_rows
    from sizes
    group by day
)
select %(changed)s <= day as is_after, regr_slope(heap_bytes, day - %(changed)s) as heap,
    regr_slope(toast_bytes, day - %(changed)s) as toast,
    regr_slope(index_bytes, day - %(changed)s) as indexes,
    regr_slope(live_rows, day - %(changed)s) as rows
from days
group by is_after
order by is_after
"""  # noqa: E501


@dataclass(frozen=True)
class _Row:
    """A row of `maint.storage_forecasts`."""

    day: date
    schema: str
    table: str
    bytes: int
    rate: float
    low: int
    likely: int
    high: int
    changed_on: date | None
    rate_before: float | None
    disk_bytes: int | None = None
    early: date | None = None
    full: date | None = None
    late: date | None = None


def top_growers(outlook: Outlook, most: int) -> list[TableOutlook]:
    """Give the tables that grow most bytes a day, the fastest first.

    Args:
        outlook: of all tables.
        most: how many.
    """
    growing = [table for table in outlook.tables if (table.bytes_per_day or 0) > 0]
    return sorted(growing, key=lambda table: -(table.bytes_per_day or 0))[:most]


def foresee(connection: Connection, outlook: Outlook) -> dict[str, dict[str, int]]:
    """Write a day's forecasts down, and have the alerts that they ask for.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        outlook: of 30 days, made of the sizes of that day.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`, by their type. Empty
        where there are no sizes.
    """
    day = outlook.last
    if day is None:
        return {}
    with connection.transaction():
        connection.execute(
            "delete from maint.storage_forecasts where day = %s or day < %s",
            [day, day - timedelta(days=KEPT_DAYS)],
        )
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE, [astuple(row) for row in _rows(outlook, day)])
    return {
        DISK_FULL_SOON: sync_findings(connection, DISK_FULL_SOON, _full_soon(connection, day)),
        GROWTH_CHANGED: sync_findings(
            connection, GROWTH_CHANGED, _changed(connection, day, outlook)
        ),
    }


def _rows(outlook: Outlook, day: date) -> Iterable[_Row]:
    disk = outlook.disk
    if disk and disk.bytes_per_day is not None and disk.low_bytes is not None:
        full = disk.full or Dates(None, None, None)
        yield _Row(
            day, "", "", disk.bytes, disk.bytes_per_day, disk.low_bytes, disk.likely_bytes or 0,
            disk.high_bytes or 0, disk.changed_on, disk.rate_before, disk.disk_bytes,
            full.early, full.likely, full.late,
        )  # fmt: skip
    changed = [table for table in outlook.tables if table.changed_on is not None]
    chosen = {
        (table.schema, table.table): table
        for table in [*top_growers(outlook, MOST_TABLES), *changed]
    }
    for table in chosen.values():
        if table.bytes_per_day is not None and table.low_bytes is not None:
            yield _Row(
                day, table.schema, table.table, table.bytes, table.bytes_per_day, table.low_bytes,
                table.likely_bytes or 0, table.high_bytes or 0, table.changed_on,
                table.rate_before,
            )  # fmt: skip


def _full_soon(connection: Connection, day: date) -> list[dict[str, Any]]:
    rows = connection.execute(_RUNNING, {"day": day, "running": RUNNING}).fetchall()
    soon = [
        row
        for row in rows
        if row["full_early"] and row["full_early"] - row["day"] < timedelta(days=SOON_DAYS)
    ]
    if len(soon) < RUNNING:
        return []
    latest = soon[0]
    likely = latest["full_likely"] or "more than a year from now"
    late = latest["full_late"] or "more than a year from now"
    return [
        finding(
            DISK_FULL_SOON,
            "disk",
            severity="high",
            title=f"The disk may be full on {latest['full_early']}",
            detail=f"{bytes_in_words(latest['bytes'])} of the disk's "
            f"{bytes_in_words(latest['disk_bytes'])} are in use. It is full on {likely}; 80 % of "
            f"the futures lie between {latest['full_early']} and {late}.",
            remediation="maint storage shows what grows, and what is past its policy. Enlarge the "
            "disk, or delete what may go; if the disk is larger than that: maint storage set "
            "--disk SIZE.",
            metadata={
                name: str(latest[name]) for name in ("full_early", "full_likely", "full_late")
            },
        )
    ]


def _changed(connection: Connection, day: date, outlook: Outlook) -> list[dict[str, Any]]:
    on_disk = outlook.disk.bytes if outlook.disk else 0
    given = {
        "day": day, "running": RUNNING, "recent": RECENT_DAYS, "factor": FACTOR,
        "least": SHARE * on_disk,
    }  # fmt: skip
    rows = connection.execute(_CHANGED, given).fetchall()
    return [_change(connection, day, row) for row in rows]


def _change(connection: Connection, day: date, row: dict[str, Any]) -> dict[str, Any]:
    name = f"{row['schema_name']}.{row['relation_name']}"
    faster = row["rate"] > row["rate_before"]
    return finding(
        GROWTH_CHANGED,
        name,
        severity="medium" if faster else "low",
        title=f"{name} grows {'faster' if faster else 'more slowly'} since {row['changed_on']}",
        detail=f"{name} grows by {bytes_in_words(row['rate'])} a day since {row['changed_on']}, "
        f"and grew by {bytes_in_words(row['rate_before'])} a day before. "
        f"{_what_changed(connection, day, row)}",
        remediation="Find out what was released around that day. If it stays so, see with maint "
        "storage what it means for the disk.",
        metadata={"changed_on": str(row["changed_on"])},
    )


def _what_changed(connection: Connection, day: date, row: dict[str, Any]) -> str:
    """Say which part of a table grows otherwise, and whether rows come or grow."""
    given = {
        "schema": row["schema_name"], "table": row["relation_name"], "changed": row["changed_on"],
        "day": day,
    }  # fmt: skip
    halves = connection.execute(_PARTS_OF, given).fetchall()
    if len(halves) < 2:  # noqa: PLR2004 - before and after
        return "What changed can't be seen: there are no sizes of before."
    before, after = halves
    moved = {
        part: float(after[part] or 0) - float(before[part] or 0)
        for part in ("heap", "toast", "indexes")
    }
    part = max(moved, key=lambda name: abs(moved[name]))
    words = {"heap": "rows", "toast": "large values (TOAST)", "indexes": "indexes"}[part]
    text = f"Most of that are its {words}: {bytes_in_words(moved[part])} a day more."
    if moved[part] < 0:
        text = f"Most of that are its {words}: {bytes_in_words(-moved[part])} a day less."
    if before["rows"] is None or after["rows"] is None:
        return text
    return f"{text} Rows a day: {before['rows']:,.0f} before, {after['rows']:,.0f} now."
