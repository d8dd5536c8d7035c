"""The workload: which queries run, as whom, how often and how long."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import sql

from maint_pipeline.advice.target import Row, Target, statement
from maint_pipeline.database.connection import Connection
from maint_pipeline.errors import UsageError

MOST_QUERIES = 200
SAMPLES_PER_SECOND = 20
STATEMENTS, ACTIVITY, FILE = "pg_stat_statements", "pg_stat_activity", "file"

_PLANNABLE = re.compile(
    r"\s*(?:/\*.*?\*/\s*|--[^\n]*\n\s*|\(\s*)*"
    r"(select|with|insert|update|delete|merge|table|values)\b",
    re.I | re.S,
)
_LIMIT = re.compile(r"\blimit\s+(\$\d+)", re.I)
_PARAMETER = re.compile(r"\$(\d+)")
_OURS = re.compile(r"\b(maint|pg_catalog|information_schema)\.|\bpg_(stat|class|index|roles)", re.I)
_INSERTS = re.compile(r"\binsert\s+into\s+([\w.\"]+)", re.I)
_WRITES = re.compile(r"\bupdate\s+(?:only\s+)?([\w.\"]+)(?:\s+(?:as\s+)?\w+)?\s+set\s+(.*?)"
                     r"(?:\bwhere\b|\breturning\b|\bfrom\b|$)", re.I | re.S)  # fmt: skip
_ASSIGNED = re.compile(r"(?:^|,)\s*\(?\s*\"?(\w+)\"?\s*(?:,[\w\s,\"]*\))?\s*=", re.S)


@dataclass(frozen=True)
class Query:
    """A query of the workload.

    Attributes:
        id: of pg_stat_statements, or made of its text.
        text: with $1 and so on for constants, where they are not known.
        role: that runs it.
        calls: in the workload's time.
        milliseconds: it took in all.
        claims: what its session set, where that is known.
        rows: that it returned or wrote in all, where that is known.
    """

    id: str
    text: str
    role: str
    calls: float
    milliseconds: float
    claims: str | None = None
    rows: float | None = None

    def inserted(self) -> str | None:
        """Give the table of an INSERT, as it names it; None of other queries."""
        found = _INSERTS.search(self.text)
        return found[1].rpartition(".")[2].strip('"') if found else None

    @property
    def written(self) -> float:
        """Rows that it writes, if it is an INSERT or an UPDATE."""
        return self.calls if self.rows is None else self.rows

    def updated(self) -> tuple[str, frozenset[str]] | None:
        """Give the table and the columns of an UPDATE, as it names them; None of other queries."""
        found = _WRITES.search(self.text)
        if found is None:
            return None
        table = found[1].rpartition(".")[2].strip('"')
        return table, frozenset(_ASSIGNED.findall(found[2]))


@dataclass
class Workload:
    """The queries, and how far they are to be trusted.

    Attributes:
        source: STATEMENTS, ACTIVITY or FILE.
        hours: that it covers.
        trust: in words.
        left_out: queries that were not considered, with the reason.
    """

    source: str
    queries: list[Query]
    hours: float
    trust: str
    left_out: list[Row] = field(default_factory=list)


def read_workload(connection: Connection, target: Target, seconds: float) -> Workload:
    """Take the workload from pg_stat_statements where it is, else from samples of what runs.

    Args:
        connection: in autocommit mode or in a transaction that only reads.
        target: the database.
        seconds: for samples.
    """
    if (schema := target.extensions.get("pg_stat_statements")) is not None:
        rows, hours = _statements(connection, target, schema)
        if rows:
            return _workload(
                STATEMENTS, rows, hours,
                f"pg_stat_statements of {hours:,.0f} hours: all that ran, without its constants",
            )  # fmt: skip
    rows, seen, taken = _samples(connection, seconds)
    return _workload(
        ACTIVITY, rows, seconds / 3600,
        f"{taken} samples of pg_stat_activity in {seconds:.0f} s saw {seen} running queries: what "
        "ran at other times, or is very short, is missing. Create the extension "
        "pg_stat_statements for advice on all of it",
    )  # fmt: skip


def read_file(path: Path) -> Workload:
    """Read a workload from a file: a JSON array of objects with query, role, calls, milliseconds.

    Args:
        path: the file; `claims` of an object is its JSON of claims, `hours` what it covers.

    Raises:
        UsageError: it can't be read, or lacks something.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            {
                "id": str(entry.get("id", number)), "query": entry["query"],
                "role": entry.get("role"), "calls": float(entry.get("calls", 1)),
                "milliseconds": float(entry["milliseconds"]), "rows": entry.get("rows"),
                "claims": _claims(entry.get("claims")),
            }
            for number, entry in enumerate(entries, 1)
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} is no workload: {error!r}. It is a JSON array of objects with "
            "query, role, calls and milliseconds (of one hour)."
        ) from None
    return _workload(FILE, rows, 1.0, f"the file {path.name}")


