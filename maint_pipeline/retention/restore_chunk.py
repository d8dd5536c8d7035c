"""One file of an archive back into its table, in one transaction.

In a table with a key the row that is there stays. Without one, rows that are equal can't be
distinguished; so the transaction records which rows of which file went where
(`maint.restored_chunks`), and they never come twice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import chain
from typing import Any

from psycopg import sql

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import MaintError
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.manifest import Manifest

_COLUMNS = """
select attname::text as name, attgenerated <> '' as is_generated from pg_catalog.pg_attribute
where attrelid = %s::regclass and attnum > 0 and not attisdropped
"""
# What ON CONFLICT can go by: it knows no deferrable constraints.
_HAS_KEY = """
select exists (
    select from pg_catalog.pg_index
    where indrelid = %(table)s::text::regclass and indisunique and indimmediate and indisvalid
        and indpred is null and indexprs is null
        and not exists (
            select from unnest(indkey[:indnkeyatts - 1]) as number
            join pg_catalog.pg_attribute on attrelid = indrelid and attnum = number
            where not attnotnull or attgenerated <> ''
        )
) and not exists (
    select from pg_catalog.pg_index
    where indrelid = %(table)s::text::regclass and indisunique and not indimmediate
) as has_key
"""
_STAGE = "create temporary table maint_restore (like {table} including defaults) on commit drop"
_COPY = (
    "copy pg_temp.maint_restore ({columns}) from stdin "
    "with (format csv, header match, encoding 'UTF8')"
)
_DROP_UNWANTED = (
    "delete from pg_temp.maint_restore "
    "where not ({time}::timestamptz <@ tstzrange(%(begin)s, %(end)s))"
)
_DROP_RESTORED = (
    "delete from pg_temp.maint_restore where exists (select from maint.restored_chunks "
    "where file = %(file)s and (table_oid = %(table)s::text::regclass or table_name = %(table)s) "
    "and {time}::timestamptz <@ span)"
)
_NOTE_RESTORED = (
    "insert into maint.restored_chunks (file, table_name, table_oid, span, rows) "
    "values (%(file)s, %(table)s, %(table)s::text::regclass, tstzrange(%(begin)s, %(end)s), "
    "%(rows)s) "
    "on conflict (file, table_oid, span) do update "
    "set rows = restored_chunks.rows + excluded.rows, restored_at = excluded.restored_at"
)
_INSERT = (
    "with inserted as (insert into {table} as placed ({given}) overriding system value "
    "select {given} from pg_temp.maint_restore {on_conflict} "
    "returning row({placed})::text as line) "
    "select (select count(*) from inserted) as restored, (select count(*) from (select line from "
    "inserted except all select row({given})::text from pg_temp.maint_restore) as other) as changed"
)


class RestoreError(MaintError):
    """Archived rows can't be put back."""


