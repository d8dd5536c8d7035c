"""Archive, then delete: what a purge does with a block range when its policy archives.

In one transaction the rows are copied into a file and deleted; it commits after the file was read
back. Killed anywhere, the rows are in the table, or in the archive, or in both; the next purge
removes files whose rows are still in the table, and archives those again.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from itertools import count
from threading import Lock
from typing import Any, ClassVar
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.copy import CopyOut
from maint_pipeline.retention.archive import Archive, compress, decompress, folder_of
from maint_pipeline.retention.leftovers import assert_noted, noted_run
from maint_pipeline.retention.manifest import Manifest
from maint_pipeline.retention.progress import BlockRange

# However the server is configured, the text has to read back as the same values. A copy changes
# path and zone until the transaction ends, for code of the application in its condition: what
# follows must not be read with that path.
_OUR_SETTINGS = "select maint.use_session_settings(true)"
_OUR_PATH = "set local search_path = pg_catalog, pg_temp"


class _InTheWayError(Exception):
    """What was copied is not what was deleted: a trigger kept rows."""


@dataclass
class ArchivingPurge:
    """The chunks of one purge.

    Attributes:
        archive: where they go.
        policy: name of the policy.
        cutoff: rows from before have expired.
        folder: theirs in the archive.
        rows: archived so far, as `size` bytes in `files`.
        batch_seconds: what a batch with its file should take: shorter ones would make tens of
            thousands of files.
    """

    batch_seconds: ClassVar[float] = 0.5
    archive: Archive
    policy: str
    cutoff: datetime
    folder: str = field(init=False)
    rows: int = field(default=0, init=False)
    size: int = field(default=0, init=False)
    files: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1), init=False)

    @classmethod
    def into(cls, url: str, policy: str, cutoff: datetime) -> ArchivingPurge:
        """Open the archive at a path or URL, for one purge of a policy."""
        return cls(Archive(url), policy, cutoff)

    def __post_init__(self) -> None:
        self.folder = (
            f"{folder_of(self.policy)}/{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
        )

    @contextmanager
    def at_work(self, connection: Connection) -> Iterator[None]:
        """Surround the purge; see `leftovers.noted_run`."""
        with noted_run(connection, self.archive, self.policy, self.folder):
            yield

    def purge_blocks(self, connection: Connection, blocks: BlockRange) -> dict[str, Any]:
        """Purge a range; a `PurgeBlocks` for `Worker`.

        Raises:
            ArchiveError: a file can't be written or read back; nothing was deleted.
            psycopg.Error: of the database; nothing was deleted.
        """
        try:
            return self._copy_and_delete(connection, blocks)
        except psycopg.errors.QueryCanceled:
            raise
        except (psycopg.DatabaseError, _InTheWayError):
            if connection.broken:
                raise
            # A lock, a refusal, a row that somebody changes: purge_blocks finds a way around it.
            return self._by_way_of_a_stage(connection, blocks)

    def _copy_and_delete(self, connection: Connection, blocks: BlockRange) -> dict[str, Any]:
        """Copy what one snapshot sees, and delete just that."""
        with connection.transaction():
            self._begin(connection, blocks)
            statements = fetch_one(
                connection,
                "select oldest, newest, copy_statement, condition "
                "from maint.archive_statements(%s, %s, %s::regclass, %s, %s)",
                [self.policy, self.cutoff, *blocks[:3]],
            )
            manifest, data = self._chunk(connection, blocks.target, statements)
            if manifest is not None:
                self._store_and_delete(connection, manifest, data, statements["condition"])
            remaining = fetch_one(
                connection,
                "select 0 as locked, maint.count_held(%(target)s::regclass, "
                "maint.expired_here(%(policy)s, %(cutoff)s, %(first)s, %(last)s), "
                "maint.hold_expression(%(policy)s, %(target)s::regclass)) as held, "
                "0 as refused, null as refusal, null as refusal_state",
                {"policy": self.policy, "cutoff": self.cutoff, **blocks._asdict()},
            )
        self._count(manifest)
        return {"deleted": manifest.rows if manifest else 0, **remaining}

    def _begin(self, connection: Connection, blocks: BlockRange) -> None:
        """Take the locks before the snapshot, which the first query takes."""
        connection.execute("set transaction isolation level repeatable read")
        connection.execute("set local lock_timeout = '50ms'")
        target = sql.SQL(blocks.target)  # quoted by the database
        connection.execute(sql.SQL("lock table only {} in row exclusive mode").format(target))
        connection.execute("lock table maint.legal_holds in share mode")
        assert_noted(connection, self.folder)

    def _store_and_delete(
        self, connection: Connection, manifest: Manifest, data: bytes, condition: str
    ) -> None:
        """Delete rows while their file is written and read back."""
        with ThreadPoolExecutor(1) as thread:
            stored = thread.submit(self.archive.write, manifest, data)
            try:
                row = fetch_one(
                    connection,
                    "select maint.delete_rows(%s::regclass, %s) as deleted",
                    [manifest.table_name, condition],
                )
                if row["deleted"] != manifest.rows:
                    raise _InTheWayError
            except (psycopg.DatabaseError, _InTheWayError):
                stored.result()
                self.archive.remove(manifest)
                raise
            stored.result()
        self._note(connection, manifest)

    def _by_way_of_a_stage(self, connection: Connection, blocks: BlockRange) -> dict[str, Any]:
        """Delete rows into a temporary table, and copy them from there."""
        manifest = None
        with connection.transaction():
            assert_noted(connection, self.folder)
            stage = fetch_one(
                connection,
                "select stage::text, copy_statement from maint.archive_stage(%s::regclass)",
                [blocks.target],
            )
            row = fetch_one(
                connection,
                "select deleted, locked, held, refused, refusal, refusal_state "
                "from maint.purge_blocks(%s, %s, %s::regclass, %s, %s, %s::regclass)",
                [self.policy, self.cutoff, *blocks[:3], stage["stage"]],
            )
            if row["deleted"]:
                times = fetch_one(
                    connection,
                    "select oldest, newest from maint.time_range(%s, %s::regclass, 'true')",
                    [self.policy, stage["stage"]],
                )
                manifest, data = self._chunk(connection, blocks.target, {**stage, **times})
                assert manifest is not None  # noqa: S101 - rows were deleted
                self.archive.write(manifest, data)
                self._note(connection, manifest)
        self._count(manifest)
        return row

    def _chunk(
        self, connection: Connection, target: str, statements: DictRow
    ) -> tuple[Manifest | None, bytes]:
        """Copy rows out and compress them; None and nothing if there are none."""
        if statements["oldest"] is None:
            return None, b""
        connection.execute(_OUR_SETTINGS)
        rows = CopyOut(connection, statements["copy_statement"])
        data, csv_bytes = compress(rows)
        connection.execute(_OUR_PATH)
        beginning = next(decompress(data)).decode(errors="replace")
        return Manifest(
            file=f"{self.folder}/{next(self._numbers):06d}.csv.zst",
            policy=self.policy,
            table_name=target,
            columns=next(csv.reader(StringIO(beginning))),
            rows=rows.count,
            bytes=len(data),
            csv_bytes=csv_bytes,
            sha256=hashlib.sha256(data).hexdigest(),
            oldest=statements["oldest"],
            newest=statements["newest"],
            archived_at=datetime.now(UTC).isoformat(),
        ), data

    def _note(self, connection: Connection, manifest: Manifest) -> None:
        connection.execute(
            "insert into maint.archived_chunks "
            "(file, policy_name, table_name, rows, bytes, sha256, oldest, newest) values "
            "(%(file)s, %(policy)s, %(table_name)s, %(rows)s, %(bytes)s, %(sha256)s, %(oldest)s, "
            "%(newest)s)",
            vars(manifest),
        )

    def _count(self, manifest: Manifest | None) -> None:
        # After the commit. A file whose commit failed stays until the run ends: the server may have
        # committed.
        if manifest is not None:
            with self._lock:
                self.rows += manifest.rows
                self.size += manifest.bytes
                self.files += 1
