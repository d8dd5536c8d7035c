"""What an index costs writes, in milliseconds an hour, and whether HOT updates survive it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.target import Row, Target
from maint_pipeline.advice.workload import Query

ENTRY_MILLISECONDS = 0.01
"""Making one entry of an index, its log included: what an insert into a B-tree in memory takes."""

LOST_HOT = 1.5
"""An update that is no longer HOT also has its old entries to look at, and to clean up."""

UNKNOWN_HOURS = 720.0
"""That counters are taken to cover which nobody ever reset."""


@dataclass(frozen=True)
class Price:
    """What an index costs.

    Attributes:
        milliseconds: an hour.
        entries: new ones an hour.
        hot_lost: HOT updates an hour that would no longer be HOT.
        because: the columns that make it so.
    """

    milliseconds: float
    entries: float
    hot_lost: float
    because: tuple[str, ...] = ()


@dataclass
class _Stated:
    """What the workload's statements write to a table, an hour."""

    inserted: float = 0.0
    updated: float = 0.0
    columns: dict[str, float] = field(default_factory=dict)


@dataclass
class Writes:
    """How much is written to each table an hour, and which columns are updated.

    Counters of tables say it where it is known since when they count. Where they were never reset,
    they hold the first import, too: then the workload's own statements say it.

    Args:
        target: with the counters of its tables.
        queries: of the workload; their UPDATEs say which columns change.
        hours: that the counters cover; None where that is not known.
        is_counted: whether calls of the queries were counted, and not guessed from samples.
    """

    target: Target
    queries: Iterable[Query]
    hours: float | None
    is_counted: bool = True
    _stated: dict[str, _Stated] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for query in self.queries:
            if (table := query.inserted()) is not None:
                self._of(table).inserted += query.written
            elif (found := query.updated()) is not None:
                stated = self._of(found[0])
                stated.updated += query.written
                for column in found[1]:
                    stated.columns[column] = stated.columns.get(column, 0.0) + query.written

    def _of(self, table: str) -> _Stated:
        return self._stated.setdefault(table, _Stated())

    def price(self, index: Index) -> Price:
        """Give the price of an index.

        Args:
            index: that may be made.
        """
        row = self.target.tables().get(index.relation)
        if row is None:
            return Price(0.0, 0.0, 0.0)
        words = set(re.findall(r"\w+", " ".join((*index.keys, index.condition or ""))))
        stated = self._stated.get(index.table, _Stated())
        changed = {column: rows for column, rows in stated.columns.items() if column in words}
        inserted, updates = self._rates(row, stated)
        hot = updates * (row["updated_hot"] / row["updated"] if row["updated"] else 0.0)
        lost = min(max(changed.values(), default=0.0), hot) if hot else 0.0
        entries = inserted + max(0.0, updates - hot) + lost
        cost = ENTRY_MILLISECONDS * (entries - lost + lost * LOST_HOT * (1 + self._count(index)))
        return Price(cost, entries, lost, tuple(sorted(changed)))

    def _rates(self, row: Row, stated: _Stated) -> tuple[float, float]:
        """Give rows inserted and updated an hour."""
        if self.hours is None and self.is_counted and (stated.inserted or stated.updated):
            return stated.inserted, stated.updated
        hours = self.hours or UNKNOWN_HOURS
        return row["inserted"] / hours, row["updated"] / hours

    def _count(self, index: Index) -> int:
        return sum(
            (row["table_schema"], row["table_name"]) == index.relation
            for row in self.target.indexes
        )
