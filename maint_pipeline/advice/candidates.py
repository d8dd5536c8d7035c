"""Candidates: indexes that could serve the conditions and orders that plans show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from maint_pipeline.advice.expressions import (
    Comparison,
    comparison,
    conjuncts,
    literal,
    peeled,
    split,
)
from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.plans import Scan, quoted
from maint_pipeline.advice.target import Target

MOST_COLUMNS = 3
FEW_VALUES = 10
"""A column of so few values is one like a status, for one of which a partial index may serve."""

_RANGES = frozenset({"<", ">", "<=", ">="})
_GIN = frozenset({"@>", "&&", "@@", "?", "?|", "?&"})
_GIN_TYPES = ("jsonb", "tsvector", "ARRAY")
_NULL_TEST = re.compile(r"(.+?) IS (NOT )?NULL", re.S)
_ORDER = re.compile(r"(.+?)( DESC)?( NULLS (?:FIRST|LAST))?", re.S)


@dataclass
class _Wanted:
    """What the conditions on a table ask for."""

    equal: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    constant: list[str] = field(default_factory=list)
    gin: list[str] = field(default_factory=list)


class Columns:
    """How many distinct values each column has, to put those with most values first."""

    def __init__(self, target: Target) -> None:
        tuples = {key: max(1.0, row["tuples"]) for key, row in target.tables().items()}
        self._distinct = {}
        for row in target.statistics:
            count = float(row["n_distinct"])
            rows = tuples.get((row["schema"], row["name"]), 1.0)
            key = (row["schema"], row["name"], quoted(row["column"]))
            self._distinct[key] = count if count >= 0 else -count * rows

    def distinct(self, schema: str, table: str, key: str) -> float:
        """Give the number of distinct values; 100 for an expression."""
        return self._distinct.get((schema, table, key), 100.0)

    def is_column(self, schema: str, table: str, key: str) -> bool:
        """Return whether a key is a column with statistics."""
        return (schema, table, key) in self._distinct


def candidates(scan: Scan, columns: Columns) -> Iterator[Index]:
    """Give indexes that may serve a table of a plan.

    Args:
        scan: the table, its conditions and its order.
        columns: of the database.
    """
    wanted = _wanted(scan, columns)
    equal = sorted(
        dict.fromkeys(wanted.equal),
        key=lambda key: -columns.distinct(scan.schema, scan.table, key),
    )
    order = _order_keys(scan)
    seen: set[tuple[str, ...]] = set()
    keys: list[tuple[str, ...]] = []
    for count in range(min(len(equal), MOST_COLUMNS) + 1):
        first = tuple(equal[:count])
        keys += _with_tail(first, order, wanted.ranges)
    keys += [(key,) for key in equal]
    keys += _with_tail((), order, wanted.ranges)
    for key in equal:
        keys += _with_tail((key,), order, wanted.ranges)
    conditions = _conditions(wanted)
    for each in keys:
        if not each or each in seen:
            continue
        seen.add(each)
        yield Index(scan.schema, scan.table, each)
        for condition in conditions:
            if not all(_bare(key) in condition for key in each):
                yield Index(scan.schema, scan.table, each, condition)
    for key in dict.fromkeys(wanted.gin):
        yield Index(scan.schema, scan.table, (key,), None, "gin")


def _with_tail(
    first: tuple[str, ...], order: list[str], ranges: list[str]
) -> Iterator[tuple[str, ...]]:
    """Follow equal columns by the order, or else by one range."""
    if first:
        yield first[:MOST_COLUMNS]
    rest = [key for key in order if _bare(key) not in first]
    if rest and len(first) < MOST_COLUMNS:
        yield (*first, *rest)[:MOST_COLUMNS]
    for key in dict.fromkeys(ranges):
        if key not in first and len(first) < MOST_COLUMNS:
            yield (*first, key)


def _bare(key: str) -> str:
    return re.sub(r"( desc)?( nulls (first|last))?$", "", key)


def _order_keys(scan: Scan) -> list[str]:
    keys = []
    for entry in scan.order:
        found = _ORDER.fullmatch(entry.strip())
        key = _own(found[1], scan) if found else None
        if found is None or key is None:
            break
        keys.append(key + (found[2] or "").lower() + (found[3] or "").lower())
    return keys


def _own(text: str, scan: Scan) -> str | None:
    """Give an expression as an index of the table has it; None if it needs more than one row."""
    text = peeled(text)
    prefix = rf'(?<![\w"]){re.escape(quoted(scan.alias))}\.'
    bare = re.sub(prefix, "", text)
    if bare == text or _names_others(bare):
        return None
    plain = re.fullmatch(
        r'\(?("(?:[^"]|"")+"|[a-z_][\w$]*)\)?(?:::(?:text|character varying))?', bare
    )
    if plain:
        return plain[1]
    # An expression is in parentheses, but for a call of a function.
    if re.fullmatch(r"[a-z_]\w*\(.*\)", bare, re.S) and _is_harmless(bare):
        return bare
    return None


def _names_others(text: str) -> bool:
    without = re.sub(r"'(?:[^']|'')*'|::[\w.\" ]+", "", text)
    return re.search(r'[\w"]\.[\w"]|\$\d|SubPlan|InitPlan', without) is not None


def _is_harmless(text: str) -> bool:
    return re.match(r"(lower|upper|date_trunc|md5|btrim|coalesce|date_part)\(", text) is not None


def _wanted(scan: Scan, columns: Columns) -> _Wanted:
    wanted = _Wanted()
    for text in scan.conditions:
        for part in conjuncts(text):
            branches = split(part, "OR")
            if len(branches) == 1:
                _look(part, scan, columns, wanted)
            else:  # each branch may have an index of its own
                for branch in branches:
                    for inner in conjuncts(branch):
                        _look(inner, scan, columns, wanted, is_branch=True)
    return wanted


def _look(
    part: str, scan: Scan, columns: Columns, wanted: _Wanted, *, is_branch: bool = False
) -> None:
    if null := _NULL_TEST.fullmatch(part):
        key = _own(null[1], scan)
        if key and not is_branch:
            wanted.constant.append(f"{key} is {'not ' if null[2] else ''}null")
            if not null[2]:
                wanted.equal.append(key)
        return
    found = comparison(part)
    if found is None:
        negated = part.removeprefix("NOT ")
        key = _own(negated, scan)
        if key and "(" not in key and not is_branch:
            wanted.constant.append(f"not {key}" if negated != part else key)
        return
    turned = Comparison(found.right, _turned(found.operator), found.left)
    for sides in (found, turned):
        _look_at_sides(sides, scan, columns, wanted, is_branch=is_branch)


def _look_at_sides(
    sides: Comparison, scan: Scan, columns: Columns, wanted: _Wanted, *, is_branch: bool
) -> None:
    left, operator, right = sides.left, sides.operator, sides.right
    key = _own(left, scan)
    if key is None or f"{quoted(scan.alias)}." in right:
        return
    if operator == "=":
        if "hashed SubPlan" in right:
            return
        wanted.equal.append(key)
        few = columns.distinct(scan.schema, scan.table, key) <= FEW_VALUES
        if few and literal(right) and not is_branch:
            wanted.constant.append(f"{key} = {peeled(right)}")
    elif operator in _RANGES:
        wanted.ranges.append(key)
    elif operator in _GIN:
        wanted.gin.append(key)


def _turned(operator: str) -> str:
    return {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(
        operator, operator if operator == "=" else ""
    )


def _conditions(wanted: _Wanted) -> list[str]:
    each = list(dict.fromkeys(wanted.constant))[:MOST_COLUMNS]
    return [*each, *([" and ".join(each)] if len(each) > 1 else [])]
