"""Which tables grow and may have a retention policy. Proposes, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from psycopg import sql

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.growth import Growth, weigh
from maint_pipeline.retention.statistics import TimedTable, read_growth
from maint_pipeline.retention.table_names import written_table
from maint_pipeline.sources.catalog import Column, Relation, may_read, read_relations
from maint_pipeline.sources.command_line import command
from maint_pipeline.sources.likeness import time_names

LEAST_CONFIDENCE = 0.4
LEAST_ROWS = 1000
"""Smaller tables are left alone: nothing would be won."""

_TAKEN = """
select format('%I.%I', table_schema, table_name) as relation, name from maint.retention_policies
"""


@dataclass(frozen=True)
class PolicySuggestion:
    """A table that grows.

    Attributes:
        relation: quoted as SQL has it.
        keep: an interval.
        confidence: 0 to 1.
        reasons: arguments for and against it, as text.
        rows: estimated; None where nobody has counted.
        bytes: with indexes and TOAST, as the latest vacuum or analyze saw it.
        rows_per_day: None without statistics.
        oldest_at: the oldest row's time; None if finding it is not cheap.
        index: `btree` or `brin` on the time column; None without.
        would_free_rows: estimated; None without statistics.
        would_free_bytes: the same.
        note: what is unknown, and why.
        problem: why it can't have a policy as it is.
        grant: the SQL to run before, where `maint_owner` may not use the schema; None otherwise.
        command: what adds the policy.
    """

    relation: str
    time_column: str | None
    keep: str
    confidence: float
    reasons: list[str]
    rows: int | None
    bytes: int | None
    rows_per_day: float | None
    oldest_at: datetime | None
    index: str | None
    would_free_rows: int | None
    would_free_bytes: int | None
    note: str | None
    problem: str | None
    grant: str | None
    command: str | None


def suggest_policies(connection: Connection) -> list[PolicySuggestion]:
    """Name the tables that grow, with what a policy would free.

    Reads catalogs and statistics; of rows only the oldest one's time, where an index leads to it.
    Works before the first migration.

    Args:
        connection: as any role, in a transaction that only reads; the more it may see, the better.

    Returns:
        The most confident first. Tables that have a policy are left out.
    """
    taken = _taken(connection)
    candidates = {
        relation.oid: (relation, column)
        for relation in read_relations(connection)
        if relation.kind in ("r", "p") and not relation.is_platform and relation.quoted not in taken
        for column in [time_column(relation)]
        if column is not None
    }
    found = []
    wanted = {
        oid: TimedTable(relation.schema, relation.name, column.name)
        for oid, (relation, column) in candidates.items()
    }
    for oid, growth in read_growth(connection, wanted):
        relation, column = candidates[oid]
        # Where statistics have seen no row come, nothing says that it grows.
        if (growth.rows or growth.inserted) >= LEAST_ROWS:
            found.append(_suggestion(relation, column, growth, set(taken.values())))
    worth = [suggestion for suggestion in found if suggestion.confidence >= LEAST_CONFIDENCE]
    return sorted(worth, key=lambda s: (-s.confidence, -(s.bytes or 0), s.relation))


def _taken(connection: Connection) -> dict[str, str]:
    """Give the policies that there are, by relation; none before the first migration."""
    if not may_read(connection, "retention_policies"):
        return {}
    return {row["relation"]: row["name"] for row in connection.execute(_TAKEN).fetchall()}


def time_column(relation: Relation) -> Column | None:
    """Choose the column with a row's age.

    Args:
        relation: of the application.

    Returns:
        None where no column looks like it.
    """
    for name in time_names():
        column = relation.by_name.get(name)
        if column and column.kind == "time":
            return column
    for column in relation.columns:
        if column.kind == "time" and column.is_default_now:
            return column
    return None


def _suggestion(
    relation: Relation, column: Column, growth: Growth, names: set[str]
) -> PolicySuggestion:
    keep, evidence = weigh(relation, column, growth)
    cutoff = datetime.now(UTC) - timedelta(days=keep)
    freed = growth.rows_before(cutoff)
    words = [
        "maint", "policies", "add", _name(relation, names),
        "--table", written_table(relation.schema, relation.name),
        "--time-column", column.name, "--keep", f"{keep} days",
    ]  # fmt: skip
    problem = relation.closed_because
    return PolicySuggestion(
        relation=relation.quoted,
        time_column=column.name,
        keep=f"{keep} days",
        confidence=evidence.confidence,
        reasons=evidence.reasons,
        rows=growth.rows,
        bytes=growth.bytes,
        rows_per_day=growth.rows_per_day,
        oldest_at=growth.oldest_at,
        index=growth.index,
        would_free_rows=freed,
        would_free_bytes=growth.bytes_of(freed),
        note=growth.note,
        problem=problem,
        grant=None if problem or growth.may_enter else _grant(relation),
        command=None if problem else command(words),
    )


def _grant(relation: Relation) -> str:
    schema = sql.Identifier(relation.schema)
    return sql.SQL("grant usage on schema {} to maint_owner").format(schema).as_string()


def _name(relation: Relation, names: set[str]) -> str:
    """Make a name for the policy out of the table's, in the letters that a name may have."""
    ascii_only = "".join(
        c if c.isascii() and (c.isalnum() or c == "_") else "_" for c in relation.name
    )
    base = f"expire_{ascii_only.strip('_') or 'table'}"[:58]
    name, number = base, 1
    while name in names:
        number += 1
        name = f"{base}_{number}"
    names.add(name)
    return name
