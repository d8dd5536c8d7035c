"""What an index costs writes, in milliseconds an hour, and whether HOT updates survive it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.target import Target
from maint_pipeline.advice.workload import Query

ENTRY_MILLISECONDS = 0.01
"""Making one entry of an index, its log included: what an insert into a B-tree in memory takes."""

LOST_HOT = 1.5
"""An update that is no longer HOT also has its old entries to look at, and to clean up."""


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
class Writes:
    """How much is written to each table an hour, and which columns are updated.

    Args:
        target: with the counters of its tables.
        queries: of the workload; their UPDATEs say which columns change.
        hours: that the counters cover.
    """

    target: Target
    queries: Iterable[Query]
    hours: float
    _updated: dict[str, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for query in self.queries:
            if (found := query.updated()) is None:
                continue
            table, columns = found
            for column in columns:
                of_table = self._updated.setdefault(table, {})
                of_table[column] = of_table.get(column, 0.0) + query.calls

    def price(self, index: Index) -> Price:
        """Give the price of an index.

        Args:
            index: that may be made.
        """
        row = self.target.tables().get(index.relation)
        if row is None:
            return Price(0.0, 0.0, 0.0)
        words = set(re.findall(r"\w+", " ".join((*index.keys, index.condition or ""))))
        changed = {
            column: calls for column, calls in self._updated.get(index.table, {}).items()
            if column in words
        }  # fmt: skip
        hot, updates = row["updated_hot"] / self.hours, row["updated"] / self.hours
        lost = min(max(changed.values(), default=0.0), hot) if hot else 0.0
        not_hot = max(0.0, updates - hot)
        others = self._count(index)
        entries = row["inserted"] / self.hours + not_hot + lost
        cost = ENTRY_MILLISECONDS * (
            row["inserted"] / self.hours + not_hot + lost * LOST_HOT * (1 + others)
        )
        return Price(cost, entries, lost, tuple(sorted(changed)))

    def _count(self, index: Index) -> int:
        return sum(
            (row["table_schema"], row["table_name"]) == index.relation
            for row in self.target.indexes
        )
