"""Putting archived rows back into a table.

Twice is as good as once: rows that are there stay as they are. One transaction for each chunk, so
that an interrupted restore goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import OWNER_ROLE, Connection, fetch_one
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.retention.archive import Archive, Manifest, moment

_STAGE = "create temporary table maint_restore (like {table} including defaults) on commit drop"
_COPY = (
    "copy pg_temp.maint_restore ({columns}) from stdin "
    "with (format csv, header match, encoding 'UTF8')"
)
_DROP_UNWANTED = "delete from pg_temp.maint_restore where {time} < %(begin)s or {time} >= %(end)s"
# With a primary key the row that is there wins.
_INSERT_BY_KEY = (
    "insert into {table} ({given}) overriding system value "
    "select {given} from pg_temp.maint_restore on conflict do nothing"
)
# Without one, rows are the same when all their values are; equal ones are counted.
_INSERT_BY_VALUE = (
    "with staged as (select *, staged::text as line, "
    "row_number() over (partition by staged::text) as copy from pg_temp.maint_restore as staged), "
    "present as (select present::text as line, count(*) as copies "
    "from {table} as present where {time} between %(oldest)s and %(newest)s group by 1) "
    "insert into {table} ({given}) overriding system value "
    "select {given} from staged left join present using (line) where copy > coalesce(copies, 0) "
    "on conflict do nothing"
)


class RestoreError(MaintError):
    """Archived rows can't be put back."""


@dataclass(frozen=True)
class Restore:
    """Where the rows of which time go.

    Attributes:
        table: quoted and with its schema.
        time_column: of the retention policy.
        begin: rows from then on; None for all.
        end: rows before then; None for all.
    """

    table: str
    time_column: str
    begin: datetime | None = None
    end: datetime | None = None

    def run(
        self,
        connection: Connection,
        archive: Archive,
        manifests: Iterable[Manifest],
        owners: Owners,
        on_progress: Callable[[Manifest], None] = lambda manifest: None,
    ) -> dict[str, int]:
        """Put the rows of chunks back.

        Triggers of the table run with the rights of `maint_owner`.

        Args:
            connection: in autocommit mode, as `maint_owner`.
            archive: where the chunks are.
            manifests: the chunks; those of another time are passed over.
            owners: sessions that may grant `maint_owner` what it lacks here, until this ends.
            on_progress: told after each.

        Returns:
            `files` read, `rows` of the wanted time in them, `restored` of those.

        Raises:
            RestoreError: `maint_owner` may not insert here, and nobody can grant it; a column of
                the file is missing, or the table refuses rows; the message says which.
            ArchiveError: a chunk is not what its manifest says; nothing of it was restored.
        """
        total = {"files": 0, "rows": 0, "restored": 0}
        with self._able_to_insert(connection, owners):
            for manifest in filter(self._overlaps, manifests):
                try:
                    counted = self._chunk(connection, archive, manifest)
                except psycopg.Error as error:
                    raise RestoreError(f"{manifest.file}: {error}") from None
                total = {name: total[name] + counted[name] for name in total}
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
                session.execute(sql.SQL("grant {} on {} to {}").format(*words))
                try:
                    yield
                finally:
                    session.execute(sql.SQL("revoke {} on {} from {}").format(*words))
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
        generated = self._generated(connection)
        names = {
            "table": sql.SQL(self.table),  # quoted by the database
            "time": sql.Identifier(self.time_column),
            "columns": _listed(manifest.columns),
            "given": _listed(name for name in manifest.columns if name not in generated),
        }
        parameters = {
            "begin": self.begin or "-infinity",
            "end": self.end or "infinity",
            "oldest": manifest.oldest,
            "newest": manifest.newest,
        }
        insert = sql.SQL(_INSERT_BY_KEY if self._has_key(connection) else _INSERT_BY_VALUE)
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(_STAGE).format(**names))
            with cursor.copy(sql.SQL(_COPY).format(**names)) as copy:
                for part in archive.read(manifest):
                    copy.write(part)
            unwanted = cursor.execute(sql.SQL(_DROP_UNWANTED).format(**names), parameters)
            rows = manifest.rows - unwanted.rowcount
            restored = cursor.execute(insert.format(**names), parameters).rowcount
        return {"rows": rows, "restored": restored}

    def _generated(self, connection: Connection) -> set[str]:
        rows = connection.execute(
            "select attname::text as name from pg_catalog.pg_attribute "
            "where attrelid = %s::regclass and attgenerated <> ''",
            [self.table],
        ).fetchall()
        return {row["name"] for row in rows}

    def _has_key(self, connection: Connection) -> bool:
        row = fetch_one(
            connection,
            "select exists (select from pg_catalog.pg_index "
            "where indrelid = %s::regclass and indisprimary) as has_key",
            [self.table],
        )
        return bool(row["has_key"])


def _listed(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


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
