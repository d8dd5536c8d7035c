"""A proposal: what to do, what it saves, what it costs, how certain that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

INDEX, POLICY, DROP, SETTING = "index", "policy", "drop", "setting"
HIGH, MEDIUM, LOW = "high", "medium", "low"
LEVELS = (HIGH, MEDIUM, LOW)

_BYTES_PER_SECOND = 80_000_000
_TUPLES_PER_SECOND = 400_000


@dataclass
class Proposal:
    """Something to do, which nothing does by itself.

    Attributes:
        kind: INDEX, POLICY, DROP or SETTING.
        relation: the table.
        statement: that does it.
        reason: why, in words.
        bytes: that it takes (or frees, of a drop).
        saved_ms_per_hour: of reading time.
        saved_percent: of all reading time that is known.
        queries: rows of query, role, calls per hour, cost, milliseconds an hour and plan, before
            and after.
        write_ms_per_hour: what it costs writes.
        hot: whether HOT updates survive.
        locks: that the statement takes.
        build_seconds: about how long it takes.
        needs: statements that belong to it: one without the other makes things worse.
        proof: that a rewritten policy shows the same rows.
        confidence: HIGH, MEDIUM or LOW.
        doubts: why it is not higher.
        definition: what the catalogs will say of it once it is followed.
    """

    kind: str
    relation: str
    statement: str
    reason: str
    bytes: int = 0
    saved_ms_per_hour: float = 0.0
    saved_percent: float = 0.0
    queries: list[dict[str, Any]] = field(default_factory=list)
    write_ms_per_hour: float = 0.0
    hot: str = ""
    locks: str = ""
    build_seconds: float | None = None
    needs: list[str] = field(default_factory=list)
    proof: str | None = None
    confidence: str = HIGH
    doubts: list[str] = field(default_factory=list)
    definition: str = ""

    def doubt(self, reason: str, level: str = MEDIUM) -> None:
        """Lower the confidence.

        Args:
            reason: why.
            level: at most this one is left.
        """
        self.doubts.append(reason)
        self.confidence = max(self.confidence, level, key=LEVELS.index)


@dataclass
class Advice:
    """What was found.

    Attributes:
        proposals: those that save most first.
        source: of the workload.
        trust: how far the workload is to be trusted, in words.
        queries: how many were considered.
        hours: that the workload covers.
        coverage: the share of rows read by sequential scans that these queries explain; None
            where nothing was counted.
        milliseconds: reading time an hour of all queries.
        left_out: queries that were not considered, with the reason.
        not_seen: what the role may not see, and what could not be copied.
        problems: policies that nothing here rewrites, with what to do.
        planned: how many plans were asked for.
        seconds: that it took.
        is_complete: False when the limit on time was reached.
    """

    proposals: list[Proposal] = field(default_factory=list)
    source: str = ""
    trust: str = ""
    queries: int = 0
    hours: float = 0.0
    coverage: float | None = None
    milliseconds: float = 0.0
    left_out: list[dict[str, Any]] = field(default_factory=list)
    not_seen: list[str] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    planned: int = 0
    seconds: float = 0.0
    is_complete: bool = True


def build_seconds(heap_bytes: float, tuples: float) -> float:
    """Guess how long an index takes to build concurrently: two scans, and sorting."""
    return round(2 * heap_bytes / _BYTES_PER_SECOND + tuples / _TUPLES_PER_SECOND, 1)
