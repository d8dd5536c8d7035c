"""Putting archived rows back into a table.

Twice is as good as once, and a restore that was killed goes on where it was: each file comes back
in one transaction. In a table with a key the row that is there stays. Without one, rows that are
equal can't be distinguished; so the transaction records which rows of which file went where
(`maint.restored_chunks`), and they never come twice.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from itertools import chain
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import OWNER_ROLE, Connection, fetch_one
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.manifest import Manifest, moment
from maint_pipeline.retention.storage import ArchiveError

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


@dataclass
class Restored:
    """What a restore did.

    Attributes:
        files: read.
        rows: of the wanted time in them.
        restored: of those.
        restored_before: of those, by an earlier restore; counted in tables without a key.
        kept_out: of those, because the table has their key or another unique value already: they
            are there, or newer ones are.
        problems: what could not come back, each `file` and `problem`.
    """

    files: int = 0
    rows: int = 0
    restored: int = 0
    restored_before: int = 0
    kept_out: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)

    def add(self, counted: Mapping[str, int]) -> None:
        """Count a file."""
        for name, number in counted.items():
            setattr(self, name, getattr(self, name) + number)

    def fail(self, file: str, problem: object) -> None:
        """Note what could not come back."""
        self.problems.append({"file": file, "problem": str(problem).strip()})


@dataclass(frozen=True)
class Restore:
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

    def run(
        self,
        connection: Connection,
        archive: Archive,
        manifests: Iterable[Manifest],
        owners: Owners,
        on_progress: Callable[[Manifest], None] = lambda manifest: None,
    ) -> Restored:
        """Put the rows of chunks back; what is wrong with one costs only that one.

        Triggers of the table run with the rights of `maint_owner`.

        Args:
            connection: in autocommit mode, as `maint_owner`.
            archive: where the chunks are.
            manifests: the chunks, the latest first where a row may be in several (see
                `inventory.recorded`); those of another time are passed over.
            owners: sessions that may grant `maint_owner` what it lacks here, until this ends.
            on_progress: called after each one.

        Returns:
            The figures, and the problems: a file is not what its record says, the table lacks a
            column of it, refuses rows of it, or a trigger changes them. Nothing of that file was
            restored.

        Raises:
            RestoreError: `maint_owner` may not insert here, and nobody can grant it.
            psycopg.Error: of the connection.
        """
        total = Restored()
        with self._able_to_insert(connection, owners):
            for manifest in filter(self._overlaps, manifests):
                try:
                    total.add(self._chunk(connection, archive, manifest))
                except (ArchiveError, RestoreError) as error:
                    total.fail(manifest.file, error)
                except psycopg.Error as error:
                    if connection.broken or isinstance(error, psycopg.errors.QueryCanceled):
                        raise
                    total.fail(manifest.file, error)
                on_progress(manifest)
        return total

    @contextmanager
    def _able_to_insert(self, connection: Connection, owners: Owners) -> Iterator[None]:
        """Grant `maint_owner` what it lacks, and revoke that in the end."""
        row = fetch_one(
            connection,
            "select array_to_string(array(select wanted from unnest(array['select', 'insert']) "
            "as wanted where not has_table_privilege(%s, wanted)), ', ') as lacking",
            [self.table],
        )
        if not row["lacking"]:
            yield
            return
        words = sql.SQL(row["lacking"]), sql.SQL(self.table), sql.Identifier(OWNER_ROLE)
        try:
            with owners.session(connection, self.table) as session:
                session.connection.execute(sql.SQL("grant {} on {} to {}").format(*words))
                try:
                    yield
                finally:
                    session.connection.execute(sql.SQL("revoke {} on {} from {}").format(*words))
        except NoOwnerSessionError as problem:
            raise RestoreError(
                f"maint_owner may not insert into {self.table}, and this can't be granted for the "
                f"moment: {problem}. grant {row['lacking']} on {self.table} to maint_owner."
            ) from None

    def _overlaps(self, manifest: Manifest) -> bool:
        oldest, newest = moment(manifest.oldest), moment(manifest.newest)
        return (self.begin is None or newest >= self.begin) and (
            self.end is None or oldest < self.end
        )

    def _chunk(
        self, connection: Connection, archive: Archive, manifest: Manifest
    ) -> dict[str, int]:
        """Put one chunk back in one transaction."""
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


def target_of(connection: Connection, policy: str, into: str | None) -> tuple[str, str]:
    """Find the table that rows of a policy go back to.

    Args:
        connection: as `maint_owner`.
        policy: its name.
        into: another table with the same columns, as SQL writes it; None for the policy's own.

    Returns:
        The table, quoted and with its schema, and the policy's time column.

    Raises:
        UsageError: there is no such policy, or no such table.
    """
    row = connection.execute(
        "select time_column, (select format('%%I.%%I', nspname, relname) from pg_catalog.pg_class "
        "join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = "
        "coalesce(to_regclass(%(into)s), to_regclass('public.' || %(into)s), "
        "case when %(into)s::text is null then maint.policy_table(name) end)) as relation "
        "from maint.retention_policies where name = %(policy)s",
        {"policy": policy, "into": into},
    ).fetchone()
    if row is None:
        raise UsageError(f"There is no retention policy {policy}. maint policies lists them.")
    if row["relation"] is None:
        raise UsageError(f"There is no table {into or f'of the policy {policy}'} to restore into.")
    return row["relation"], row["time_column"]
