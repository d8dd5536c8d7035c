"""Looking at a restored database: is every index sound, every row readable, and how new is it?

The database is hostile: `reader` has the role that reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.reader import prepare_reader
from maint_pipeline.backups.scratch_server import ScratchServer
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
class IntegrityReport:
    """What was seen.

    Attributes:
        tables: rows with `table, rows, newest`.
        checked: what was checked, as text.
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


def examine(
    server: ScratchServer, dbname: str, on_progress: Callable[[float], None]
) -> IntegrityReport:
    """Read every row and check every B-tree index of a database.

    Args:
        server: a scratch server.
        dbname: the database.
        on_progress: called with the fraction done.

    Returns:
        What was seen.

    Raises:
        BackupUnusableError: the server or a session of it ended.
    """
    seen = IntegrityReport()
    try:
        reader, amcheck = prepare_reader(server, dbname)
        with closing(server.connect(dbname, reader)) as connection:
            _read(connection, amcheck, seen, on_progress)
    except (psycopg.OperationalError, UnicodeError) as error:
        raise BackupUnusableError(f"The restored database can't be read: {error}") from error
    return seen


def _read(
    connection: Connection,
    amcheck: str | None,
    seen: IntegrityReport,
    on_progress: Callable[[float], None],
) -> None:
    tables = connection.execute(_TABLES).fetchall()
    for number, table in enumerate(tables):
        _count(connection, table, seen)
        on_progress(0.5 * (number + 1) / len(tables))
    seen.checked.append(f"{len(tables)} tables read in full")
    if amcheck is None:
        seen.checked.append("indexes not checked: this server has no amcheck")
        return
    _check_indexes(connection, amcheck, seen, on_progress)
    _check_heaps(connection, amcheck, tables, seen)


def compare_with_source(
    seen: IntegrityReport, source: Connection, ignored: frozenset[str]
) -> list[dict[str, Any]]:
    """Compare counts with those of the database that should have been backed up.

    Args:
        seen: gets a problem for each table that is missing or has lost rows.
        source: the database, about which its statistics suffice.
        ignored: tables, with their schema, that a backup leaves out on purpose.

    Returns:
        Rows with `table, restored_rows, source_rows`, null where one has no such table; none where
        the two have no table in common.
    """
    restored = {table["table"]: table["rows"] for table in seen.tables}
    there = {
        f"{row['schema']}.{row['name']}": row["row_count"]
        for row in source.execute(_SOURCE_ROWS).fetchall()
    }
    if not restored.keys() & there.keys():
        return []
    rows = []
    for table in sorted(there.keys() | restored.keys()):
        count = there.get(table)
        rows.append({"table": table, "restored_rows": restored.get(table), "source_rows": count})
        if count is None or table in ignored or count < LEAST_ROWS:
            continue
        if table not in restored:
            seen.problems.append(f"{table} is missing; the source has about {count:,} rows")
        elif (restored[table] or 0) < LEAST_PART * count:
            seen.problems.append(
                f"{table} has {restored[table] or 0:,} rows; the source has about {count:,}"
            )
    return rows


def _count(connection: Connection, table: Mapping[str, Any], seen: IntegrityReport) -> None:
    shown = f"{table['schema']}.{table['name']}"
    newest = [
        # Python knows no years before Christ or beyond 9999.
        sql.SQL("max({0}) filter (where {0} between '1970-01-01+00' and now())").format(
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
        if connection.closed:
            raise
        seen.problems.append(f"{shown} can't be read: {_first_line(error)}")
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
    connection: Connection,
    amcheck: str,
    seen: IntegrityReport,
    on_progress: Callable[[float], None],
) -> None:
    # With heapallindexed: every row has its entry. An expression is computed as the table's owner.
    check = sql.SQL("select {}(%s::oid, true)").format(sql.Identifier(amcheck, "bt_index_check"))
    indexes = connection.execute(_INDEXES).fetchall()
    for number, index in enumerate(indexes):
        try:
            connection.execute(check, [index["oid"]])
        except psycopg.Error as error:
            if connection.closed:
                raise
            seen.problems.append(f"index {index['name']}: {_first_line(error)}")
        on_progress(0.5 + 0.4 * (number + 1) / len(indexes))
    seen.checked.append(f"{len(indexes)} indexes checked with amcheck")


def _check_heaps(
    connection: Connection, amcheck: str, tables: list[dict[str, Any]], seen: IntegrityReport
) -> None:
    check = sql.SQL(
        "select blkno, msg from {}(%s::oid::regclass, on_error_stop => true, check_toast => true) "
        "limit 3"
    ).format(sql.Identifier(amcheck, "verify_heapam"))
    for table in tables:
        try:
            found = connection.execute(check, [table["oid"]]).fetchall()
        except psycopg.Error as error:
            if connection.closed:
                raise
            found = [{"blkno": None, "msg": _first_line(error)}]
        name = f"{table['schema']}.{table['name']}"
        seen.problems += [f"{name}, block {row['blkno']}: {row['msg']}" for row in found]
    seen.checked.append(f"{len(tables)} tables checked with amcheck")


def _first_line(error: psycopg.Error) -> str:
    """Leave out the context, which shows rows."""
    return str(error).partition("\n")[0]