def _claims(given: Any) -> str | None:
    return given if given is None or isinstance(given, str) else json.dumps(given)


def _statements(connection: Connection, target: Target, schema: str) -> tuple[list[Row], float]:
    view = sql.Identifier(schema, "pg_stat_statements")
    query = sql.SQL(statement("statements")).format(view=view)
    rows = connection.execute(query, {"most": MOST_QUERIES * 2}).fetchall()
    info = sql.SQL("select extract(epoch from now() - stats_reset) / 3600 as hours from {}").format(
        sql.Identifier(schema, "pg_stat_statements_info")
    )
    found = connection.execute(info).fetchone()
    return rows, max(float(found["hours"] or 0) if found else 0, 1 / 60)


def read_counted(connection: Connection, target: Target) -> dict[str, list[float]]:
    """Give what pg_stat_statements has counted until now; nothing where it isn't.

    Args:
        connection: as for `read_workload`.
        target: the database.

    Returns:
        Calls and milliseconds of statements, by `ID ROLE`.
    """
    if (schema := target.extensions.get("pg_stat_statements")) is None:
        return {}
    rows, _ = _statements(connection, target, schema)
    return {f"{row['id']} {row['role']}": [row["calls"], row["milliseconds"]] for row in rows}


def _samples(connection: Connection, seconds: float) -> tuple[list[Row], int, int]:
    """Look what runs, again and again: a query's share of the looks is its share of the time."""
    seen: Counter[tuple[str, str]] = Counter()
    texts: dict[tuple[str, str], Row] = {}
    began, taken = time.monotonic(), 0
    while (now := time.monotonic()) < began + seconds:
        connection.execute("select pg_stat_clear_snapshot()")
        for row in connection.execute(statement("activity")).fetchall():
            key = (row["id"], row["role"])
            seen[key] += 1
            texts.setdefault(key, row)
        taken += 1
        time.sleep(max(0.0, now + 1 / SAMPLES_PER_SECOND - time.monotonic()))
    each = seconds * 1000 / max(1, taken)
    rows = [
        {**texts[key], "calls": float(count), "milliseconds": count * each, "rows": None}
        for key, count in seen.most_common()
    ]
    return rows, sum(seen.values()), taken


def _workload(source: str, rows: list[Row], hours: float, trust: str) -> Workload:
    queries: list[Query] = []
    left_out: list[Row] = []
    for row in rows:
        text = row["query"] or ""
        reason = None
        if row.get("is_cut"):
            reason = "its text is cut: raise track_activity_query_size"
        elif not _PLANNABLE.match(text):
            continue  # BEGIN, SET and so on, which no index helps
        elif _OURS.search(text):
            continue
        elif len(queries) >= MOST_QUERIES:
            reason = f"only the {MOST_QUERIES} queries that take most time are considered"
        if reason:
            left_out.append({"query": text, "role": row["role"], "reason": reason})
            continue
        queries.append(
            Query(row["id"], _with_limit(text.rstrip().rstrip(";"), row), row["role"] or "",
                  row["calls"] / hours, row["milliseconds"] / hours, row.get("claims"),
                  None if row["rows"] is None else row["rows"] / hours)
        )  # fmt: skip
    return Workload(source, queries, hours, trust, left_out)


def _with_limit(text: str, row: Row) -> str:
    """Put in the limit that rows and calls suggest: PostgreSQL would think of 10 % of all rows."""
    if not row["rows"] or row["calls"] <= 0:
        return text
    rows = max(1, round(row["rows"] / row["calls"]))
    found = _LIMIT.findall(text)
    if len(found) != 1 or text.count(found[0]) != 1:
        return text
    gone = int(found[0][1:])
    text = _LIMIT.sub(f"limit {rows}", text)
    return _PARAMETER.sub(lambda match: f"${int(match[1]) - (int(match[1]) > gone)}", text)
