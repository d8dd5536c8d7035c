"""What every table and the disk will take: sizes, forecasts, what expires, cost, and dates.

The 500 tables with most bytes or growth are forecast by the full method (forecast.py), the others
by a robust line (slope.py), and marked so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from maint_pipeline.database.connection import Connection
from maint_pipeline.storage.disk import Disk, disk_outlook
from maint_pipeline.storage.expiry import Expiry, Key, expiries
from maint_pipeline.storage.forecast import LEAST_DAYS, Forecast, forecast
from maint_pipeline.storage.history import History, Series, read_history
from maint_pipeline.storage.increments import Floats
from maint_pipeline.storage.prices import Price, find_price, read_plan
from maint_pipeline.storage.slope import slopes

FULL, SLOPE, TOO_YOUNG = "full", "slope", "too young"
MOST_IN_FULL = 500
_GROWTH_DAYS = 30


@dataclass(frozen=True)
class TableOutlook:
    """What a table takes and will take; bytes. None for what is not known.

    Attributes:
        bytes: with TOAST and indexes; a partitioned table with all its partitions.
        bytes_per_day: by which it grows now.
        changed_on: when its rate last changed for good; None where it did not, within the history.
        rate_before: bytes a day before that.
        low_bytes, likely_bytes, high_bytes: 10th, 50th and 90th percentile at the end.
        method: `full`, `slope` (a robust line: its interval holds less often than it says) or
            `too young`.
        past_bytes: what is past its policy, or past what was asked about.
        level_bytes: where it levels off by that.
        month_cost: its part of the disk.
        note: what is not known, and why.
    """

    schema: str
    table: str
    bytes: int
    heap_bytes: int | None
    toast_bytes: int | None
    index_bytes: int | None
    reusable_bytes: int | None
    live_rows: int | None
    days_of_history: int
    method: str
    bytes_per_day: float | None
    changed_on: date | None
    rate_before: float | None
    low_bytes: int | None
    likely_bytes: int | None
    high_bytes: int | None
    policy: str | None
    keep_days: float | None
    past_rows: int | None
    past_bytes: int | None
    level_bytes: int | None
    month_cost: float | None
    note: str | None


@dataclass(frozen=True)
class Outlook:
    """All of it.

    Attributes:
        last: the day of the latest sizes; None where nothing was written down yet.
        days: how far tables are forecast.
        tables: largest first.
        disk: of the server; None where nothing was written down yet.
    """

    last: date | None
    days: int
    price: Price | None
    tables: list[TableOutlook]
    disk: Disk | None


@dataclass(frozen=True)
class _Growth:
    """How one table grows."""

    method: str
    rate: float | None = None
    changed: int | None = None
    ends: tuple[float, float, float] | None = None
    futures: Forecast | None = None


def outlook(
    connection: Connection,
    days: int = 30,
    price_name: str | None = None,
    what_if: Mapping[Key, float] | None = None,
) -> Outlook:
    """Look at what is written down, and ahead.

    Args:
        connection: as `maint_owner`.
        days: how far tables are forecast.
        price_name: of a preset; None for the one of `maint.storage_plan`.
        what_if: days to keep rows, by schema and table.

    Raises:
        UsageError: there is no such price or table.
    """
    plan = read_plan(connection)
    name = price_name or plan.price_name
    price = find_price(connection, name) if name else None
    history = read_history(connection)
    if history.last is None:
        return Outlook(None, days, price, [], None)
    going = expiries(connection, what_if or {})
    growth = _growth(history.tables, days, set(going))
    tables = [
        _table(one, growth[_key(one)], going.get(_key(one)), price, history.last)
        for one in history.tables
    ]
    tables.sort(key=lambda table: (-table.bytes, table.schema, table.table))
    disk = disk_outlook(history, _levels(history, growth, going), price, plan, days)
    return Outlook(history.last, days, price, tables, disk)


def _key(one: Series) -> Key:
    return one.schema, one.name


def _growth(tables: list[Series], days: int, chosen: set[Key]) -> dict[Key, _Growth]:
    """Forecast each table by the method that it is worth."""
    old = [one for one in tables if one.days >= LEAST_DAYS]
    full = _in_full(old) | chosen
    found = {_key(one): _Growth(TOO_YOUNG) for one in tables if one.days < LEAST_DAYS}
    for one in old:
        if _key(one) in full:
            found[_key(one)] = _forecast(one, days)
    by_length: dict[int, list[Series]] = {}
    for one in old:
        if _key(one) not in full:
            by_length.setdefault(one.days, []).append(one)
    for length, some in by_length.items():
        rates, ends = slopes(np.stack([one.bytes[-length:] for one in some]), days)
        for one, rate, (low, middle, high) in zip(some, rates, ends, strict=True):
            found[_key(one)] = _Growth(SLOPE, float(rate), None, (low, middle, high))
    return found


def _in_full(tables: list[Series]) -> set[Key]:
    """Choose the tables with most bytes, and those that grew most lately."""

    def grown(one: Series) -> float:
        return abs(one.now - float(one.bytes[-min(one.days, _GROWTH_DAYS)]))

    largest = sorted(tables, key=lambda one: -one.now)[: MOST_IN_FULL // 2]
    fastest = sorted(tables, key=lambda one: -grown(one))
    chosen = {_key(one) for one in largest}
    for one in fastest:
        if len(chosen) >= MOST_IN_FULL:
            break
        chosen.add(_key(one))
    return chosen


def _forecast(one: Series, days: int) -> _Growth:
    futures = forecast(one.bytes, days)
    if futures is None:
        return _Growth(TOO_YOUNG)
    return _Growth(FULL, futures.rate, futures.changed, futures.interval(days), futures)


def _table(
    one: Series, growth: _Growth, expiry: Expiry | None, price: Price | None, last: date
) -> TableOutlook:
    low, likely, high = (int(end) for end in growth.ends) if growth.ends else (None, None, None)
    note = expiry.growth.note if expiry and expiry.growth else None
    if growth.method == TOO_YOUNG:
        young = f"too young for a forecast: {one.days} of {LEAST_DAYS} days"
        note = f"{young}; {note}" if note else young
    return TableOutlook(
        schema=one.schema,
        table=one.name,
        bytes=int(one.now),
        **{name: one.latest[name] for name in _LATEST},
        days_of_history=one.days,
        method=growth.method,
        bytes_per_day=growth.rate,
        changed_on=None if growth.changed is None else last - timedelta(days=growth.changed),
        rate_before=growth.futures.rate_before if growth.futures else None,
        low_bytes=low,
        likely_bytes=likely,
        high_bytes=high,
        policy=expiry.policy if expiry else None,
        keep_days=expiry.keep_days if expiry else None,
        past_rows=expiry.rows_past if expiry else None,
        past_bytes=expiry.bytes_past(one.now) if expiry else None,
        level_bytes=expiry.level(one.now, growth.rate) if expiry else None,
        month_cost=price.unit_price * one.now / price.unit_bytes if price else None,
        note=note,
    )


_LATEST = ("heap_bytes", "toast_bytes", "index_bytes", "reusable_bytes", "live_rows")


def _levels(
    history: History, growth: Mapping[Key, _Growth], going: Mapping[Key, Expiry]
) -> list[tuple[Floats, float]]:
    """Give the sizes of the tables that level off, each with its level."""
    found = []
    for one in history.tables:
        expiry = going.get(_key(one))
        level = expiry.level(one.now, growth[_key(one)].rate) if expiry else None
        if level is not None:
            found.append((one.bytes, float(level)))
    return found