@dataclass(frozen=True)
class Wanted:
    """Where the rows of which time go.

    Attributes:
        table: quoted and with its schema.
        time_column: of the retention policy.
        begin: rows from then on; None for all.
        end: rows before then; None for all.
        again: also what an earlier restore has put there, for a table that was emptied since.
    """

    table: str
    time_column: str
    begin: datetime | None = None
    end: datetime | None = None
    again: bool = False

    def restore_chunk(
        self, connection: Connection, archive: Archive, manifest: Manifest
    ) -> dict[str, int]:
        """Put the rows of one chunk back.

        Args:
            connection: in autocommit mode, as `maint_owner`, which may insert.
            archive: where the chunk is.
            manifest: the chunk.

        Returns:
            The figures of `Restored`, but its problems.

        Raises:
            ArchiveError: the file is not what its record says.
            RestoreError: the table lacks a column, refuses rows, or a trigger changes them.
            psycopg.Error: of the database.
        """
        with connection.transaction():
            connection.execute("select maint.lock_trusted(%s::regclass)", [self.table])
            connection.execute("select maint.use_session_settings(true)")
            self._enter_application(connection)
            return {"files": 1, **self._insert(connection, archive, manifest)}

    def _enter_application(self, connection: Connection) -> None:
        """Let the table's triggers find the names that they expect, until the transaction ends.

        Our statements name tables with their schema, and pg_catalog comes first in every path.
        """
        connection.execute(
            "select set_config('search_path', maint.application_path(relowner), true), "
            "set_config('timezone', maint.application_time_zone(), true) "
            "from pg_catalog.pg_class where oid = %s::regclass",
            [self.table],
        )

    def _insert(
        self, connection: Connection, archive: Archive, manifest: Manifest
    ) -> dict[str, int]:
        parts = archive.read(manifest)
        beginning = next(parts, b"")
        columns = _header(beginning)
        has_key = fetch_one(connection, _HAS_KEY, {"table": self.table})["has_key"]
        names = {
            **self._names(connection, columns),
            "on_conflict": sql.SQL("on conflict do nothing" if has_key else ""),
        }
        parameters: dict[str, Any] = {
            "file": manifest.file, "table": self.table, "begin": self.begin, "end": self.end,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(_STAGE).format(**names))
            with cursor.copy(sql.SQL(_COPY).format(**names)) as copy:
                for part in chain([beginning], parts):
                    copy.write(part)
            staged = cursor.rowcount
            unwanted = cursor.execute(sql.SQL(_DROP_UNWANTED).format(**names), parameters).rowcount
            before = 0
            if not has_key:
                # No two restores of a file at once.
                cursor.execute("lock table maint.restored_chunks in share row exclusive mode")
                if not self.again:
                    cursor.execute(sql.SQL(_DROP_RESTORED).format(**names), parameters)
                    before = cursor.rowcount
        inserted = fetch_one(connection, sql.SQL(_INSERT).format(**names).as_string(connection))
        wanted = staged - unwanted
        kept_out = wanted - before - inserted["restored"]
        self._assert_exact(inserted["changed"], 0 if has_key else kept_out)
        if not has_key:
            connection.execute(_NOTE_RESTORED, {**parameters, "rows": inserted["restored"]})
        return {
            "rows": wanted,
            "restored": inserted["restored"],
            "restored_before": before,
            "kept_out": kept_out,
        }

    def _assert_exact(self, changed: int, kept_out: int) -> None:
        if changed:
            raise RestoreError(
                f"a trigger of {self.table} changes {changed} rows of this file. Disable it "
                "meanwhile, or restore into another table"
            )
        if kept_out:
            raise RestoreError(
                f"{self.table} doesn't take {kept_out} rows of this file, because of a trigger or "
                "of unique values. Disable the trigger meanwhile, or restore into another table"
            )

    def _names(self, connection: Connection, columns: list[str]) -> dict[str, sql.Composable]:
        """Give the parts of the statements.

        Raises:
            RestoreError: the table lacks a column.
        """
        rows = connection.execute(_COLUMNS, [self.table]).fetchall()
        generated = {row["name"]: row["is_generated"] for row in rows}
        if missing := [name for name in columns if name not in generated]:
            raise RestoreError(
                f"{self.table} has no column {', '.join(missing)} any more. Add it, or restore "
                "into another table that has it"
            )
        given = [name for name in columns if not generated[name]]
        return {
            "table": sql.SQL(self.table),  # quoted by the database
            "time": sql.Identifier(self.time_column),
            "columns": _listed(map(sql.Identifier, columns)),
            "given": _listed(map(sql.Identifier, given)),
            "placed": _listed(sql.Identifier("placed", name) for name in given),
        }


def _header(beginning: bytes) -> list[str]:
    return next(csv.reader(StringIO(beginning.decode(errors="replace"), newline="")), [])


def _listed(names: Iterable[sql.Composable]) -> sql.Composed:
    return sql.SQL(", ").join(names)
