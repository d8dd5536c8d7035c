"""Advice that was followed: what was promised, and what came true, from the statistics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from maint_pipeline.advice.proposals import DROP, INDEX, POLICY, Advice
from maint_pipeline.advice.target import Row, Target, statement
from maint_pipeline.database.connection import Connection
from maint_pipeline.units import bytes_in_words
from maint_pipeline.units import counted as counted_words

LEAST_DAYS = 6.0
"""Before that advice that is followed is not judged: a week, less what two runs differ by."""

FULLY, PARTLY = 0.5, 0.1
"""Parts of what was promised that have to be there."""

FORGOTTEN = "delete from maint.advice where last_advised_at < now() - interval '1 year'"

CAME_TRUE, IN_PART, FAILED = "came true", "came true in part", "did not come true"
NOT_MEASURED = "can't be measured"
Counted = Mapping[str, list[float]]
"""Calls and milliseconds of statements, by their id and role as `key` has it."""


def keep(connection: Connection, advice: Advice) -> None:
    """Remember advice, so that it can be verified.

    Args:
        connection: as `maint_owner`.
        advice: what was advised today.
    """
    with connection.transaction():
        for proposal in advice.proposals:
            queries = [
                {
                    "id": row["id"], "role": row["login"], "calls_per_hour": row["calls_per_hour"],
                    "ms_per_hour": row["ms_before"], "promised_ms_per_hour": row["ms_after"],
                }
                for row in proposal.queries
            ]  # fmt: skip
            connection.execute(
                statement("keep"),
                {
                    "kind": proposal.kind, "relation": proposal.relation,
                    "definition": proposal.definition, "statement": proposal.statement,
                    "saved_ms_per_hour": proposal.saved_ms_per_hour, "bytes": proposal.bytes,
                    "confidence": proposal.confidence, "queries": json.dumps(queries),
                },
            )  # fmt: skip
        connection.execute(FORGOTTEN)


def look(connection: Connection, target: Target, counted: Counted) -> list[Row]:
    """See which advice was followed, and judge what was followed a week ago.

    Args:
        connection: as `maint_owner`.
        target: the database, as it is now.
        counted: what pg_stat_statements has counted; empty where it isn't.

    Returns:
        Rows of `statement, followed_at, outcome, reason` of what was followed and is judged now, or
        not yet.
    """
    found = []
    for row in connection.execute(statement("advised")).fetchall():
        followed = _is_followed(row, target)
        if not followed:
            if row["followed_at"]:
                connection.execute(
                    "update maint.advice set followed_at = null, counted = null where id = %s",
                    [row["id"]],
                )
            continue
        if row["followed_at"] is None:
            seen = {name: counted[name] for name in map(key, row["queries"]) if name in counted}
            connection.execute(
                "update maint.advice set followed_at = now(), counted = %s::jsonb where id = %s",
                [json.dumps(seen), row["id"]],
            )
        outcome, reason = judged(row, target, counted)
        if outcome:
            connection.execute(
                "update maint.advice set verified_at = now(), outcome = %s, outcome_reason = %s "
                "where id = %s",
                [outcome, reason, row["id"]],
            )
        found.append(
            {
                "statement": row["statement"], "followed_at": row["followed_at"],
                "outcome": outcome or "not judged yet", "reason": reason,
            }
        )  # fmt: skip
    return found


def key(query: Mapping[str, Any]) -> str:
    """Give the name of a statement in `Counted`: the same text has an id for each role."""
    return f"{query['id']} {query['role']}"


def judged(row: Row, target: Target, counted: Counted) -> tuple[str | None, str]:
    """Judge advice that was followed.

    Args:
        row: of maint.advice.
        target: the database as it is now.
        counted: what pg_stat_statements has counted.

    Returns:
        The outcome, None if it is too early, and the reason in words.
    """
    if row["days"] is None or row["days"] < LEAST_DAYS:
        return None, "followed for less than a week"
    if row["kind"] == DROP:
        return CAME_TRUE, f"{bytes_in_words(row['bytes'])} are free, and nobody made it again"
    if row["kind"] == INDEX:
        scans = next((i["scans"] for i in _indexes(row, target)), 0)
        if not scans:
            return FAILED, f"nothing has scanned it in {row['days']:.0f} days: drop it"
        return _measured(row, counted, f"scanned {counted_words(scans, 'time')}")
    return NOT_MEASURED, "the indexes that belong to it say what it saves"


def _measured(row: Row, counted: Counted, scans: str) -> tuple[str, str]:
    """Compare what its queries take now with what was promised."""
    before = promised = after = 0.0
    for query in row["queries"]:
        now, then = counted.get(key(query)), (row["counted"] or {}).get(key(query))
        if now is None or not query["calls_per_hour"]:
            continue
        # Counters that are smaller than before were reset meanwhile.
        old = then if then and then[0] <= now[0] else (0.0, 0.0)
        calls, took = now[0] - old[0], now[1] - old[1]
        before += calls * query["ms_per_hour"] / query["calls_per_hour"]
        promised += calls * query["promised_ms_per_hour"] / query["calls_per_hour"]
        after += took
    if before <= 0:
        return NOT_MEASURED, f"{scans}; how long its queries take is not known (pg_stat_statements)"
    part = (before - after) / (before - promised) if before > promised else 0.0
    words = (
        f"{scans}; its queries took {after / 1000:,.1f} s, where they would have taken "
        f"{before / 1000:,.1f} s before, and {promised / 1000:,.1f} s were promised"
    )
    return CAME_TRUE if part >= FULLY else IN_PART if part >= PARTLY else FAILED, words


def _is_followed(row: Row, target: Target) -> bool:
    if row["kind"] == DROP:
        return all(f"{i['schema']}.{i['name']}" != row["definition"] for i in target.indexes)
    if row["kind"] == INDEX:
        return any(True for _ in _indexes(row, target))
    if row["kind"] == POLICY:
        return any(
            f"{policy['schema']}.{policy['table_name']}" == row["relation"]
            and f"{policy['name']}: {policy['using_text']}" == row["definition"]
            for policy in target.policies
        )
    for (schema, name), table in target.tables().items():
        if f"{schema}.{name}" == row["relation"]:
            return any(o.startswith(f"{row['definition']}=") for o in table["options"] or ())
    return False


def _indexes(row: Row, target: Target) -> Iterator[Row]:
    """Give valid indexes that are what was advised, whatever their names."""
    for index in target.indexes:
        table = f"{index['table_schema']}.{index['table_name']}"
        definition = index["definition"].partition(" USING ")[2]
        if index["is_valid"] and (table, definition) == (row["relation"], row["definition"]):
            yield index
