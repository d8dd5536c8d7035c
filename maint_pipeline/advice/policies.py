"""Policies that no index can serve as they are written, and the same rows said in another way.

`col in (select …)` is a hashed subplan that filters every row; `col = any (array(select …))` is
computed once and may be looked up in an index. A function that asks who the user is can be asked
once, too. Rewriting helps only together with an index, so both are advised together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from maint_pipeline.advice.expressions import comparison, conjuncts, tokens
from maint_pipeline.advice.plans import quoted
from maint_pipeline.advice.target import Row
from maint_pipeline.advice.what_if import WhatIf
from maint_pipeline.database.connection import Connection

MOST_ROWS = 1_000
"""Of a sub-select that becomes an array, whoever asks: for a large tenant it would be a burden."""

_IN = re.compile(r"\bIN (?=\( SELECT\b)")
_EXISTS = re.compile(r"\bEXISTS (?=\( SELECT\b)")
_SUB_SELECT = re.compile(r"\( SELECT\b")
_SETTING_CALL = r"\bcurrent_setting\('[^']*'::text(?:, (?:true|false))?\)"
_FROM_WHERE = re.compile(r"^\( SELECT\b.*?\bFROM (?P<tables>.*?)\bWHERE (?P<where>.*)\)$", re.S)


@dataclass
class Rewrite:
    """A policy, and another way to say it.

    Attributes:
        policy: its row.
        old: its USING expression.
        new: the other one.
        causes: what was found, in words.
        proof: what shows that the same rows are visible, in words; None until that is shown.
        doubt: why that could not be shown.
        saved: milliseconds an hour that it saves, with the indexes that were chosen.
    """

    policy: Row
    old: str
    new: str
    causes: list[str] = field(default_factory=list)
    proof: str | None = None
    doubt: str | None = None
    saved: float = 0.0

    @property
    def relation(self) -> tuple[str, str]:
        """Schema and name of its table."""
        return self.policy["schema"], self.policy["table_name"]

    @property
    def name(self) -> str:
        """The policy and its table, for people."""
        return f"{self.policy['name']} on {'.'.join(self.relation)}"

    def statement(self, expression: str | None = None) -> str:
        """Give the statement that makes the policy say so.

        Args:
            expression: another one than `new`.
        """
        table = ".".join(quoted(part) for part in self.relation)
        body = self.new if expression is None else expression
        return f"alter policy {quoted(self.policy['name'])} on {table} using ({body});"


def rewrites(connection: Connection, policies: list[Row]) -> tuple[list[Rewrite], list[Row]]:
    """Find policies that can be said better.

    Args:
        connection: to the what-if server, as a role that may read every table there.
        policies: of the database.

    Returns:
        The rewrites, and rows with `policy` and `problem` for what was found but isn't rewritten.
    """
    found: list[Rewrite] = []
    problems: list[Row] = []
    for policy in policies:
        old = policy["using_text"]
        if not old or not policy["is_on"]:
            continue
        rewrite = Rewrite(policy, old, old)
        for step in (_arrays, _exists, _asked_once):
            step(connection, rewrite, problems)
        problems += _per_row(policy, rewrite.new)
        if rewrite.new != old:
            found.append(rewrite)
    return found, problems


def policy_expression(made: WhatIf, rewrite: Rewrite) -> str:
    """Give what catalogs say of a policy that was altered.

    Args:
        made: the what-if server, where it is.
        rewrite: the policy.
    """
    row = made.restorer.execute(
        "select pg_get_expr(polqual, polrelid) as text from pg_policy "
        "where polname = %s and polrelid = format('%%I.%%I', %s::text, %s::text)::regclass",
        [rewrite.policy["name"], *rewrite.relation],
    ).fetchone()
    return str(row["text"]) if row else ""


def _closing(text: str, start: int) -> int:
    """Give the place after the parenthesis that closes the one at a place."""
    for token in tokens(text[start:]):
        if token.text == ")" and token.depth == 0:
            return start + token.start + 1
    return len(text)


def _arrays(connection: Connection, rewrite: Rewrite, problems: list[Row]) -> None:
    """Turn `x in (select …)` into `x = any (array(select …))`."""
    at = 0
    while match := _IN.search(rewrite.new, at):
        end = _closing(rewrite.new, match.end())
        select = rewrite.new[match.end() : end]
        at = match.end()
        if (reason := _unfit(connection, select)) is not None:
            problems.append(
                _problem(rewrite.policy, f"in (select …) can't become an array: {reason}")
            )
            continue
        text = rewrite.new
        rewrite.new = f"{text[: match.start()]}= ANY (ARRAY{select}){text[end:]}"
        rewrite.causes.append("in (select …) is a filter on every row")


def _exists(connection: Connection, rewrite: Rewrite, problems: list[Row]) -> None:
    """Turn `exists (select … where inner = outer)` into `outer = any (array(select inner …))`."""
    at = 0
    while match := _EXISTS.search(rewrite.new, at):
        text, at = rewrite.new, match.end()
        end = _closing(text, match.end())
        # Where it isn't true it may be null now instead of false: not the same within NOT.
        if re.search(r"\bNOT \(*$", text[: match.start()]) or "NOT (" in text[: match.start()]:
            continue
        said = _uncorrelated(text[match.end() : end], rewrite.policy["table_name"])
        if said is None:
            continue
        outer, select = said
        if (reason := _unfit(connection, select)) is not None:
            problems.append(
                _problem(rewrite.policy, f"exists (select …) can't become an array: {reason}")
            )
            continue
        rewrite.new = f"{text[: match.start()]}{outer} = ANY (ARRAY{select}){text[end:]}"
        rewrite.causes.append("exists (select …) is evaluated for every row")


def _uncorrelated(select: str, table: str) -> tuple[str, str] | None:
    found = _FROM_WHERE.match(select)
    if found is None or re.search(r"\b(GROUP BY|LIMIT|UNION|HAVING|OFFSET)\b", select):
        return None
    prefix = f"{quoted(table)}."
    parts = conjuncts(found["where"])
    linking = [part for part in parts if prefix in part]
    if len(linking) != 1 or (link := comparison(linking[0])) is None or link.operator != "=":
        return None
    inner, outer = (link.left, link.right) if prefix in link.right else (link.right, link.left)
    if prefix in inner or not re.fullmatch(r'[\w."]+', outer):
        return None
    rest = " AND ".join(f"({part})" for part in parts if part != linking[0]) or "true"
    # Made of PostgreSQL's own words, and first tried on the what-if server.
    return outer, f"( SELECT {inner} FROM {found['tables'].strip()} WHERE {rest})"  # noqa: S608


def _asked_once(connection: Connection, rewrite: Rewrite, problems: list[Row]) -> None:
    """Put functions that ask who the user is into a sub-select, which is evaluated once."""
    del connection, problems
    calls = [
        rf"(?<![\w.]){re.escape(function['name'])}\(\)"
        for function in rewrite.policy["functions"]
        if function["arguments"] == 0 and function["volatility"] in "si"
    ]
    text = rewrite.new
    for call in (*calls, _SETTING_CALL):
        text = _in_sub_selects(text, call)
    if text != rewrite.new:
        rewrite.new = text
        rewrite.causes.append("a function that asks who the user is is called for every row")


def _in_sub_selects(text: str, call: str) -> str:
    once = _evaluated_once(text)

    def put(match: re.Match[str]) -> str:
        is_once = any(match.start() in place for place in once)
        return match[0] if is_once else f"( SELECT {match[0]})"

    return re.sub(call, put, text)


def _evaluated_once(text: str) -> list[range]:
    """Give the places of sub-selects that read no table; most are evaluated once."""
    places = (range(m.start(), _closing(text, m.start())) for m in _SUB_SELECT.finditer(text))
    return [place for place in places if not re.search(r"\bFROM\b", text[place.start : place.stop])]


def _per_row(policy: Row, text: str) -> Iterator[Row]:
    """Name functions that are called with a column of each row."""
    for function in policy["functions"]:
        called = re.search(rf"(?<![\w.]){re.escape(function['name'])}\(", text)
        if function["arguments"] and called:
            yield _problem(
                policy,
                f"{function['name']} is called for every row, so no index helps. Let a function "
                "without arguments return what the user may see (returns setof …, stable), and "
                "write: column = any (array(select that_function()))",
            )
        elif function["volatility"] == "v" and called:
            words = "is volatile, so it is called for every row: declare it stable if it only reads"
            yield _problem(policy, f"{function['name']} {words}")


def _problem(policy: Row, problem: str) -> Row:
    return {
        "policy": f"{policy['name']} on {policy['schema']}.{policy['table_name']}",
        "problem": problem,
    }


def _unfit(connection: Connection, select: str) -> str | None:
    """Say why a sub-select can't stand alone; None if it can."""
    query = sql.SQL("explain (format json) select * from {} as alone").format(sql.SQL(select))
    try:
        row = connection.execute(query).fetchone()
    except psycopg.Error as error:
        return f"it depends on the row ({str(error).splitlines()[0]})"
    rows = next(iter(row.values()))[0]["Plan"]["Plan Rows"] if row else 0
    return f"it has about {rows:,} rows" if rows > MOST_ROWS else None
