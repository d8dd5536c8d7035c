"""What storage costs a month, by the rules of a provider, and when a disk has to grow.

The prices are rows of `maint.storage_prices`, with the date and source of each: nothing fetches
them. Most providers bill the disk that was provisioned, whatever is on it: deleting rows then saves
nothing this month, but avoids the next step of the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError

_PRICES = """
select name, provider, currency, billed, unit_bytes, unit_price::float8 as unit_price,
    included_units::float8 as included_units, least_units::float8 as least_units,
    step_units::float8 as step_units, step_percent::float8 as step_percent,
    grows_at_percent::float8 as grows_at_percent, backup_price::float8 as backup_price,
    backup_included_percent::float8 as backup_included_percent,
    history_price::float8 as history_price, pitr_prices, as_of, source
from maint.storage_prices
order by name
"""
_PLAN = """
select price_name, disk_bytes, other_bytes, backup_bytes, history_bytes, pitr_days
from maint.storage_plan
"""


@dataclass(frozen=True)
class Price:
    """A row of `maint.storage_prices`; rev_0020_storage_prices.sql says what each field is."""

    name: str
    provider: str
    currency: str
    billed: str
    unit_bytes: int
    unit_price: float
    included_units: float
    least_units: float
    step_units: float
    step_percent: float
    grows_at_percent: float | None
    backup_price: float | None
    backup_included_percent: float
    history_price: float | None
    pitr_prices: dict[str, float]
    as_of: date
    source: str


@dataclass(frozen=True)
class Plan:
    """The disk, and what it is paid by; None where nobody said. Bytes, and days of recovery."""

    price_name: str | None = None
    disk_bytes: int | None = None
    other_bytes: int = 0
    backup_bytes: int | None = None
    history_bytes: int | None = None
    pitr_days: int | None = None


@dataclass(frozen=True)
class BillLine:
    """A line of a bill: what for, how many units, and what they cost a month."""

    what: str
    units: float
    cost: float


def read_prices(connection: Connection) -> list[Price]:
    """Read all presets, by name.

    Args:
        connection: as `maint_owner`.
    """
    return [Price(**row) for row in connection.execute(_PRICES).fetchall()]


def find_price(connection: Connection, name: str) -> Price:
    """Find a preset.

    Raises:
        UsageError: there is none of that name; the message lists them.
    """
    prices = {price.name: price for price in read_prices(connection)}
    if name not in prices:
        raise UsageError(f"There is no price {name}. There are {', '.join(prices)}.")
    return prices[name]


def read_plan(connection: Connection) -> Plan:
    """Read which disk there is, and what it is paid by.

    Args:
        connection: as `maint_owner`.
    """
    row = connection.execute(_PLAN).fetchone()
    return Plan(**row) if row else Plan()


def set_plan(connection: Connection, **values: Any) -> None:
    """Write down which disk there is, and what it is paid by.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        **values: fields of `Plan`, the others stay; None where it is not known.

    Raises:
        UsageError: a value is refused; the message says why.
    """
    statement = sql.SQL("update maint.storage_plan set {}").format(
        sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value))
            for name, value in values.items()
        )
    )
    try:
        connection.execute(statement)
    except psycopg.errors.ForeignKeyViolation:
        find_price(connection, values["price_name"])
        raise
    except psycopg.errors.CheckViolation:
        raise UsageError("A disk has more than 0 bytes, and nothing else fewer than 0.") from None


def read_size(connection: Connection, text: str) -> int:
    """Read a size as PostgreSQL does, such as `500 GB`: units of 1024.

    Raises:
        UsageError: it is none.
    """
    try:
        row = fetch_one(connection, "select pg_size_bytes(%s) as bytes", [text])
    except psycopg.errors.DataError:
        raise UsageError(f"{text!r} is no size: write one such as '500 GB'.") from None
    size: int = row["bytes"]
    return size


def bill(price: Price, plan: Plan, used: float) -> list[BillLine]:
    """Write a month's bill for storage, by the rules of a price.

    Args:
        price: the rules.
        plan: the disk and what is kept beside it. Without a size of the disk, one just large
            enough for what is used.
        used: bytes on the disk; of a price by use, what is billed.

    Returns:
        A line for the disk, and for backups, history and recovery where they are known and have a
        price.
    """
    disk = disk_units(price, plan, used)
    amount = max(0.0, disk - price.included_units)
    lines = [BillLine("disk" if price.billed == "provisioned" else "used", disk,
                      amount * price.unit_price)]  # fmt: skip
    if plan.backup_bytes is not None and price.backup_price is not None:
        backup = plan.backup_bytes / price.unit_bytes
        beyond = max(0.0, backup - disk * price.backup_included_percent / 100)
        lines.append(BillLine("backup", backup, beyond * price.backup_price))
    if plan.history_bytes is not None and price.history_price is not None:
        kept = plan.history_bytes / price.unit_bytes
        lines.append(BillLine("history", kept, kept * price.history_price))
    if plan.pitr_days is not None and price.pitr_prices:
        lines.append(_recovery(price, plan.pitr_days))
    return lines


def disk_units(price: Price, plan: Plan, used: float) -> float:
    """Give the units that are billed for the disk."""
    if price.billed == "used":
        return used / price.unit_bytes
    size = plan.disk_bytes / price.unit_bytes if plan.disk_bytes else ceil(used / price.unit_bytes)
    return max(size, price.least_units)


def grows_at(price: Price | None, disk_bytes: float) -> float:
    """Give the bytes in use at which a disk grows, or is full where it does not grow by itself."""
    share = 100.0 if price is None or price.grows_at_percent is None else price.grows_at_percent
    return disk_bytes * share / 100


def next_step(price: Price, disk_bytes: float) -> float:
    """Give the size in bytes of the next larger disk; providers sell whole units."""
    units = disk_bytes / price.unit_bytes
    step = max(price.step_units, units * price.step_percent / 100)
    return ceil(units + step - 1e-9) * price.unit_bytes


def _recovery(price: Price, days: int) -> BillLine:
    """Price recovery to any point of some days: the smallest offer that has as many."""
    offers = sorted((int(of), cost) for of, cost in price.pitr_prices.items())
    cost = next((cost for of, cost in offers if of >= days), offers[-1][1])
    return BillLine(f"recovery of {days} days", float(days), float(cost))
