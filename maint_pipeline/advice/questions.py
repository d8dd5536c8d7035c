"""One question at a time: what would this index do, and how is this query planned as this role?"""

from __future__ import annotations

import re
from time import monotonic
from typing import Any

from maint_pipeline.advice.advise import Choice, Request, writes_of
from maint_pipeline.advice.candidates import Columns
from maint_pipeline.advice.describe import describe
from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.expressions import split_list
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.identities import Identities
from maint_pipeline.advice.planner import planner
from maint_pipeline.advice.plans import cost_of, outline
from maint_pipeline.advice.proposals import Advice
from maint_pipeline.advice.selection import Selector
from maint_pipeline.advice.target import Target
from maint_pipeline.advice.what_if import what_if_server
from maint_pipeline.advice.workload import Workload
from maint_pipeline.errors import UsageError

_NAME = r'(?:"(?:[^"]|"")+"|[\w$]+)'
_STATEMENT = re.compile(
    rf"\s*create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?:(?!on\b){_NAME}\s+)?"
    rf"on\s+(?:only\s+)?(?:(?P<schema>{_NAME})\.)?(?P<table>{_NAME})\s*(?:using\s+(?P<method>\w+)\s*)?"
    r"(?P<rest>\(.*)",
    re.I | re.S,
)


def try_index(request: Request, target: Target, workload: Workload, statement: str) -> Advice:
    """Say what an index would do for a workload, whether or not it is worth it.

    Args:
        request: what is asked.
        target: what was read of the database.
        workload: its queries.
        statement: `create index …`, which is not executed there.

    Returns:
        Advice with this one proposal.

    Raises:
        UsageError: it is no such statement, or PostgreSQL refuses it.
    """
    index, began = parse_index(statement, target), monotonic()
    identities = Identities(target, request.claims)
    with what_if_server(request.url, target, request.machine) as made, planner(made) as asks:
        writes = writes_of(target, workload)
        selector = Selector(Bench(made), asks, Columns(target), writes)
        left_out = selector.ask((query, identities.of(query)) for query in workload.queries)
        try:
            selector.bench.create(index)
        except UnplannableError as error:
            raise UsageError(f"That index can't be made: {error}") from None
        for asked in selector.asked:
            asked.relevant = frozenset({index})
        proposals = describe(selector, Choice([index]), identities, workload.source)
        return Advice(
            proposals=proposals, source=workload.source, trust=workload.trust,
            queries=len(selector.asked), hours=workload.hours,
            milliseconds=sum(asked.query.milliseconds for asked in selector.asked),
            left_out=workload.left_out + left_out, not_seen=target.unseen + made.lost,
            planned=asks.planned, seconds=round(monotonic() - began, 1),
        )  # fmt: skip


def explain(request: Request, target: Target, query: str, role: str) -> dict[str, Any]:
    """Plan a query as a role, with claims.

    Args:
        request: what is asked; its claims are the role's.
        target: what was read of the database.
        query: with constants, or with parameters as $1.
        role: a role of the database.

    Returns:
        `query, role, claims, cost, rows, plan` (lines of text).

    Raises:
        UsageError: there is no such role, or PostgreSQL does not plan the query.
    """
    if role not in target.roles:
        raise UsageError(f"There is no role {role}.")
    identity = Identities(target, request.claims).acting(role)
    with what_if_server(request.url, target, request.machine) as made, planner(made) as asks:
        try:
            plan = asks.plan(query, identity)
        except UnplannableError as error:
            raise UsageError(f"PostgreSQL does not plan that as {role}: {error}") from None
        return {
            "query": query, "role": role, "claims": identity.claims,
            "cost": round(cost_of(plan), 2), "rows": plan["Plan Rows"], "plan": outline(plan),
            "not_seen": target.unseen + made.lost,
        }  # fmt: skip


def parse_index(statement: str, target: Target) -> Index:
    """Read a statement that makes an index.

    Args:
        statement: `create index …`.
        target: for the schema of a table that is named without one.

    Raises:
        UsageError: it is none, or names no table of the database.
    """
    found = _STATEMENT.fullmatch(statement.strip().rstrip(";"))
    if found is None:
        raise UsageError('Give a statement such as --try "create index on public.tasks (org_id)".')
    table = _plain(found["table"])
    schemas = [schema for schema, name in target.tables() if name == table]
    schema = _plain(found["schema"]) if found["schema"] else _one(schemas)
    if schema not in schemas:
        raise UsageError(f"There is no table {table}, or several: name it as SCHEMA.TABLE.")
    keys, rest = _in_parentheses(found["rest"])
    include: tuple[str, ...] = ()
    if again := re.match(r"\s*include\s*(?=\()", rest, re.I):
        include, rest = _in_parentheses(rest[again.end() :])
    condition = re.fullmatch(r"\s*(?:where\s+(.+))?", rest, re.I | re.S)
    if condition is None:
        raise UsageError(f"maint advise does not know what to do with {rest.strip()!r}.")
    method = (found["method"] or "btree").lower()
    return Index(schema, table, keys, condition[1], method, include)


def _one(schemas: list[str]) -> str | None:
    if "public" in schemas:
        return "public"
    return schemas[0] if len(schemas) == 1 else None


def _in_parentheses(text: str) -> tuple[tuple[str, ...], str]:
    inner, rest = split_list(text)
    if not all(inner):
        raise UsageError(f"maint advise does not understand {text!r}.")
    return tuple(inner), rest


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name.lower()
