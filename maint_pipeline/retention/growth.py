"""What speaks for and against letting a table's old rows go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from maint_pipeline.sources.catalog import Column, Relation
from maint_pipeline.sources.evidence import Evidence

_AUDIT = frozenset({
    "audit", "activity", "history", "log", "event", "trail", "version", "changelog",
})  # fmt: skip
_TECHNICAL = frozenset({
    "cron", "session", "queue", "webhook", "http", "request", "delivery", "email", "mail", "sms",
    "token", "otp", "cache", "attempt", "metric", "sample", "hit", "visit", "view", "vital",
    "health", "rate", "debug", "error", "trace", "outbox", "inbox", "run", "job", "sync", "push",
    "telemetry", "heartbeat", "ping", "notification", "replay", "pageview", "performance",
})  # fmt: skip
_BUSINESS = {
    "message", "chat", "comment", "order", "invoice", "payment", "transaction", "booking", "ledger",
    "patient", "medical", "consent", "contract", "price", "salary", "payroll", "tax", "billing",
    "subscription", "stock", "inventory", "legal", "signature", "purchase", "refund", "deposit",
}  # fmt: skip
_AUDIT_DAYS, _TECHNICAL_DAYS, _OTHER_DAYS = 90, 30, 365
_MEGABYTE = 2**20
_MANY_ROWS = 100_000
_MANY_PER_DAY = 1000
_ON_DELETE = {
    "c": "cascade",
    "n": "set null",
    "d": "set default",
    "r": "restrict",
    "a": "no action",
}


@dataclass(frozen=True)
class Growth:
    """What statistics show of a table; None where they don't.

    Attributes:
        days_of_statistics: since when inserted, updated and deleted rows are counted.
        pointing: foreign keys of others: `table`, `on_delete` as pg_constraint has it.
        bounds: of the time column's histogram, each with as many rows between.
        unknown_fraction: of the rows, without a time.
        is_oldest_exact: read by an index, not out of the histogram of a sample.
    """

    rows: int | None
    bytes: int | None
    inserted: int
    updated: int
    deleted: int
    days_of_statistics: float | None
    index: str | None
    pointing: list[dict[str, Any]]
    bounds: list[datetime]
    unknown_fraction: float
    oldest_at: datetime | None
    is_oldest_exact: bool
    may_enter: bool

    @property
    def rows_per_day(self) -> float | None:
        """By the statistics since their reset, else by the age of the oldest row."""
        if self.days_of_statistics and self.days_of_statistics >= 1 and self.inserted:
            return round(self.inserted / self.days_of_statistics, 1)
        if self.oldest_at and self.rows:
            days = (datetime.now(UTC) - self.oldest_at).total_seconds() / 86400
            return round(self.rows / days, 1) if days >= 1 else None
        return None

    def rows_before(self, cutoff: datetime) -> int | None:
        """Estimate how many rows are older."""
        if self.rows is None:
            return None
        if self.is_oldest_exact and self.oldest_at and self.oldest_at >= cutoff:
            return 0
        if len(self.bounds) < 2:  # noqa: PLR2004
            return None
        older = sum(bound < cutoff for bound in self.bounds)
        if older == 0:
            return 0
        ranges = len(self.bounds) - 1
        share = min(1.0, (older - 0.5) / ranges) if older <= ranges else 1.0
        return int(self.rows * (1 - self.unknown_fraction) * share)

    def bytes_of(self, rows: int | None) -> int | None:
        """Estimate what that many rows take, with their part of the indexes."""
        if rows is None or not self.rows or self.bytes is None:
            return None
        return int(self.bytes * rows / self.rows)

    @property
    def note(self) -> str | None:
        """Say what is unknown, and how to find it out."""
        notes = []
        if self.rows is None:
            notes.append("how many rows there are is not known: analyze the table")
        elif not self.bounds:
            notes.append(
                "how old the rows are is not known: analyze the table, as a role that may read it"
            )
        if self.rows_per_day is None:
            notes.append("how fast it grows is not known")
        if self.index == "brin" and self.oldest_at is None:
            notes.append("a BRIN index can't give the oldest row")
        return "; ".join(notes) or None


def weigh(relation: Relation, column: Column, growth: Growth) -> tuple[int, Evidence]:
    """Weigh whether a table's old rows may go.

    Args:
        relation: the table.
        column: with the age of its rows.
        growth: what statistics show.

    Returns:
        For how many days rows should be kept, and the evidence.
    """
    evidence = Evidence()
    words = set(relation.words)
    audit, technical = sorted(_AUDIT & words), sorted(_TECHNICAL & words)
    is_technical = bool(technical) and "audit" not in words
    evidence.add(0.45, f"its name says {', '.join(technical)}", is_technical)
    evidence.add(0.4, f"its name says {', '.join(audit)}", audit and not is_technical)
    is_named = bool(audit or technical)
    evidence.add(-0.1, "its name does not say that it is a log: ask who reads it", not is_named)
    business = sorted(_BUSINESS & words)
    evidence.add(
        -0.5, f"its name says {', '.join(business)}: the law may require keeping it", business
    )
    _behaviour(evidence, growth, is_named=is_named)
    _size(evidence, growth)
    _others(evidence, growth)
    evidence.add(0.05, f"a {growth.index} index on {column.name}", growth.index)
    evidence.add(0.05, f"{column.name} defaults to now()", column.is_default_now)
    days = _TECHNICAL_DAYS if is_technical else _AUDIT_DAYS if audit else _OTHER_DAYS
    return days, evidence


def _behaviour(evidence: Evidence, growth: Growth, *, is_named: bool) -> None:
    """Compare what is inserted with what is changed and deleted."""
    counted = growth.inserted >= 1000  # noqa: PLR2004 - fewer say little
    stays = counted and growth.deleted < growth.inserted / 20
    evidence.add(0.2, "rows are inserted and hardly deleted", stays)
    is_static = counted and growth.updated < growth.inserted / 10
    evidence.add(0.1, "and hardly updated", is_static)
    evidence.add(-0.2, "its rows are updated often", counted and not is_static)
    is_pruned = counted and growth.deleted >= growth.inserted / 2
    evidence.add(-0.3, "somebody deletes from it already", is_pruned)
    is_large = (growth.rows or 0) >= _MANY_ROWS
    evidence.add(
        0.1, "it is large and append-only", stays and is_static and is_large and not is_named
    )


def _size(evidence: Evidence, growth: Growth) -> None:
    size = (growth.bytes or 0) / _MEGABYTE
    weight = 0.15 if size >= 1000 else 0.1 if size >= 100 else 0.0  # noqa: PLR2004
    evidence.add(weight, f"it takes {size:,.0f} MB", weight)
    evidence.add(0.05, f"it has {growth.rows:,} rows" if growth.rows else "", growth.rows)
    fast = (growth.rows_per_day or 0) >= _MANY_PER_DAY
    evidence.add(0.1, f"about {growth.rows_per_day or 0:,.0f} rows come a day", fast)


def _others(evidence: Evidence, growth: Growth) -> None:
    """Say which tables point at it, and what a delete does to them."""
    evidence.add(0.05, "no table points at it", not growth.pointing)
    for key in growth.pointing:
        how = _ON_DELETE[key["on_delete"]]
        blocks = how in ("restrict", "no action")
        words = "its rows prevent deletes" if blocks else f"on delete {how}"
        evidence.add(-0.35 if blocks else -0.25, f"{key['table']} points at it: {words}")
