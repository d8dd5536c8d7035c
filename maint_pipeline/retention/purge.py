"""The purge: a walk over a table in physical order, one short transaction for each block range.

It needs no index, holds constant memory, and loses nothing when it is killed: what was deleted is
committed, and the next purge starts again at the first block. Which rows have expired is decided by
the database (database/sql/50_retention.sql, 55_purge.sql), so that SQL callers purge by the same
rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import perf_counter, sleep
from typing import Any, NamedTuple

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import NotApplicableError

FIRST_BATCH_BLOCKS = 64
MAXIMUM_BATCH_BLOCKS = 8192
"""64 MiB of table: a range without expired rows is read fast, but not without bound."""

REVISITS = 3
REVISIT_PAUSE_SECONDS = 0.5


class TableMissingError(NotApplicableError):
    """The table of a retention policy doesn't exist in this database."""


class _LockedRange(NamedTuple):
    """A range with locked rows, to be visited again, and how many it counted as refused."""

    target: str
    first: int
    last: int
    rows: int
    refused: int


@dataclass
class PurgeProgress:
    """Where a purge stands. Blocks are counted over all targets."""

    total_blocks: int
    blocks: int = 0
    deleted: int = 0
    batches: int = 0
    longest_batch_seconds: float = 0.0
    refused: int = 0
    refusal: str | None = None
    locked: list[_LockedRange] = field(default_factory=list)

    @property
    def fraction(self) -> float:
        """How much of the table has been walked, 0 to 1."""
        return self.blocks / self.total_blocks if self.total_blocks else 1.0

    @property
    def locked_left(self) -> int:
        """How many expired rows stay because others hold them locked."""
        return sum(found.rows for found in self.locked)


@dataclass(frozen=True)
class Purge:
    """One purge of one policy.

    Attributes:
        policy: name of the row in `maint.retention_policies`.
        keep: overrides the policy's keep interval for this run.
        duty: part of the time at work, above 0 to 1; the rest is slept between batches.
    """

    policy: str
    keep: timedelta | None = None
    duty: float = 0.5

    def preview(self, connection: Connection) -> dict[str, Any]:
        """Tell what would be deleted, changing nothing.

        Args:
            connection: in autocommit mode, as `maint_owner`.

        Returns:
            `policy`, `cutoff`, `dry_run`, `deleted_count` (0), `expired_count`, `oldest`, `newest`,
            `expired_bytes` (of the rows as stored) and `statement`.

        Raises:
            TableMissingError: the policy's table doesn't exist.
        """
        cutoff = self._cutoff(connection)
        row = fetch_one(
            connection, "select maint.preview_purge(%s, %s) as preview", [self.policy, cutoff]
        )
        return {**self._header(cutoff), "dry_run": True, "deleted_count": 0, **row["preview"]}

    def run(
        self,
        connection: Connection,
        on_progress: Callable[[PurgeProgress], None] = lambda progress: None,
    ) -> dict[str, Any]:
        """Delete what has expired.

        Args:
            connection: in autocommit mode, as `maint_owner`; each batch commits by itself.
            on_progress: told after each batch.

        Returns:
            `policy`, `cutoff`, `deleted_count`, `locked_left` (others hold them), `refused` (a
            trigger or a foreign key keeps them; then `refusal` is one of the reasons), `batches`,
            `longest_batch_seconds` and `purge_seconds`.

        Raises:
            TableMissingError: the policy's table doesn't exist.
        """
        cutoff = self._cutoff(connection)
        started = perf_counter()
        policy = fetch_one(
            connection,
            "select maint.policy_predicate(name, %(cutoff)s) as predicate, "
            "extract(epoch from batch_target)::float8 as batch_seconds "
            "from maint.retention_policies where name = %(policy)s",
            {"policy": self.policy, "cutoff": cutoff},
        )
        targets = connection.execute(
            "select target::text, blocks from maint.purge_targets(maint.policy_table(%s))",
            [self.policy],
        ).fetchall()
        progress = PurgeProgress(total_blocks=sum(target["blocks"] for target in targets))
        walk = _Walk(connection, policy["predicate"], self.duty, progress)
        walk.over(targets, policy["batch_seconds"], on_progress)
        return {
            **self._header(cutoff),
            "deleted_count": progress.deleted,
            "locked_left": progress.locked_left,
            "refused": progress.refused,
            **({"refusal": progress.refusal} if progress.refusal else {}),
            "batches": progress.batches,
            "longest_batch_seconds": round(progress.longest_batch_seconds, 4),
            "purge_seconds": round(perf_counter() - started, 3),
        }

    def _header(self, cutoff: datetime) -> dict[str, Any]:
        return {"policy": self.policy, "cutoff": cutoff.isoformat()}

    def _cutoff(self, connection: Connection) -> datetime:
        row = fetch_one(
            connection,
            "select maint.policy_table(%(policy)s)::text as table_name, "
            "maint.policy_cutoff(%(policy)s, %(keep)s) as cutoff",
            {"policy": self.policy, "keep": self.keep},
        )
        if row["table_name"] is None:
            raise TableMissingError(
                f"The table of retention policy {self.policy} doesn't exist in this database."
            )
        cutoff: datetime = row["cutoff"]
        return cutoff


