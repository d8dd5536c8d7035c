"""What is known of costs: a plan stays the same without the indexes that it does not use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from maint_pipeline.advice.hypothetical import Index

Chosen = frozenset[Index]


@dataclass(frozen=True)
class Known:
    """A plan that was seen.

    Attributes:
        seen: the candidates that the planner had.
        used: those that the plan uses.
        cost: of the plan.
    """

    seen: Chosen
    used: Chosen
    cost: float


@dataclass
class Costs:
    """Costs of queries, by their places in the workload and by the candidates in place."""

    _known: dict[tuple[int, Chosen], Known] = field(default_factory=dict)
    _plans: dict[int, list[Known]] = field(default_factory=dict)

    def find(self, place: int, chosen: Chosen) -> Known | None:
        """Give the plan that a query has; None if nobody knows it yet.

        Args:
            place: of the query.
            chosen: the candidates in place.
        """
        if (found := self._known.get((place, chosen))) is not None:
            return found
        for known in self._plans.get(place, ()):
            if known.used <= chosen <= known.seen:
                self._known[place, chosen] = known
                return known
        return None

    def add(self, place: int, seen: Chosen, used: Chosen, cost: float) -> None:
        """Keep a plan.

        Args:
            place: of the query.
            seen: the candidates that the planner had.
            used: those that the plan uses.
            cost: of the plan.
        """
        known = Known(seen, used, cost)
        self._known[place, seen] = known
        self._plans.setdefault(place, []).append(known)

    def without(self, places: Collection[int]) -> Costs:
        """Give what is known of the other queries.

        Args:
            places: of queries that have changed.
        """
        return Costs(
            {key: known for key, known in self._known.items() if key[0] not in places},
            {place: list(plans) for place, plans in self._plans.items() if place not in places},
        )
