"""What the queries of a workload cost with and without the candidates that their plans suggest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from maint_pipeline.advice.asked import Asked, calibrate
from maint_pipeline.advice.candidates import Columns, candidates
from maint_pipeline.advice.costs import Costs
from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.planner import Identity, Plan, Planner
from maint_pipeline.advice.plans import cost_of, nodes, scans, uses
from maint_pipeline.advice.target import BLOCK_BYTES, Row
from maint_pipeline.advice.workload import Query
from maint_pipeline.advice.writes import Writes

WORTH = 0.003
"""Part of all read time that an index has to save, ..."""

OF_THE_REST, LITTLE = 0.03, 0.0005
"""... or this part of what the others leave, and this part of all."""

MOST_CANDIDATES = 400
LEAST_BLOCKS = 8
"""Tables smaller than this are read as a whole whatever indexes they have."""

SIZE_PRICE = 0.01
"""An index as large as all tables has to save this part of all read time."""


@dataclass
class Selector:
    """Plans a workload with and without candidates, and chooses.

    Args:
        bench: with the candidates.
        planner: to ask.
        columns: of the database.
        writes: for the price of each index.
    """

    bench: Bench
    planner: Planner
    columns: Columns
    writes: Writes
    asked: list[Asked] = field(default_factory=list)
    refused: dict[Index, str] = field(default_factory=dict)
    out_of_time: bool = False
    _costs: Costs = field(default_factory=Costs)
    _tuples: dict[tuple[str, str], float] = field(default_factory=dict)
    _stored: int = 1

    def __post_init__(self) -> None:
        tables = self.bench.made.target.tables()
        self._tuples = {name: row["tuples"] for name, row in tables.items()}
        self._stored = max(1, sum(row["blocks"] for row in tables.values()) * BLOCK_BYTES)

    def ask(self, queries: Iterable[tuple[Query, Identity]]) -> list[Row]:
        """Plan each query as the database is.

        Args:
            queries: with the identity of each.

        Returns:
            Those that can't be planned, with the reason.
        """
        left_out = []
        self.bench.show(())
        for query, identity in queries:
            try:
                plan = self.planner.plan(query.text, identity)
            except UnplannableError as error:
                left_out.append({"query": query.text, "role": query.role, "reason": str(error)})
                continue
            asked = Asked(query, identity, plan, cost_of(plan, self._tuples))
            self._costs.add(len(self.asked), frozenset(), frozenset(), asked.before)
            self.asked.append(asked)
        calibrate(self.asked)
        return left_out

    def propose(self) -> None:
        """Make candidates from the plans, and more from the plans with all of them in place."""
        for _ in range(2):
            for asked in self.asked:
                self._propose_for(asked)
            self.bench.show(self.bench.indexes)
            for place, asked in enumerate(self.asked):
                with suppress(UnplannableError):
                    asked.plan = self._plan(place, frozenset(self.bench.indexes))
        self.bench.show(())

    def _propose_for(self, asked: Asked) -> None:
        tables = self.bench.made.target.tables()
        found = set(asked.relevant)
        for scan in scans(asked.plan):
            row = tables.get((scan.schema, scan.table))
            if row is None or row["blocks"] < LEAST_BLOCKS or row["kind"] == "p":
                continue
            for index in candidates(scan, self.columns):
                if index in self.refused:
                    continue
                if len(self.bench.indexes) >= MOST_CANDIDATES and index not in self.bench.indexes:
                    continue
                try:
                    self.bench.create(index)
                    found.add(index)
                except UnplannableError as error:
                    self.refused[index] = str(error)
        asked.relevant = frozenset(found)

    def share(self) -> None:
        """Let each query know the candidates that others brought for its tables."""
        for asked in self.asked:
            tables = {
                (node.get("Schema"), node["Relation Name"])
                for node in nodes(asked.plan) if node.get("Relation Name")
            }  # fmt: skip
            words = str([(s.table, s.conditions, s.order) for s in scans(asked.plan)])
            asked.relevant = frozenset(
                index for index in self.bench.indexes
                if index in asked.relevant
                or (index.relation in tables and index.keys[0].split()[0] in words)
            )  # fmt: skip

    def cost(self, place: int, chosen: Collection[Index]) -> float:
        """Give a query's cost with some candidates in place.

        Args:
            place: of the query.
            chosen: the candidates.
        """
        asked = self.asked[place]
        here = asked.relevant & frozenset(chosen)
        if (known := self._costs.find(place, here)) is not None:
            return known.cost
        self.bench.show(here)
        try:
            return cost_of(self._plan(place, here), self._tuples)
        except UnplannableError:
            self._costs.add(place, here, here, asked.before)
            return asked.before

    def used(self, place: int, shown: frozenset[Index]) -> frozenset[Index]:
        """Give the candidates that a query's plan uses, of those that it may.

        Args:
            place: of the query.
            shown: what it may use.
        """
        if (known := self._costs.find(place, shown)) is None:
            self.bench.show(shown)
            with suppress(UnplannableError):
                self._plan(place, shown)
            known = self._costs.find(place, shown)
        return known.used if known else frozenset()

    def _plan(self, place: int, seen: frozenset[Index]) -> Plan:
        """Plan a query with the candidates that are shown, and keep what it costs."""
        asked = self.asked[place]
        plan = self.planner.plan(asked.query.text, asked.identity)
        names = uses(plan)
        used = frozenset(index for index in seen if self.bench.indexes[index].name in names)
        self._costs.add(place, seen, used, cost_of(plan, self._tuples))
        return plan

    def forget(self, relation: tuple[str, str]) -> Costs:
        """Ask again what queries of a table cost: its policies have changed.

        Args:
            relation: schema and name of the table.

        Returns:
            What was known until now, for `remember`.
        """
        before = self._costs
        self._costs = before.without(
            {
                place
                for place, asked in enumerate(self.asked)
                if any(
                    (node.get("Schema"), node.get("Relation Name")) == relation
                    for node in nodes(asked.plan)
                )
            }
        )
        return before

    def remember(self, known: Costs) -> None:
        """Take back what was known, because it is right again."""
        self._costs = known

    def saved(self, chosen: Collection[Index]) -> float:
        """Give what candidates save, in milliseconds an hour, less what they cost writes."""
        reads = sum(
            asked.query.milliseconds - asked.milliseconds(self.cost(place, chosen))
            for place, asked in enumerate(self.asked)
        )
        return reads - sum(self.writes.price(index).milliseconds for index in chosen)

    def worth(self, chosen: Collection[Index]) -> float:
        """Give what candidates save, less a price for their size."""
        part = sum(self.bench.indexes[index].bytes for index in chosen) / self._stored
        return self.saved(chosen) - self.total * SIZE_PRICE * part

    @property
    def total(self) -> float:
        """Milliseconds that the queries take in an hour now."""
        return sum(asked.query.milliseconds for asked in self.asked)

    def least(self, saved: float) -> float:
        """Give what an index has to save, in milliseconds an hour.

        Args:
            saved: what the others save.
        """
        total = self.total
        return min(total * WORTH, max(total * LITTLE, (total - saved) * OF_THE_REST))


def effects(
    selector: Selector, chosen: Collection[Index], index: Index
) -> Mapping[int, tuple[float, float]]:
    """Give the queries that an index of several changes, with their costs without and with it.

    Args:
        selector: after `choose`.
        chosen: all that were chosen.
        index: one of them.
    """
    rest = [each for each in chosen if each != index]
    changed = {}
    for place, asked in enumerate(selector.asked):
        if index not in asked.relevant:
            continue
        without, with_it = selector.cost(place, rest), selector.cost(place, chosen)
        if abs(without - with_it) > 0.01 * max(without, with_it):
            changed[place] = (without, with_it)
    return changed
