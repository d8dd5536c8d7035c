"""What an hour costs on a database as it is: buffers and milliseconds of each statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from benchmarks.advice.helpdesk import Ask
from maint_pipeline.advice.target import Target, read_target
from maint_pipeline.database.connection import connect, reading_only


@dataclass(frozen=True)
class Cost:
    """Means of one call, and the worst."""

    buffers: float
    milliseconds: float
    worst_ms: float


def measure(url: str, asks: Iterable[Ask], users: Sequence[Mapping[str, Any]]) -> dict[Ask, Cost]:
    """Run each statement once for every user; what it writes is rolled back.

    Args:
        url: of the database.
        asks: the statements.
        users: with their claims and values.
    """
    costs = {}
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("set jit = off")
        for ask in asks:
            found = [_explained(connection, ask, user) for user in users]
            buffers = [plan["buffers"] for plan in found]
            milliseconds = [plan["milliseconds"] for plan in found]
            costs[ask] = Cost(
                sum(buffers) / len(found), sum(milliseconds) / len(found), max(milliseconds)
            )
    return costs


def target_of(url: str) -> Target:
    """Read what advice needs."""
    with closing(connect(url, application_name="bench", as_owner=False)) as connection:
        with reading_only(connection):
            return read_target(connection)


def buffers_of(costs: Mapping[Ask, Cost]) -> float:
    """Add up an hour."""
    return sum(ask.calls * cost.buffers for ask, cost in costs.items())


def _explained(
    connection: psycopg.Connection[Any], ask: Ask, user: Mapping[str, Any]
) -> dict[str, float]:
    with connection.transaction(force_rollback=True):
        connection.execute("select set_config('request.jwt.claims', %s, true)", [user["claims"]])
        connection.execute(f"set local role {ask.role}".encode())
        text = ask.text
        for number, name in enumerate(ask.values, 1):
            value = psycopg.sql.Literal(user[name]).as_string(connection)
            text = text.replace(f"${number}", value)
        row = connection.execute(
            f"explain (analyze, buffers, timing off, format json) {text}".encode()
        ).fetchone()
    assert row is not None
    plan = row[0][0]["Plan"]
    return {
        "buffers": plan["Shared Hit Blocks"] + plan["Shared Read Blocks"],
        "milliseconds": row[0][0]["Execution Time"],
    }
