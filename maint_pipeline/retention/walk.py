"""The walk of a purge over its tables: block ranges, one short transaction each.

What a range deletes is decided by `maint.purge_blocks`; here is how large ranges are, what happens
after trouble, and what was counted on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter, sleep
from typing import Any, NamedTuple

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one

FIRST_BATCH_BLOCKS = 64
MAXIMUM_BATCH_BLOCKS = 8192
"""64 MiB of table: a range without expired rows is read fast, but not without bound."""

BATCH_TIMEOUT_SECONDS = 1.0
"""No batch holds its locks for longer: it is cancelled, and tried again in smaller pieces."""

MAXIMUM_TIMEOUT_SECONDS = 60.0
"""How long a single block may take in the end, with slow triggers for example."""

SHRINK = 4
TABLE_LOCK_ATTEMPTS = 20
"""Attempts, further and further apart, while somebody locks the whole table: about 50 seconds."""

MEASURE_AGAIN = 2
"""Times a table is measured again at its end: updates may have moved expired rows behind it, but
where others insert all the time the end can't be caught."""

REVISITS = 3
REVISIT_PAUSE_SECONDS = 0.5


class LockedRange(NamedTuple):
    """A range with locked rows, to be visited again, and what else it has counted."""

    target: str
    first: int
    last: int
    rows: int
    refused: int
    held: int


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
    refusal_state: str | None = None
    held: int = 0
    locked: list[LockedRange] = field(default_factory=list)
    started: float = field(default_factory=perf_counter)

    @property
    def rows_per_second(self) -> float:
        """How many rows went in a second, pauses included."""
        return self.deleted / max(perf_counter() - self.started, 1e-6)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest of the table takes at the pace so far; None before the first batch."""
        if not self.blocks:
            return None
        return (perf_counter() - self.started) * (1 - self.fraction) / self.fraction

    @property
    def fraction(self) -> float:
        """How much of the table has been walked, 0 to 1."""
        return self.blocks / self.total_blocks if self.total_blocks else 1.0

    @property
    def locked_left(self) -> int:
        """How many expired rows stay because others hold them locked."""
        return sum(found.rows for found in self.locked)

    def add(self, target: str, first: int, last: int, row: dict[str, Any], seconds: float) -> None:
        """Count what a batch did."""
        self.batches += 1
        self.deleted += row["deleted"]
        self.refused += row["refused"]
        self.refusal = self.refusal or row["refusal"]
        self.refusal_state = self.refusal_state or row["refusal_state"]
        self.held += row["held"]
        self.longest_batch_seconds = max(self.longest_batch_seconds, seconds)
        if row["locked"]:
            self.locked.append(
                LockedRange(target, first, last, row["locked"], row["refused"], row["held"])
            )


@dataclass
class Walk:
    """The walk over all targets of a policy.

    Attributes:
        connection: in autocommit mode, as `maint_owner`.
        policy: its name.
        cutoff: rows from before have expired.
        duty: part of the time at work, above 0 to 1.
        batch_seconds: what a batch should take.
        progress: what is counted.
        until: when to stop, None for never.
    """

    connection: Connection
    policy: str
    cutoff: datetime
    duty: float
    batch_seconds: float
    progress: PurgeProgress
    until: datetime | None = None

    def over(
        self, targets: list[dict[str, Any]], on_progress: Callable[[PurgeProgress], None]
    ) -> bool:
        """Walk over the targets.

        Args:
            targets: rows with `target` (a relation) and `blocks`.
            on_progress: told after each batch.

        Returns:
            Whether it came to the end; False when `until` was reached before.
        """
        self._timeout(BATCH_TIMEOUT_SECONDS)
        try:
            return (
                all(
                    self._over_one(target["target"], target["blocks"], on_progress)
                    for target in targets
                )
                and self._revisit_locked()
            )
        finally:
            # An interrupted statement may be running still, a broken connection has no status.
            if self.connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
                self.connection.execute("reset statement_timeout")

    def _over_one(
        self, target: str, blocks: int, on_progress: Callable[[PurgeProgress], None]
    ) -> bool:
        first, size, timeout = 0, FIRST_BATCH_BLOCKS, BATCH_TIMEOUT_SECONDS
        measured_again = 0
        while first < blocks or measured_again < MEASURE_AGAIN:
            if self._is_time_up():
                return False
            if first == blocks:
                blocks = self._blocks_now(target, blocks)
                measured_again += 1
                continue
            last = min(first + size, blocks)
            started = perf_counter()
            try:
                seconds = self._purge_blocks(target, first, last)
            except psycopg.errors.QueryCanceled:
                if perf_counter() - started < timeout * 0.9 or timeout >= MAXIMUM_TIMEOUT_SECONDS:
                    raise  # somebody else's wish, or hopeless
                if size == 1:
                    timeout = self._timeout(timeout * 2)
                size = max(1, size // SHRINK)
                continue
            if timeout > BATCH_TIMEOUT_SECONDS:
                timeout = self._timeout(BATCH_TIMEOUT_SECONDS)
            size = _next_size(size, seconds, self.batch_seconds)
            self.progress.blocks += last - first
            first = last
            on_progress(self.progress)
        return True

    def _blocks_now(self, target: str, blocks: int) -> int:
        row = fetch_one(
            self.connection,
            "select pg_relation_size(%s::regclass) / current_setting('block_size')::bigint as now",
            [target],
        )
        self.progress.total_blocks += max(0, row["now"] - blocks)
        return max(blocks, int(row["now"]))

    def _purge_blocks(self, target: str, first: int, last: int) -> float:
        """Purge one range in one transaction; return how many seconds that took."""
        for attempt in range(1, TABLE_LOCK_ATTEMPTS + 1):
            started = perf_counter()
            try:
                row = fetch_one(
                    self.connection,
                    "select deleted, locked, held, refused, refusal, refusal_state "
                    "from maint.purge_blocks(%s, %s, %s::regclass, %s, %s)",
                    [self.policy, self.cutoff, target, first, last],
                )
                break
            except psycopg.errors.LockNotAvailable:
                # The table as a whole is locked, or a hold is being placed. We never queue.
                if attempt == TABLE_LOCK_ATTEMPTS:
                    raise
                sleep(0.25 * attempt)
        elapsed = perf_counter() - started
        self.progress.add(target, first, last, row, elapsed)
        if self.duty < 1:
            sleep(elapsed * (1 / self.duty - 1))
        return elapsed

    def _revisit_locked(self) -> bool:
        """Come back for rows that were locked: most locks are held for a moment only."""
        for _ in range(REVISITS):
            if not self.progress.locked:
                break
            sleep(REVISIT_PAUSE_SECONDS)
            ranges, self.progress.locked = self.progress.locked, []
            for found in ranges:
                # They are counted again.
                self.progress.refused -= found.refused
                self.progress.held -= found.held
                self._purge_blocks(found.target, found.first, found.last)
        return True

    def _is_time_up(self) -> bool:
        return self.until is not None and datetime.now(self.until.tzinfo) >= self.until

    def _timeout(self, seconds: float) -> float:
        self.connection.execute(
            "select set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))]
        )
        return seconds


def _next_size(size: int, seconds: float, target_seconds: float) -> int:
    """Size the next range by how long the latest took, at most halving or doubling."""
    factor = min(2.0, max(0.5, target_seconds / max(seconds, 1e-6)))
    return min(MAXIMUM_BATCH_BLOCKS, max(1, int(size * factor)))
