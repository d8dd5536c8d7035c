"""What a plan says of its tables: conditions, orders, and what a LIMIT hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from maint_pipeline.advice.planner import Plan

LIMIT_RISK = 0.2
"""How much of the cost that a LIMIT saves is not believed where a condition has to be filtered:
with rows of one tenant far away in the order, much more than planned is read."""

SELECTIVE, SELECTIVE_RISK = 0.2, 0.8
"""A condition that so few rows fulfil has most users read to the end, the more so where it is a
sub-select: the planner takes half of all rows to fulfil that one."""

_CONDITIONS = (
    "Filter",
    "Index Cond",
    "Recheck Cond",
    "Join Filter",
    "Hash Cond",
    "Merge Cond",
    "One-Time Filter",
)
_SCANS = ("Relation Name",)


@dataclass
class Scan:
    """A table in a plan.

    Attributes:
        schema: of the table.
        table: its name.
        alias: in the plan.
        conditions: on its rows, as PostgreSQL prints them.
        order: keys of a sort above it, where nothing else comes between.
        node: of the plan.
    """

    schema: str
    table: str
    alias: str
    conditions: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    node: Plan = field(default_factory=dict)


def nodes(plan: Plan) -> Iterator[Plan]:
    """Give a plan's nodes, the root first."""
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def cost_of(plan: Plan, tuples: Mapping[tuple[str, str], float] | None = None) -> float:
    """Give the cost of a plan, with what a LIMIT risks.

    Args:
        plan: verbose, so that tables have schemas.
        tuples: rows of each table.
    """
    total = float(plan["Total Cost"])
    for node in nodes(plan):
        if node["Node Type"] != "Limit":
            continue
        for below in _outer(node):  # what is evaluated once comes first, and is not limited
            saved = float(below["Total Cost"]) - float(node["Total Cost"])
            total += _risk(below, tuples or {}) * max(0.0, saved)
    return total


def _outer(plan: Plan) -> Iterator[Plan]:
    return (c for c in plan.get("Plans", ()) if c.get("Parent Relationship") == "Outer")


def _risk(plan: Plan, tuples: Mapping[tuple[str, str], float]) -> float:
    """Say how far a LIMIT is not believed: rows are filtered on the way, and nothing sorts them."""
    if plan["Node Type"] in ("Sort", "Aggregate", "Hash"):
        return 0.0
    here = 0.0
    if "Filter" in plan or "Join Filter" in plan:
        here = SELECTIVE_RISK if _is_selective(plan, tuples) else LIMIT_RISK
    return max((here, *(_risk(child, tuples) for child in _outer(plan))))


def _is_selective(plan: Plan, tuples: Mapping[tuple[str, str], float]) -> bool:
    text = f"{plan.get('Filter', '')} {plan.get('Join Filter', '')}"
    if "SubPlan" in text:
        return True
    if "Index Cond" in plan:
        return "ANY (" in text
    rows = tuples.get((plan.get("Schema", ""), plan.get("Relation Name", "")), 0.0)
    return float(plan["Plan Rows"]) < SELECTIVE * rows


def scans(plan: Plan) -> list[Scan]:
    """Give the tables of a plan, each with all conditions that name it.

    Args:
        plan: verbose, so that columns are qualified.
    """
    found: list[Scan] = []
    _collect(plan, [], found)
    conditions = [str(node[name]) for node in nodes(plan) for name in _CONDITIONS if node.get(name)]
    for scan in found:
        prefix = re.compile(rf'(?<![\w"]){re.escape(quoted(scan.alias))}\.')
        scan.conditions = [text for text in conditions if prefix.search(text)]
    return found


def _collect(plan: Plan, order: list[str], found: list[Scan]) -> None:
    kind = plan["Node Type"]
    if kind in ("Sort", "Incremental Sort"):
        order = [str(key) for key in plan.get("Sort Key", ())]
    elif kind == "Aggregate" and plan.get("Group Key"):
        order = [str(key) for key in plan["Group Key"]]
    elif kind not in ("Limit", "LockRows", "Result", "Gather Merge", "Gather", "Append",
                      "Merge Append", "Subquery Scan", "Nested Loop", "Hash Join", "Merge Join",
                      "WindowAgg", "Unique", "ModifyTable"):  # fmt: skip
        pass
    if "Relation Name" in plan:
        found.append(
            Scan(plan.get("Schema", "public"), plan["Relation Name"], plan["Alias"], order=order,
                 node=plan)
        )  # fmt: skip
    for child in plan.get("Plans", ()):
        passes = child.get("Parent Relationship") in ("Outer", "Member", "Subquery")
        _collect(child, order if passes else [], found)


def quoted(name: str) -> str:
    """Give an identifier as PostgreSQL prints it."""
    if re.fullmatch(r"[a-z_][a-z0-9_$]*", name):
        return name
    return '"' + name.replace('"', '""') + '"'


def uses(plan: Plan) -> set[str]:
    """Give the names of the indexes that a plan uses."""
    return {str(node["Index Name"]) for node in nodes(plan) if node.get("Index Name")}


def outline(plan: Plan, depth: int = 0) -> list[str]:
    """Draw a plan in lines of text, for people."""
    what = plan["Node Type"]
    if plan.get("Index Name"):
        what += f" using {plan['Index Name']}"
    if plan.get("Relation Name"):
        what += f" on {plan.get('Schema', 'public')}.{plan['Relation Name']}"
    line = f"{'  ' * depth}{what}  (cost {plan['Total Cost']:,.2f}, rows {plan['Plan Rows']:,})"
    lines = [line]
    for name in ("Index Cond", "Recheck Cond", "Filter", "Hash Cond", "Join Filter", "Sort Key"):
        if value := plan.get(name):
            text: Any = ", ".join(value) if isinstance(value, list) else value
            lines.append(f"{'  ' * depth}    {name}: {text}")
    for child in plan.get("Plans", ()):
        lines += outline(child, depth + 1)
    return lines
