"""A query that was planned, and what it would take at another cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.planner import Identity, Plan
from maint_pipeline.advice.workload import Query

LEAST_COST, CHEAPER, DEARER = 100.0, 2.0, 10.0
"""Queries of this cost say what a unit of it usually takes: others take at least one CHEAPERth of
that, and DEARER times that at most."""


@dataclass
class Asked:
    """A query that is planned, and what it costs now."""

    query: Query
    identity: Identity
    plan: Plan
    before: float
    relevant: frozenset[Index] = frozenset()
    least: float = 0.0
    most: float = math.inf

    @property
    def per_unit(self) -> float:
        """Milliseconds that one unit of cost takes, as this query says."""
        calls = max(self.query.calls, 1e-9)
        return self.query.milliseconds / calls / self.before if self.before > 0 else 0.0

    def milliseconds(self, cost: float) -> float:
        """Give what the query would take in an hour.

        Its time changes as its cost does. But an INSERT costs next to nothing for the planner, what
        it takes has other reasons; and a cost may be far too high, so that all others look the
        same beside it. So a unit of cost takes between `least` and `most` of the milliseconds.

        Args:
            cost: of its plan.
        """
        takes, calls = self.query.milliseconds, self.query.calls
        if self.per_unit > self.most or cost > self.before:
            unit = min(self.per_unit, self.most)
            return max(0.0, takes + calls * unit * (cost - self.before))
        return min(takes, calls * max(self.per_unit, self.least) * cost)


def calibrate(asked: Sequence[Asked]) -> None:
    """Learn from the workload what a unit of cost takes.

    Args:
        asked: its queries.
    """
    known = [each.per_unit for each in asked if each.before >= LEAST_COST]
    for each in asked if known else ():
        usual = median(known)
        each.least, each.most = usual / CHEAPER, usual * DEARER
