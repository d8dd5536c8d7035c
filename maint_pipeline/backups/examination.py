"""Looking at a restored database: is every index sound, every row readable, and how new is it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from maint_pipeline.database.connection import Connection

LEAST_PART = 0.5
"""A table restored with less than this part of the source's rows has lost some."""

LEAST_ROWS = 1000
"""Tables smaller than this in the source change too much to be compared."""

_TABLES = """
select relation.oid, namespace.nspname as schema, relation.relname as name,
    relation.reltuples as expected,
    array_agg(attname order by attnum) filter (where is_time) as times
from pg_class as relation
join pg_namespace as namespace on namespace.oid = relnamespace
left join lateral (
    select attname, attnum, atttypid = 'timestamptz'::regtype
        and attname ~ '^(time|ts|timestamp|.*(created|updated|inserted|occurred|started|logged).*)$'
        as is_time
    from pg_attribute
    where attrelid = relation.oid and attnum > 0 and not attisdropped
) as columns on true
where relkind = 'r' and relpersistence = 'p'
    and nspname <> 'information_schema' and nspname not like 'pg\\_%'
group by relation.oid, namespace.nspname, relation.relname, relation.reltuples
order by namespace.nspname, relation.relname
"""
_INDEXES = """
select indexrelid::regclass::text as name, indexrelid as oid
from pg_index
join pg_class on pg_class.oid = indexrelid
where relam = (select oid from pg_am where amname = 'btree')
    and indisvalid and indisready and relpersistence = 'p' and relkind = 'i'
order by relpages desc
"""
_SOURCE_ROWS = """
select schemaname as schema, relation.relname as name,
    greatest(n_live_tup, reltuples)::bigint as row_count
from pg_stat_user_tables
join pg_class as relation on relation.oid = relid
"""


@dataclass
class Examination:
    """What was seen.

    Attributes:
        tables: rows with `table, rows, newest`.
        checked: what was looked at, in words.
        problems: what is wrong; empty for a sound database.
        newest_row_at: the newest time, not in the future, of any row.
    """

    tables: list[dict[str, Any]] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    newest_row_at: datetime | None = None

    @property
    def row_count(self) -> int:
        """Rows of all tables."""
        return sum(table["rows"] or 0 for table in self.tables)


def examine(url: str, on_progress: Callable[[float], None]) -> Examination:
    """Read every row and check every B-tree index of a database.

    Args:
        url: of the database, as its superuser.
        on_progress: told the fraction that is done.

    Returns:
        What was seen.
    """
    seen = Examination()
    with closing(psycopg.connect(url, autocommit=True, row_factory=dict_row)) as connection:
        connection.execute("set search_path = pg_catalog, pg_temp")
        connection.execute("set max_parallel_workers_per_gather = 0")
        tables = connection.execute(_TABLES).fetchall()
        for number, table in enumerate(tables):
            _count(connection, table, seen)
            on_progress(0.5 * (number + 1) / len(tables))
        seen.checked.append(f"{len(tables)} tables read in full")
        _check_indexes(connection, seen, on_progress)
        _check_heaps(connection, tables, seen)
    return seen


def compare_with_source(
    seen: Examination, source: Connection, ignored: frozenset[str]
) -> list[dict[str, Any]]:
    """Compare counts with those of the database that should have been backed up.

    Args:
        seen: gets a problem for each table that is missing or has lost rows.
        source: the database, about which its statistics suffice.
        ignored: tables, with their schema, that a backup leaves out on purpose.

    Returns:
        Rows with `table, restored_rows, source_rows`; none where the two have no table in common.
    """
    restored = {table["table"]: table["rows"] for table in seen.tables}
    there = {
        f"{row['schema']}.{row['name']}": row["row_count"]
        for row in source.execute(_SOURCE_ROWS).fetchall()
    }
    if not restored.keys() & there.keys():
        return []
    rows = []
    for table, count in sorted(there.items()):
        rows.append({"table": table, "restored_rows": restored.get(table), "source_rows": count})
        if table in ignored or count < LEAST_ROWS:
            continue
        if table not in restored:
            seen.problems.append(f"{table} is missing; the source has about {count:,} rows")
        elif (restored[table] or 0) < LEAST_PART * count:
            seen.problems.append(
                f"{table} has {restored[table] or 0:,} rows; the source has about {count:,}"
            )
    return rows


def _count(connection: Connection, table: Mapping[str, Any], seen: Examination) -> None:
    shown = f"{table['schema']}.{table['name']}"
    newest = [
        sql.SQL("max({0}) filter (where {0} <= now() and isfinite({0}))").format(
            sql.Identifier(column)
        )
        for column in table["times"] or []
    ]
    query = sql.SQL("select count(*) as rows, {newest} as newest from only {table}").format(
        newest=sql.SQL("greatest({})").format(sql.SQL(", ").join(newest)) if newest
        else sql.SQL("null::timestamptz"),
        table=sql.Identifier(table["schema"], table["name"]),
    )  # fmt: skip
    try:
        row = connection.execute(query).fetchone() or {}
    except psycopg.Error as error:
        seen.problems.append(f"{shown} can't be read: {error}")
        row = {"rows": None, "newest": None}
    seen.tables.append({"table": shown, **row})
    # In a copy of the files, the statistics are the original server's.
    if row["rows"] is not None and row["rows"] < LEAST_PART * table["expected"] >= LEAST_ROWS / 2:
        seen.problems.append(
            f"{shown} has {row['rows']:,} rows; its own statistics say {table['expected']:,.0f}"
        )
    if row["newest"]:
        oldest_possible = datetime.min.replace(tzinfo=UTC)
        seen.newest_row_at = max(seen.newest_row_at or oldest_possible, row["newest"])


def _check_indexes(
    connection: Connection, seen: Examination, on_progress: Callable[[float], None]
) -> None:
    if not _has_amcheck(connection):
        seen.checked.append("indexes not checked: this server has no amcheck")
        return
    indexes = connection.execute(_INDEXES).fetchall()
    for number, index in enumerate(indexes):
        try:
            # With heapallindexed: every row has its entry.
            connection.execute("select maint_amcheck.bt_index_check(%s::oid, true)", [index["oid"]])
        except psycopg.Error as error:
            seen.problems.append(f"index {index['name']}: {error}")
        on_progress(0.5 + 0.4 * (number + 1) / len(indexes))
    seen.checked.append(f"{len(indexes)} indexes checked with amcheck")


def _check_heaps(connection: Connection, tables: list[dict[str, Any]], seen: Examination) -> None:
    if not _has_amcheck(connection):
        return
    for table in tables:
        try:
            found = connection.execute(
                "select blkno, msg from maint_amcheck.verify_heapam(%s::oid::regclass, "
                "on_error_stop => true, check_toast => true) limit 3",
                [table["oid"]],
            ).fetchall()
        except psycopg.Error as error:
            found = [{"blkno": None, "msg": str(error)}]
        name = f"{table['schema']}.{table['name']}"
        seen.problems += [f"{name}, block {row['blkno']}: {row['msg']}" for row in found]
    seen.checked.append(f"{len(tables)} tables checked with amcheck")


def _has_amcheck(connection: Connection) -> bool:
    """Install amcheck in a schema of its own, where the server has it."""
    if connection.execute("select from pg_namespace where nspname = 'maint_amcheck'").rowcount:
        return True
    if not connection.execute(
        "select from pg_available_extensions where name = 'amcheck'"
    ).rowcount:
        return False
    connection.execute("drop extension if exists amcheck")
    connection.execute("create schema maint_amcheck")
    connection.execute("create extension amcheck schema maint_amcheck")
    return True
