"""The disk of the server: how full it is, when it is full, and which step of it is avoided when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from maint_pipeline.storage.forecast import Forecast, forecast
from maint_pipeline.storage.history import History, total
from maint_pipeline.storage.increments import Floats
from maint_pipeline.storage.prices import BillLine, Plan, Price, bill, grows_at, next_step

HORIZON = 365
"""Days that dates are looked for in."""


@dataclass(frozen=True)
class Dates:
    """A date with its 80 % interval; None where it is not within `HORIZON` days."""

    early: date | None
    likely: date | None
    late: date | None


@dataclass(frozen=True)
class Step:
    """The next larger disk.

    Attributes:
        from_bytes: the disk now.
        to_bytes: the disk then.
        month_cost: what it costs more a month.
        on: when.
        kept_on: when, if tables level off as their policies, or what was asked about, say. None
            where no table has either.
    """

    from_bytes: float
    to_bytes: float
    month_cost: float
    on: Dates
    kept_on: Dates | None


@dataclass(frozen=True)
class Disk:
    """What the server's databases, WAL and temporary files take and will take; bytes.

    Attributes:
        unseen: kinds of files that maintenance may not look at: they are not counted.
        low_bytes, likely_bytes, high_bytes: 10th, 50th and 90th percentile at the end; None where
            the history is too young.
        disk_bytes: the disk's size; None where nobody said.
        full: when it is full; None where the size or the future is not known.
        kept_full: the same, if tables level off.
        bill: a month's; empty without a price.
        slots: bytes that each replication slot holds back.
    """

    bytes: int
    unseen: tuple[str, ...]
    days_of_history: int
    bytes_per_day: float | None
    changed_on: date | None
    rate_before: float | None
    low_bytes: int | None
    likely_bytes: int | None
    high_bytes: int | None
    disk_bytes: int | None
    full: Dates | None
    kept_full: Dates | None
    step: Step | None
    bill: list[BillLine]
    slots: dict[str, int]


def disk_outlook(
    history: History,
    levels: Iterable[tuple[Floats, float]],
    price: Price | None,
    plan: Plan,
    days: int,
) -> Disk:
    """Look at the disk.

    Args:
        history: all sizes.
        levels: of tables that level off, their sizes and the level in bytes.
        price: what it is paid by.
        plan: its size.
        days: how far its size is forecast.
    """
    last = history.last
    if last is None:
        raise ValueError("nothing was written down")
    counted = [one for one in history.others if one.kind in ("database", "wal", "temporary")]
    used = total(counted) + plan.other_bytes
    futures = forecast(used, max(HORIZON, days)) if np.isfinite(used[-1]) else None
    kept = _kept(futures, levels) if futures else None
    low, likely, high = (
        (int(end) for end in futures.interval(days)) if futures else (None, None, None)
    )
    size = plan.disk_bytes
    billed = price is not None and price.billed == "provisioned"
    return Disk(
        bytes=int(used[-1]) if np.isfinite(used[-1]) else 0,
        unseen=history.unseen,
        days_of_history=int(np.count_nonzero(np.isfinite(used))),
        bytes_per_day=futures.rate if futures else None,
        changed_on=_ago(last, futures.changed) if futures else None,
        rate_before=futures.rate_before if futures else None,
        low_bytes=low,
        likely_bytes=likely,
        high_bytes=high,
        disk_bytes=size,
        full=_dates(last, futures, size) if futures and size else None,
        kept_full=_dates(last, kept, size) if kept and size else None,
        step=_step(last, futures, kept, price, plan) if price and billed and size else None,
        bill=bill(price, plan, float(used[-1])) if price and np.isfinite(used[-1]) else [],
        slots={one.name: int(one.now) for one in history.of("slot") if one.now > 0},
    )


def _kept(futures: Forecast, levels: Iterable[tuple[Floats, float]]) -> Forecast | None:
    """Give the same futures, less what tables would grow by beyond where they level off.

    A file does not shrink by itself: one that is larger than its level already stays so.
    """
    saved = np.zeros_like(futures.paths)
    # What makes a table large makes the disk full: their futures belong together by rank.
    ranks = np.argsort(futures.paths[:, -1])
    has_any = False
    for sizes, level in levels:
        grown = forecast(sizes, saved.shape[1])
        if grown is None:
            continue
        has_any = True
        excess = np.maximum(0.0, grown.paths - max(grown.now, level))
        saved[ranks] += excess[np.argsort(grown.paths[:, -1])]
    if not has_any:
        return None
    paths = np.maximum(futures.paths - saved, 0.0)
    return replace(futures, paths=paths)


def _step(
    last: date, futures: Forecast | None, kept: Forecast | None, price: Price, plan: Plan
) -> Step | None:
    size = float(plan.disk_bytes or 0)
    larger = next_step(price, size)
    if futures is None:
        return None
    limit = grows_at(price, size)
    then = Plan(disk_bytes=int(larger))
    more = bill(price, then, 0)[0].cost - bill(price, Plan(disk_bytes=int(size)), 0)[0].cost
    kept_on = _dates(last, kept, limit) if kept else None
    return Step(size, larger, more, _dates(last, futures, limit), kept_on)


def _dates(last: date, futures: Forecast, limit: float) -> Dates:
    return Dates(*(_in_days(last, days) for days in futures.full_dates(limit)))


def _in_days(last: date, days: int | None) -> date | None:
    return None if days is None or days > HORIZON else last + timedelta(days=days)


def _ago(last: date, days: int | None) -> date | None:
    return None if days is None else last - timedelta(days=days)
