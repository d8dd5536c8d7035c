"""The columns that we add to tables of the application: the one place that lists them.

Steps add them, preflight.sql checks whether their names are free, and `maint migrate --down` knows
by their comments that they are ours. What else a table needs is decided where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maint_pipeline.database.connection import Connection, fetch_one

LEDGER = "public.maintenance_task_runs"
ALERTS_TABLE = "public.security_alerts"


@dataclass(frozen=True)
class Column:
    """A column of ours.

    Attributes:
        table: with its schema.
        name: its name.
        type: as PostgreSQL writes it.
        meaning: for the column's comment.
        default: a constant; where there is one, the column is not null.
    """

    table: str
    name: str
    type: str
    meaning: str
    default: str | None = None

    def statement(self) -> str:
        """Give what adds it, with the comment that says whose it is. No row is rewritten."""
        rest = f" not null default {self.default}" if self.default is not None else ""
        return (
            f"alter table {self.table} add column {self.name} {self.type}{rest};\n"
            f"comment on column {self.table}.{self.name} is 'maint_pipeline: {self.meaning}';"
        )


LEDGER_COLUMNS = (
    Column(LEDGER, "trigger", "text", "what started the run"),
    Column(LEDGER, "dagster_run_id", "text", "the run in Dagster"),
    Column(LEDGER, "started_by", "jsonb", "who started it"),
    # No foreign key: a policy of the application may delete a run before its parts.
    Column(LEDGER, "parent_id", "uuid", "the run that this one is a part of"),
)
ALERT_COLUMNS = (
    Column(ALERTS_TABLE, "fingerprint", "text", "identity: check and object"),
    Column(ALERTS_TABLE, "occurrences", "integer", "times seen", default="1"),
    Column(ALERTS_TABLE, "last_seen_at", "timestamp with time zone", "when seen last"),
    Column(ALERTS_TABLE, "absences", "integer", "evaluations since it was seen last", default="0"),
    Column(ALERTS_TABLE, "acknowledged_at", "timestamp with time zone", "when it was acknowledged"),
    Column(
        ALERTS_TABLE, "silenced_until", "timestamp with time zone",
        "no notifications until",
    ),
)  # fmt: skip


def missing(connection: Connection, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that their tables lack; all of those of a table that doesn't exist.

    Args:
        connection: of the role that migrates; only read.
        columns: of any tables.
    """
    there = {
        table: fetch_one(
            connection,
            "select array(select attname::text from pg_attribute "
            "where attrelid = to_regclass(%s) and not attisdropped) as names",
            [table],
        )["names"]
        for table in {column.table for column in columns}
    }
    return [column for column in columns if column.name not in there[column.table]]
