"""Putting archived rows back into a table.

Twice is as good as once, and a restore that was killed goes on where it was: each file comes back
in one transaction (restore_chunk.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import OWNER_ROLE, Connection, fetch_one
from maint_pipeline.database.locks import lock_held
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.manifest import Manifest, moment
from maint_pipeline.retention.restore_chunk import RestoreError, Wanted
from maint_pipeline.retention.storage import ArchiveError

_PATIENCE = 60.0
"""Seconds that a restore waits for another one into the same table."""

_HOLDER = "select maint.holder_in_words(maint.lock_holder(%s)) as holder"


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
class Restore(Wanted):
    """A restore of what is wanted."""

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
            RestoreError: another restore into the table is going on, or `maint_owner` may not
                insert here and nobody can grant it.
            psycopg.Error: of the connection.
        """
        total = Restored()
        with self._alone(connection), self._able_to_insert(connection, owners):
            for manifest in filter(self._overlaps, manifests):
                try:
                    total.add(self.restore_chunk(connection, archive, manifest))
                except (ArchiveError, RestoreError) as error:
                    total.fail(manifest.file, error)
                except psycopg.Error as error:
                    if connection.broken or isinstance(error, psycopg.errors.QueryCanceled):
                        raise
                    total.fail(manifest.file, error)
                on_progress(manifest)
        return total

    @contextmanager
    def _alone(self, connection: Connection) -> Iterator[None]:
        """One restore into a table at a time: the first to end revokes what all were granted."""
        name = f"restore into {self.table}"
        with lock_held(connection, name, _PATIENCE) as ours:
            if not ours:
                row = fetch_one(connection, _HOLDER, [name])
                raise RestoreError(
                    f"Another restore into {self.table} is going on, {row['holder']}. "
                    "Run this again when it has ended: each file is restored once."
                )
            yield

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
