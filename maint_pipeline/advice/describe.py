"""Turning what was chosen into proposals that a person can judge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.identities import Identities
from maint_pipeline.advice.plans import outline, quoted
from maint_pipeline.advice.policies import Rewrite, policy_expression
from maint_pipeline.advice.proposals import INDEX, LOW, MEDIUM, POLICY, Proposal, build_seconds
from maint_pipeline.advice.selection import Selector, effects
from maint_pipeline.advice.target import BLOCK_BYTES, Row
from maint_pipeline.advice.workload import ACTIVITY
from maint_pipeline.advice.writes import Price

if TYPE_CHECKING:
    from maint_pipeline.advice.advise import Choice

MOST_NAME = 63
_BUILD_LOCKS = (
    "SHARE UPDATE EXCLUSIVE on the table: reads and writes go on; waits for older transactions"
)
_POLICY_LOCKS = (
    "ACCESS EXCLUSIVE on the table for an instant: set lock_timeout, and try again if it fails"
)


def describe(
    selector: Selector, choice: Choice, identities: Identities, source: str
) -> list[Proposal]:
    """Describe indexes and policies, those that save most first.

    Args:
        selector: after the choice, with the policies as chosen.
        choice: what was chosen.
        identities: as whom queries were planned.
        source: of the workload.
    """
    total = sum(asked.query.milliseconds for asked in selector.asked) or 1.0
    proposals: list[Proposal] = []
    taken = {row["name"] for row in selector.bench.made.target.indexes}
    for index in choice.indexes:
        proposal = _index(selector, choice, index, taken)
        _doubt(selector, proposal, identities, source)
        proposals.append(proposal)
    together = {
        rewrite.name: [
            proposals[place].statement
            for place, index in enumerate(choice.indexes)
            if rewrite in choice.needs.get(index, ())
        ]
        for rewrite in choice.policies
    }
    proposals += [_policy(selector, rewrite, together[rewrite.name]) for rewrite in choice.policies]
    for proposal in proposals:
        proposal.saved_percent = round(100 * proposal.saved_ms_per_hour / total, 1)
    return sorted(proposals, key=lambda proposal: -proposal.saved_ms_per_hour)


def statement_of(index: Index, name: str) -> str:
    """Give the statement that makes an index.

    Args:
        index: which.
        name: of it.
    """
    table = ".".join(quoted(part) for part in index.relation)
    return f"create index concurrently {quoted(name)} on {table} {index.body()};"


def name_for(index: Index, taken: set[str]) -> str:
    """Give an index a name that is free, and add it to those taken."""
    words = re.findall(r"\w+", " ".join(index.keys))
    base = "_".join(
        [index.table, *(w for w in words if w not in ("desc", "nulls", "first", "last"))]
    )
    suffix = "_part_idx" if index.condition else "_idx"
    number, name = 1, base[: MOST_NAME - len(suffix)] + suffix
    while name in taken:
        number += 1
        name = f"{base[: MOST_NAME - len(suffix) - 3]}{suffix}{number}"
    taken.add(name)
    return name


def _index(selector: Selector, choice: Choice, index: Index, taken: set[str]) -> Proposal:
    hypothetical = selector.bench.indexes[index]
    price = selector.writes.price(index)
    changed = effects(selector, choice.indexes, index)
    table = selector.bench.made.target.tables()[index.relation]
    proposal = Proposal(
        INDEX, ".".join(index.relation), statement_of(index, name_for(index, taken)),
        f"serves {len(changed)} of the queries", bytes=hypothetical.bytes,
        saved_ms_per_hour=round(_saved(selector, changed), 1),
        queries=_queries(selector, choice, index, changed),
        write_ms_per_hour=round(price.milliseconds, 1), hot=_hot(price), locks=_BUILD_LOCKS,
        build_seconds=build_seconds(table["blocks"] * BLOCK_BYTES, hypothetical.tuples),
        needs=[rewrite.statement() for rewrite in choice.needs.get(index, ())],
        definition=selector.bench.definition(index),
    )  # fmt: skip
    if not hypothetical.is_exact:
        proposal.doubt(f"the size of a {index.method} index is a rough estimate", LOW)
    return proposal


def _saved(selector: Selector, changed: Mapping[int, tuple[float, float]]) -> float:
    return sum(
        selector.asked[place].milliseconds(without) - selector.asked[place].milliseconds(with_it)
        for place, (without, with_it) in changed.items()
    )


def _queries(
    selector: Selector, choice: Choice, index: Index, changed: Mapping[int, tuple[float, float]]
) -> list[Row]:
    """Give the queries that an index changes, with their plans."""
    rest = [each for each in choice.indexes if each != index]
    rows = []
    for place, (without, with_it) in changed.items():
        asked = selector.asked[place]
        plans: dict[str, Any] = {}
        for name, shown in (("plan_before", rest), ("plan_after", choice.indexes)):
            selector.bench.show(shown)
            try:
                plan = selector.planner.plan(asked.query.text, asked.identity)
                plans[name] = outline(plan)
            except UnplannableError:
                plans[name] = []
        before, after = asked.milliseconds(without), asked.milliseconds(with_it)
        rows.append({
            "id": asked.query.id, "query": asked.query.text, "login": asked.query.role,
            "role": asked.identity.role, "calls_per_hour": round(asked.query.calls, 1),
            "cost_before": round(without, 2), "cost_after": round(with_it, 2),
            "ms_before": round(before, 2), "ms_after": round(after, 2),
            "saved_ms_per_hour": round(before - after, 1), **plans,
        })  # fmt: skip
    return sorted(rows, key=lambda row: -row["saved_ms_per_hour"])


def _hot(price: Price) -> str:
    if not price.because:
        return "yes"
    columns = ", ".join(price.because)
    if not price.hot_lost:
        return f"no: {columns} is updated (none of these updates is HOT now)"
    return (
        f"no: {columns} is updated, {price.hot_lost:,.0f} HOT updates an hour become ordinary ones"
    )


def _policy(selector: Selector, rewrite: Rewrite, together: list[str]) -> Proposal:
    reason = "; ".join(dict.fromkeys(rewrite.causes))
    expression = policy_expression(selector.bench.made, rewrite)
    return Proposal(
        POLICY, ".".join(rewrite.relation), rewrite.statement(),
        reason if together else f"{reason} (no new index needed: an existing one serves it then)",
        saved_ms_per_hour=round(rewrite.saved, 1), hot="yes",
        locks=_POLICY_LOCKS, build_seconds=0.0, needs=together, proof=rewrite.proof,
        confidence=MEDIUM, doubts=["read the new expression before you take it"],
        definition=f"{rewrite.policy['name']}: {expression}",
    )  # fmt: skip


def _doubt(selector: Selector, proposal: Proposal, identities: Identities, source: str) -> None:
    made = selector.bench.made
    if source == ACTIVITY:
        proposal.doubt("the workload is a sample of what ran just now", MEDIUM)
    if made.is_other_version:
        proposal.doubt(
            f"planned by PostgreSQL {made.server.version} instead of {made.target.version}", LOW
        )
    roles = {row["role"] for row in proposal.queries}
    for login, role in identities.assumed.items():
        if role in roles:
            proposal.doubt(f"{login} is taken to work as {role}", MEDIUM)
    if any(proposal.relation in text for text in made.target.unseen):
        proposal.doubt("statistics of the table are missing", LOW)
    if proposal.write_ms_per_hour > proposal.saved_ms_per_hour / 2:
        proposal.doubt("writes take back much of what reads save", MEDIUM)
