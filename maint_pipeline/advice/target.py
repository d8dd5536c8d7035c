"""What is read of the database that is to be advised: its catalogs and statistics, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one

Row = dict[str, Any]

BLOCK_BYTES = 8192
_OLDEST_STATISTICS = 18


@cache
def statement(name: str) -> LiteralString:
    """Give the text of a query in `sql/`.

    Args:
        name: of its file, without the suffix.
    """
    text = (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return text


@dataclass(frozen=True)
class Target:
    """A database, as its catalogs and statistics describe it.

    Attributes:
        server: version, encoding, `database` (its row of pg_database), when statistics were reset.
        settings: of the server, for the planner, by name.
        roles: by name.
        relations: tables, materialized views and indexes, with sizes and writes.
        statistics: of columns, as pg_stats has them.
        unseen: what the connecting role may not see, in words.
    """

    server: Row
    settings: dict[str, str]
    roles: dict[str, Row]
    relations: list[Row]
    views: list[Row]
    statistics: list[Row]
    indexes: list[Row]
    policies: list[Row]
    extensions: dict[str, str]
    unseen: list[str] = field(default_factory=list)

    @property
    def version(self) -> int:
        """PostgreSQL's major version."""
        return int(self.server["version"])

    def tables(self) -> dict[tuple[str, str], Row]:
        """Give tables and materialized views by schema and name."""
        return {(row["schema"], row["name"]): row for row in self.relations if row["kind"] in "rmp"}

    def planned_as(self, role: str) -> Row | None:
        """Give a role's row; None for a role that there is not."""
        return self.roles.get(role)


def read_target(connection: Connection) -> Target:
    """Read what a what-if server needs.

    Args:
        connection: that only reads, with limits on the time of each statement.

    Returns:
        The description. Nothing of it is kept anywhere else.

    Raises:
        psycopg.Error: a statement went beyond its limit.
    """
    server = fetch_one(connection, statement("server"))

    def rows(name: str) -> list[Row]:
        return connection.execute(statement(name)).fetchall()

    settings = {row["name"]: row["value"] for row in rows("settings")}
    roles = {row["name"]: row for row in rows("roles")}
    relations, statistics = rows("relations"), rows("statistics")
    return Target(
        server=server, settings=settings, roles=roles, relations=relations, views=rows("views"),
        statistics=statistics,
        indexes=rows("indexes"), policies=rows("policies"),
        extensions={row["name"]: row["schema"] for row in rows("extensions")},
        unseen=_unseen(connection, relations, statistics),
    )  # fmt: skip


def _unseen(connection: Connection, relations: list[Row], statistics: list[Row]) -> list[str]:
    """Say which tables have rows, but no statistics that this role may see."""
    known = {(row["schema"], row["name"]) for row in statistics}
    unseen = []
    for row in relations:
        if row["kind"] not in "rm" or row["tuples"] <= 0 or (row["schema"], row["name"]) in known:
            continue
        why = "not analyzed yet"
        if not row["is_readable"]:
            why = f"{connection.info.user} may not read it"
        elif row["is_bound"]:
            why = f"row security hides them from {connection.info.user}"
        unseen.append(f"statistics of {row['schema']}.{row['name']}: {why}")
    try:
        extended = fetch_one(
            connection, "select count(*) as n from pg_statistic_ext "
            "where stxnamespace::regnamespace::text not in ('pg_catalog', 'maint')",
        )["n"]  # fmt: skip
    except psycopg.Error:
        extended = 0
    if extended:
        unseen.append(f"{extended} extended statistics objects: their figures can't be copied")
    return unseen
