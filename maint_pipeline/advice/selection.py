"""Choosing indexes by the Extend rule: what saves most for its size first, then longer ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from maint_pipeline.advice.candidates import Columns, candidates
from maint_pipeline.advice.errors import OutOfTimeError, UnplannableError
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.planner import Identity, Plan, Planner
from maint_pipeline.advice.plans import cost_of, nodes, scans
from maint_pipeline.advice.target import Row
from maint_pipeline.advice.workload import Query
from maint_pipeline.advice.writes import Writes

WORTH = 0.003
"""Part of all read time that an index has to save."""

MOST_INDEXES = 20
MOST_CANDIDATES = 400
LEAST_BLOCKS = 8
"""Tables smaller than this are read as a whole whatever indexes they have."""

_MINIMAL_BYTES = 1 << 16


@dataclass
class Asked:
    """A query that is planned, and what it costs now."""

    query: Query
    identity: Identity
    plan: Plan
    before: float
    relevant: frozenset[Index] = frozenset()

    @property
    def weight(self) -> float:
        """Milliseconds an hour that one unit of cost stands for."""
        return self.query.milliseconds / self.before if self.before > 0 else 0.0


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
    _costs: dict[tuple[int, frozenset[Index]], float] = field(default_factory=dict)

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
            self.asked.append(Asked(query, identity, plan, cost_of(plan)))
        return left_out

    def propose(self) -> None:
        """Make candidates from the plans, and more from the plans with all of them in place."""
        for _ in range(2):
            for asked in self.asked:
                self._propose_for(asked)
            self.bench.show(self.bench.indexes)
            for asked in self.asked:
                try:
                    asked.plan = self.planner.plan(asked.query.text, asked.identity)
                except UnplannableError:
                    continue
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
        key = (place, asked.relevant & frozenset(chosen))
        if key not in self._costs:
            self.bench.show(key[1])
            try:
                plan = self.planner.plan(asked.query.text, asked.identity)
                self._costs[key] = cost_of(plan)
            except UnplannableError:
                self._costs[key] = asked.before
        return self._costs[key]

    def forget(
        self, known: dict[tuple[int, frozenset[Index]], float] | None = None
    ) -> dict[tuple[int, frozenset[Index]], float]:
        """Ask again what things cost: policies have changed.

        Args:
            known: costs that are right again.

        Returns:
            What was known until now.
        """
        before, self._costs = self._costs, known if known is not None else {}
        return before

    def saved(self, chosen: Collection[Index]) -> float:
        """Give what candidates save, in milliseconds an hour, less what they cost writes."""
        reads = sum(
            asked.weight * (asked.before - self.cost(place, chosen))
            for place, asked in enumerate(self.asked)
        )
        return reads - sum(self.writes.price(index).milliseconds for index in chosen)

    def choose(self) -> list[Index]:
        """Choose by benefit for size, until the next one is not worth it.

        Returns:
            The indexes, in the order in which they were chosen.
        """
        chosen: list[Index] = []
        total = sum(asked.query.milliseconds for asked in self.asked)
        try:
            saved = 0.0
            while len(chosen) < MOST_INDEXES:
                best = self._best(chosen, saved, total * WORTH)
                if best is None:
                    break
                chosen = best
                saved = self.saved(chosen)
            chosen = self.without_superfluous(chosen)
        except OutOfTimeError:
            self.out_of_time = True
        return chosen

    def _best(self, chosen: list[Index], saved: float, least: float) -> list[Index] | None:
        best, found = 0.0, None
        for index in self.bench.indexes:
            if index in chosen:
                continue
            steps = [[*chosen, index]]
            # Extending one that is chosen replaces it.
            for old in chosen:
                if old.relation == index.relation and old.keys == index.keys[: len(old.keys)]:
                    steps.append([*(each for each in chosen if each != old), index])
            for step in steps:
                if not any(index in asked.relevant for asked in self.asked):
                    continue
                gain = self.saved(step) - saved
                size = self._bytes(step) - self._bytes(chosen)
                ratio = gain / max(size, _MINIMAL_BYTES)
                if gain > least and ratio > best:
                    best, found = ratio, step
        return found

    def _bytes(self, indexes: Iterable[Index]) -> int:
        return sum(self.bench.indexes[index].bytes for index in indexes)

    def without_superfluous(self, chosen: list[Index]) -> list[Index]:
        """Drop indexes that save too little beside the others.

        Args:
            chosen: in the order in which they were chosen.
        """
        kept = list(chosen)
        least = WORTH * sum(asked.query.milliseconds for asked in self.asked)
        for index in chosen:
            rest = [each for each in kept if each != index]
            if self.saved(kept) - self.saved(rest) < least:
                kept = rest
        return kept


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
        if abs(without - with_it) > 0.01 * asked.before:
            changed[place] = (without, with_it)
    return changed
