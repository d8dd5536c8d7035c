"""Rows made up for a proof: of few values, so that those of different tables meet, or don't."""

from __future__ import annotations

import random
import re

from psycopg import sql

from maint_pipeline.advice.identities import SOMEBODY
from maint_pipeline.advice.target import Row, Target, statement
from maint_pipeline.database.connection import Connection

_NULL_PART = 0.12
_LITERAL = re.compile(r"'((?:[^']|'')*)'::(?:text|character varying|[\w.\"]+)")
IDS = [SOMEBODY, *(f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 6))]


def involved(connection: Connection, relation: tuple[str, str]) -> list[Row]:
    """Give the table of a policy, and those that its sub-selects and their policies read."""
    schema, table = relation
    return connection.execute(statement("involved"), {"schema": schema, "table": table}).fetchall()


def open_table(connection: Connection, table: Row) -> None:
    """Let a table take any row."""
    name = sql.Identifier(table["schema"], table["name"])
    for constraint in table["constraints"]:
        connection.execute(
            sql.SQL("alter table {} drop constraint if exists {} cascade").format(
                name, sql.Identifier(constraint)
            )
        )
    connection.execute(sql.SQL("alter table {} disable trigger user").format(name))
    drop = sql.SQL(
        "alter table {0} alter column {1} drop identity if exists, alter column {1} drop not null"
    )
    for column in table["columns"]:
        if column["is_required"] and not column["is_generated"]:
            connection.execute(drop.format(name, sql.Identifier(column["name"])))


def fill(
    connection: Connection, table: Row, pools: dict[str, list[str]], rng: random.Random, count: int
) -> None:
    """Give a table rows, and take away what it had.

    Args:
        connection: of the table's owner.
        table: of `involved`, after `open_table`.
        pools: of `pools_of`.
        rng: what draws.
        count: of rows.
    """
    name = sql.Identifier(table["schema"], table["name"])
    columns = [column for column in table["columns"] if not column["is_generated"]]
    values = sql.SQL(", ").join(
        sql.SQL("%s::text::{}").format(sql.SQL(column["type"])) for column in columns
    )
    insert = sql.SQL("insert into {} ({}) values ({})").format(
        name, sql.SQL(", ").join(sql.Identifier(column["name"]) for column in columns), values
    )
    rows = [[_value(column, pools, rng) for column in columns] for _ in range(count)]
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("truncate {} cascade").format(name))
        cursor.executemany(insert, rows)


def _value(column: Row, pools: dict[str, list[str]], rng: random.Random) -> str | None:
    if rng.random() < _NULL_PART:
        return None
    pool = column["labels"] or pools.get(column["kind"])
    if pool is None:
        return None
    chosen: str = rng.choice(pool)
    return "{" + chosen + "}" if column["is_array"] else chosen


def pools_of(target: Target) -> dict[str, list[str]]:
    """Values for each type: few, so that rows meet, and those that the policies name."""
    texts = {"member", "x", *IDS[:2]}
    for policy in target.policies:
        bodies = [policy["using_text"] or "", *(f["source"] for f in policy["functions"])]
        for body in bodies:
            texts.update(found.replace("''", "'") for found in _LITERAL.findall(body))
    numbers = ["0", "1", "2", "3", "4", "5"]
    times = ["2001-01-01", "now", "2100-01-01"]
    return {
        "uuid": IDS, "text": sorted(texts), "varchar": sorted(texts), "bpchar": ["x"],
        "name": ["x"], "bool": ["true", "false"], "json": ["{}"], "jsonb": ["{}"],
        "timestamptz": times, "timestamp": times, "date": times, "inet": ["127.0.0.1"],
        **dict.fromkeys(("int2", "int4", "int8", "numeric", "float4", "float8"), numbers),
    }  # fmt: skip
