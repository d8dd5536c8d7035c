"""How the command line shows advice: each proposal with what it saves and costs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console

from maint_pipeline.cli.output import console
from maint_pipeline.units import bytes_in_words, seconds_in_words

if TYPE_CHECKING:
    from maint_pipeline.advice.proposals import Advice, Proposal

_MOST_QUERIES = 5
_MOST_NAMED = 10
_MOST_OF_A_QUERY = 110


def print_advice(
    advice: Advice, to: Console | None, *, plans: bool, only_basis: bool = False
) -> None:
    """Print proposals, and what they rest on.

    Args:
        advice: what was found.
        to: where; the usual console otherwise.
        plans: with the plans before and after.
        only_basis: without the proposals.
    """
    out = to or console
    if not only_basis:
        for number, proposal in enumerate(advice.proposals, 1):
            _print_proposal(out, number, proposal, plans=plans)
        if not advice.proposals:
            _say(out, "Nothing to propose: no index, policy or setting would save enough.\n")
    _print_basis(out, advice)


def print_answer(answer: dict[str, Any], *, as_json: bool) -> None:
    """Print how a query is planned.

    Args:
        answer: of `explain`.
        as_json: print JSON: an array with this one object.
    """
    if as_json:
        print(json.dumps([answer], indent=2))
        return
    _say(console, f"as {answer['role']}, claims {answer['claims']}", style="bold")
    for line in answer["plan"]:
        _say(console, line)
    _named(console, "Not as in the database", answer["not_seen"])


def _print_proposal(out: Console, number: int, proposal: Proposal, *, plans: bool) -> None:
    _say(out, f"{number}. {proposal.statement}", style="bold")
    _say(out, f"   {proposal.reason}")
    size = bytes_in_words(proposal.bytes)
    facts = []
    if proposal.saved_ms_per_hour or proposal.kind in ("index", "policy"):
        facts.append(
            f"saves {seconds_in_words(proposal.saved_ms_per_hour / 1000)} an hour "
            f"({proposal.saved_percent} % of reading)"
        )
    if proposal.bytes:
        facts.append(f"frees {size}" if proposal.kind == "drop" else f"takes {size}")
    if proposal.write_ms_per_hour:
        facts.append(f"costs writes {seconds_in_words(proposal.write_ms_per_hour / 1000)} an hour")
    facts.append(f"confidence {proposal.confidence}")
    _say(out, f"   {'; '.join(facts)}")
    if proposal.hot:
        _say(out, f"   HOT updates survive: {proposal.hot}")
    build = proposal.build_seconds
    took = f"; builds in about {seconds_in_words(build)}" if build else ""
    _say(out, f"   locks: {proposal.locks}{took}")
    for statement in proposal.needs:
        _say(out, f"   together with: {' '.join(statement.split())}")
    if proposal.proof:
        _say(out, f"   the same rows stay visible: {proposal.proof}")
    for doubt in proposal.doubts:
        _say(out, f"   but: {doubt}")
    _print_queries(out, proposal, plans=plans)
    _say(out, "")


def _print_queries(out: Console, proposal: Proposal, *, plans: bool) -> None:
    for row in proposal.queries[: None if plans else _MOST_QUERIES]:
        _say(
            out,
            f"   {row['cost_before']:,.0f} → {row['cost_after']:,.0f} as {row['role']}: "
            f"{_short(row['query'])}",
        )
        if plans:
            for title, lines in (("before", row["plan_before"]), ("after", row["plan_after"])):
                _say(out, f"      {title}:")
                for line in lines:
                    _say(out, f"        {line}")
    if not plans and len(proposal.queries) > _MOST_QUERIES:
        _say(out, f"   and {len(proposal.queries) - _MOST_QUERIES} more; --plans shows all")


def _print_basis(out: Console, advice: Advice) -> None:
    _say(out, f"Workload: {advice.queries} queries; {advice.trust}.")
    if advice.coverage is not None:
        _say(out, f"They explain {advice.coverage:.0%} of the rows that sequential scans read.")
    if not advice.is_complete:
        _say(out, "The limit on time was reached: there may be more to find (--limit).")
    _named(out, "Policies", [f"{row['policy']}: {row['problem']}" for row in advice.problems])
    _named(
        out, "Not planned",
        [f"{_short(row['query'])}: {row['reason']}" for row in advice.left_out],
    )  # fmt: skip
    _named(out, "Not seen, or not as in the database", advice.not_seen)
    _say(
        out, f"{advice.planned:,} plans in {seconds_in_words(advice.seconds)}. Nothing was changed."
    )


def _named(out: Console, title: str, texts: list[str]) -> None:
    if not texts:
        return
    _say(out, f"{title}:")
    for text in texts[:_MOST_NAMED]:
        _say(out, f"  {text}")
    if len(texts) > _MOST_NAMED:
        _say(out, f"  and {len(texts) - _MOST_NAMED} more")


def _short(query: str) -> str:
    text = " ".join(query.split())
    return text if len(text) <= _MOST_OF_A_QUERY else f"{text[:_MOST_OF_A_QUERY]}…"


def _say(out: Console, text: str, **style: Any) -> None:
    out.print(text, markup=False, highlight=False, soft_wrap=True, **style)
