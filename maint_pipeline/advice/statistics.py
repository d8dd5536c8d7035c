"""Planner statistics, put into a what-if server as text.

PostgreSQL 18 has functions for that. Before, the rows of pg_statistic are written, by the scratch
server's superuser, who then evaluates nothing but PostgreSQL's own input functions: values of
types whose input could run code of the application are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.advice.target import Row, statement
from maint_pipeline.database.connection import Connection

FUNCTIONS_SINCE = 18
_FIELDS = {
    "null_frac": "real", "avg_width": "integer", "n_distinct": "real",
    "most_common_vals": "text", "most_common_freqs": "real[]", "histogram_bounds": "text",
    "correlation": "real", "most_common_elems": "text", "most_common_elem_freqs": "real[]",
    "elem_count_histogram": "real[]",
}  # fmt: skip


def copy_statistics(
    version: int, restorer: Connection, superuser: Connection, rows: Iterable[Row]
) -> list[str]:
    """Put statistics of columns into the what-if server.

    Args:
        version: of it.
        restorer: a session of the role that owns the tables there.
        superuser: one of its superuser.
        rows: as pg_stats has them.

    Returns:
        What could not be copied, in words.
    """
    lost: list[str] = []
    old = version < FUNCTIONS_SINCE
    if old:
        superuser.execute("set allow_system_table_mods = on")
    for row in rows:
        try:
            if old:
                superuser.execute(statement("put_statistics"), _old_values(row))
            else:
                restorer.execute(*_restoring(row))
        except psycopg.Error as error:
            reason = str(error).splitlines()[0]
            lost.append(f"statistics of {row['schema']}.{row['name']}.{row['column']}: {reason}")
    return lost


def _restoring(row: Row) -> tuple[sql.Composed, list[Any]]:
    given: list[tuple[str, str, Any]] = [
        ("schemaname", "text", row["schema"]),
        ("relname", "text", row["name"]),
        ("attname", "text", row["column"]),
        ("inherited", "boolean", row["inherited"]),
    ]
    given += [(name, kind, row[name]) for name, kind in _FIELDS.items() if row[name] is not None]
    arguments = sql.SQL(", ").join(
        sql.SQL("{}, %s::{}").format(name, sql.SQL(kind)) for name, kind, _ in given
    )
    values = [value for _, _, value in given]
    return sql.SQL("select pg_restore_attribute_stats({})").format(arguments), values


def _old_values(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("schema", "name", "column", "inherited", *_FIELDS)}