@dataclass
class _Walk:
    """The walk over all targets of a policy, with what it has found so far."""

    connection: Connection
    predicate: str
    duty: float
    progress: PurgeProgress

    def over(
        self,
        targets: list[dict[str, Any]],
        target_seconds: float,
        on_progress: Callable[[PurgeProgress], None],
    ) -> None:
        for target in targets:
            ranges = _AdaptiveRanges(target["blocks"], target_seconds)
            for first, last in ranges:
                ranges.took(self._purge_blocks(target["target"], first, last))
                self.progress.blocks += last - first
                on_progress(self.progress)
        self._revisit_locked()

    def _purge_blocks(self, target: str, first: int, last: int) -> float:
        """Purge one range in one transaction; return how many seconds that took."""
        started = perf_counter()
        row = fetch_one(
            self.connection,
            "select deleted, locked, refused, refusal "
            "from maint.purge_blocks(%s::regclass, %s, %s, %s)",
            [target, self.predicate, first, last],
        )
        elapsed = perf_counter() - started
        progress = self.progress
        progress.batches += 1
        progress.deleted += row["deleted"]
        progress.refused += row["refused"]
        progress.refusal = progress.refusal or row["refusal"]
        progress.longest_batch_seconds = max(progress.longest_batch_seconds, elapsed)
        if row["locked"]:
            progress.locked.append(_LockedRange(target, first, last, row["locked"], row["refused"]))
        if self.duty < 1:
            sleep(elapsed * (1 / self.duty - 1))
        return elapsed

    def _revisit_locked(self) -> None:
        """Come back for rows that were locked: most locks are held for a moment only."""
        for _ in range(REVISITS):
            if not self.progress.locked:
                return
            sleep(REVISIT_PAUSE_SECONDS)
            ranges, self.progress.locked = self.progress.locked, []
            for found in ranges:
                self.progress.refused -= found.refused  # they are counted again
                self._purge_blocks(found.target, found.first, found.last)


class _AdaptiveRanges:
    """Block ranges over a table, sized so that each takes about the target time."""

    def __init__(self, blocks: int, target_seconds: float) -> None:
        self._blocks = blocks
        self._target_seconds = target_seconds
        self._size = FIRST_BATCH_BLOCKS

    def __iter__(self) -> Iterator[tuple[int, int]]:
        first = 0
        while first < self._blocks:
            last = min(first + self._size, self._blocks)
            yield first, last
            first = last

    def took(self, seconds: float) -> None:
        """Size the next range by how long the latest took, at most halving or doubling."""
        factor = min(2.0, max(0.5, self._target_seconds / max(seconds, 1e-6)))
        self._size = min(MAXIMUM_BATCH_BLOCKS, max(1, int(self._size * factor)))
