"""Advice for a workload: indexes and policies together, so that neither makes the other worse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from maint_pipeline.advice.candidates import Columns
from maint_pipeline.advice.choosing import choose, without_superfluous
from maint_pipeline.advice.describe import describe
from maint_pipeline.advice.errors import OutOfTimeError
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.identities import Identities
from maint_pipeline.advice.planner import planner
from maint_pipeline.advice.plans import nodes, uses
from maint_pipeline.advice.policies import Rewrite, rewrites
from maint_pipeline.advice.proof import prove_on_generated
from maint_pipeline.advice.proposals import Advice
from maint_pipeline.advice.prove_on import prove_on
from maint_pipeline.advice.selection import Selector
from maint_pipeline.advice.target import Target
from maint_pipeline.advice.upkeep import upkeep
from maint_pipeline.advice.what_if import Machine, WhatIf, what_if_server
from maint_pipeline.advice.workload import ACTIVITY, Workload
from maint_pipeline.advice.writes import UNKNOWN_HOURS, Writes

NEEDS = 0.7
"""An index needs a policy rewritten if it keeps less of its gain without that."""


@dataclass(frozen=True)
class Request:
    """What is asked.

    Attributes:
        url: of the database, as the role that asks.
        machine: where the what-if server is made.
        claims: JSON for queries whose claims are not known.
        prove_on: URL of a copy, or of the database, to prove rewritten policies on.
        report: called with what is done now.
    """

    url: str
    machine: Machine
    claims: str | None = None
    prove_on: str | None = None
    report: Callable[[str], None] = lambda step: None


@dataclass
class Choice:
    """What was chosen."""

    indexes: list[Index] = field(default_factory=list)
    policies: list[Rewrite] = field(default_factory=list)
    needs: dict[Index, list[Rewrite]] = field(default_factory=dict)


def advise(request: Request, target: Target, workload: Workload) -> Advice:
    """Give advice.

    Args:
        request: what is asked.
        target: what was read of the database.
        workload: its queries.

    Returns:
        The proposals, and what they rest on.

    Raises:
        AdviceError: the what-if server can't be made.
        MissingVersionError: the programs of the version are not installed.
    """
    began = monotonic()
    advice = Advice(
        source=workload.source, trust=workload.trust, hours=workload.hours,
        left_out=list(workload.left_out), not_seen=list(target.unseen),
    )  # fmt: skip
    identities = Identities(target, request.claims)
    request.report("making the what-if server")
    with what_if_server(request.url, target, request.machine) as made, planner(made) as asks:
        advice.not_seen += made.lost
        selector = Selector(Bench(made), asks, Columns(target), writes_of(target, workload))
        request.report(f"planning {len(workload.queries)} queries")
        advice.left_out += selector.ask((query, identities.of(query)) for query in workload.queries)
        advice.queries = len(selector.asked)
        advice.milliseconds = sum(asked.query.milliseconds for asked in selector.asked)
        advice.coverage = _coverage(target, selector, counter_hours(target))
        used = {name for asked in selector.asked for name in uses(asked.plan)}
        choice = _choose(request, selector, identities, advice)
        advice.proposals = describe(selector, choice, identities, workload.source)
        advice.proposals += upkeep(target, used)
        advice.planned = asks.planned
        advice.is_complete = not selector.out_of_time
    advice.seconds = round(monotonic() - began, 1)
    return advice


def _choose(request: Request, selector: Selector, identities: Identities, advice: Advice) -> Choice:
    """Choose indexes as policies are, and as they could be, and take what saves more."""
    request.report("choosing indexes")
    made = selector.bench.made
    try:
        selector.propose()
        selector.share()
        choice = Choice(choose(selector))
        plain = selector.saved(choice.indexes)
        request.report("looking at policies")
        found, advice.problems = rewrites(made.restorer, made.target.policies)
        proven = _proven(request, made, found, identities, advice)
        if not proven or selector.out_of_time:
            return choice
        for rewrite in proven:
            alter(made, rewrite)
            selector.forget(rewrite.relation)
        selector.propose()
        selector.share()
        better = Choice(choose(selector), proven)
        if selector.saved(better.indexes) - plain < selector.least(plain):
            _undo(made, selector, proven)
            return choice
        _leave_out(made, selector, better)
    except OutOfTimeError:
        selector.out_of_time = True
        return locals().get("choice") or Choice()
    return better


def _proven(
    request: Request, made: WhatIf, found: list[Rewrite], identities: Identities, advice: Advice
) -> list[Rewrite]:
    prove_on_generated(made, found, identities)
    if request.prove_on:
        prove_on(request.prove_on, made.target, (r for r in found if r.proof), identities)
    advice.problems += [
        {"policy": rewrite.name, "problem": f"could be rewritten, but is {rewrite.doubt}"}
        for rewrite in found if not rewrite.proof
    ]  # fmt: skip
    return [rewrite for rewrite in found if rewrite.proof]


def alter(made: WhatIf, rewrite: Rewrite, expression: str | None = None) -> None:
    """Change a policy of the what-if server.

    Args:
        made: the server.
        rewrite: the policy.
        expression: another one than its new one.
    """
    made.superuser.execute("set search_path = pg_catalog")
    made.superuser.execute(rewrite.statement(expression).encode())


def _undo(made: WhatIf, selector: Selector, changed: list[Rewrite]) -> None:
    for rewrite in changed:
        alter(made, rewrite, rewrite.old)
        selector.forget(rewrite.relation)


def _leave_out(made: WhatIf, selector: Selector, choice: Choice) -> None:
    """Leave policies as they are whose rewriting saves nothing; note which indexes need theirs."""
    least = selector.least(selector.saved(choice.indexes))
    for rewrite in list(choice.policies):
        with _as_it_was(made, selector, rewrite):
            without = selector.saved(choice.indexes)
        if selector.saved(choice.indexes) - without < least:
            alter(made, rewrite, rewrite.old)
            selector.forget(rewrite.relation)
            choice.policies.remove(rewrite)
    choice.indexes = without_superfluous(selector, choice.indexes)
    for rewrite in choice.policies:
        useful = _gains(selector, choice.indexes)
        saved = selector.saved(choice.indexes)
        with _as_it_was(made, selector, rewrite):
            rewrite.saved = saved - selector.saved(choice.indexes)
            left = _gains(selector, choice.indexes)
        for index in choice.indexes:
            if useful[index] >= least and left[index] < NEEDS * useful[index]:
                choice.needs.setdefault(index, []).append(rewrite)


def _gains(selector: Selector, indexes: list[Index]) -> dict[Index, float]:
    """Give what each index adds to what the others save."""
    saved = selector.saved(indexes)
    return {
        index: saved - selector.saved([other for other in indexes if other != index])
        for index in indexes
    }


@contextmanager
def _as_it_was(made: WhatIf, selector: Selector, rewrite: Rewrite) -> Iterator[None]:
    kept = selector.forget(rewrite.relation)
    alter(made, rewrite, rewrite.old)
    try:
        yield
    finally:
        alter(made, rewrite)
        selector.remember(kept)


def writes_of(target: Target, workload: Workload) -> Writes:
    """Say how much is written, from counters or from the workload.

    Args:
        target: the database.
        workload: its queries.
    """
    is_counted = workload.source != ACTIVITY
    return Writes(target, workload.queries, counter_hours(target), is_counted)


def counter_hours(target: Target) -> float | None:
    """Give how many hours the counters of tables cover; None where they were never reset."""
    if (since := target.server["stats_reset"]) is None:
        return None
    return max(float((target.server["now"] - since).total_seconds()) / 3600, 1 / 60)


def _coverage(target: Target, selector: Selector, hours: float | None) -> float | None:
    """Give the share of rows read by sequential scans that the queries explain."""
    tables = target.tables()
    counted = sum(row["read_by_scans"] for row in tables.values()) / (hours or UNKNOWN_HOURS)
    if counted <= 0:
        return None
    explained = 0.0
    for asked in selector.asked:
        for node in nodes(asked.plan):
            row = tables.get((node.get("Schema", ""), node.get("Relation Name", "")))
            if node["Node Type"] == "Seq Scan" and row:
                explained += asked.query.calls * max(0.0, row["tuples"])
    return float(round(min(1.0, explained / counted), 3))
