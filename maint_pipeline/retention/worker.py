"""A worker of a purge: takes block ranges and purges each in one short transaction.

Here is how large ranges are and what happens after trouble. What a range loses is decided by
`maint.purge_blocks`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from math import inf
from threading import Event
from time import perf_counter, sleep
from typing import Any

import psycopg

from maint_pipeline.database.connection import Connection, limit_statements
from maint_pipeline.retention.patience import patiently
from maint_pipeline.retention.progress import BlockRange, PurgeProgress
from maint_pipeline.retention.ranges import TIMEOUT_SECONDS, Ranges

FIRST_BATCH_BLOCKS = 64
MAXIMUM_BATCH_BLOCKS = 8192
"""64 MiB of table: a range without expired rows is read fast, but not without bound."""

MAXIMUM_TIMEOUT_SECONDS = 60.0
"""How long a single block may take in the end, with slow triggers for example."""

TAKE = 8
"""Batches to take at once, so that two workers are not at the same pages of the indexes."""

SHRINK = 4
TABLE_LOCK_ATTEMPTS = 20
TABLE_LOCK_PAUSE_SECONDS = 0.25
"""Attempts, further and further apart, while somebody locks the whole table: about 50 seconds."""

PurgeBlocks = Callable[[Connection, BlockRange], dict[str, Any]]
"""Purges one range in one transaction and returns what `maint.purge_blocks` returned."""


@dataclass
class Worker:
    """One worker, with a connection of its own.

    Attributes:
        connection: in autocommit mode, as `maint_owner`.
        purge_blocks: what it does with a range.
        duty: fraction of the time spent working, above 0 to 1.
        batch_seconds: what a batch should take.
        progress: what all workers count together.
        until: when to stop, None for never.
        stop: set when the workers are to stop after their batch.
    """

    connection: Connection
    purge_blocks: PurgeBlocks
    duty: float
    batch_seconds: float
    progress: PurgeProgress
    until: datetime | None
    stop: Event
    _size: int = field(default=FIRST_BATCH_BLOCKS, init=False)
    _timeout: float = field(default=TIMEOUT_SECONDS, init=False)
    _due: float = field(default=inf, init=False)
    _fastest: float = field(default=inf, init=False)

    def work(self, ranges: Ranges, on_progress: Callable[[PurgeProgress], None]) -> bool:
        """Purge ranges as long as there are any.

        Args:
            ranges: where to take them from.
            on_progress: called after each one.

        Returns:
            Whether it came to the end; False when it was stopped or `until` was reached before.
        """
        self._set_timeout(TIMEOUT_SECONDS)
        self.connection.execute("select maint.use_session_settings(false)")
        # A commit need not wait for the disk: what a crash of the server takes back, the next purge
        # deletes again.
        self.connection.execute("set synchronous_commit = off")
        try:
            while not self._must_stop():
                blocks = ranges.take(self.connection, self._size * TAKE)
                if blocks is None:
                    return True
                while blocks.first < blocks.last and not self._must_stop():
                    blocks = blocks._replace(first=self._purge_piece(blocks))
                    on_progress(self.progress)
            return False
        finally:
            # An interrupted statement may be running still, a broken connection has no status.
            if self.connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
                self.connection.execute("reset statement_timeout")
                self.connection.execute("reset synchronous_commit")

    def purge(self, blocks: BlockRange) -> float:
        """Purge one range in one transaction, and pause after it.

        Args:
            blocks: the range.

        Returns:
            Seconds that the transaction took.

        Raises:
            psycopg.Error: of the database; the range is as it was.
        """

        def purge() -> tuple[dict[str, Any], float]:
            started = perf_counter()
            return self.purge_blocks(self.connection, blocks), started

        # The table as a whole may be locked, or a hold is being placed.
        row, started = patiently(purge, TABLE_LOCK_ATTEMPTS, TABLE_LOCK_PAUSE_SECONDS)
        elapsed = perf_counter() - started
        self.progress.add(blocks, row, elapsed)
        if self.duty < 1:
            self._rest(started, elapsed)
        return elapsed

    def _rest(self, started: float, elapsed: float) -> None:
        """Pause as long as the duty asks for, counted from the end of the batch.

        What the latest pause took too long, this one is shorter by, half of it at most: a sleep
        ends a little late each time, and the next batch takes a moment to come.
        """
        pause = elapsed * (1 / self.duty - 1)
        late = min(max(0.0, started - self._due), pause / 2)
        self._due = started + elapsed + pause - late
        sleep(max(0.0, self._due - perf_counter()))

    def _purge_piece(self, blocks: BlockRange) -> int:
        """Purge the beginning of a range, less of it when it takes too long.

        Returns:
            The first block that is left to do; none of a slice of time that is too full.
        """
        piece = blocks._replace(last=min(blocks.first + self._size, blocks.last))
        started = perf_counter()
        try:
            seconds = self.purge(piece)
        except psycopg.errors.QueryCanceled:
            if (
                perf_counter() - started < self._timeout * 0.9
                or self._timeout >= MAXIMUM_TIMEOUT_SECONDS
            ):
                raise  # somebody else's wish, or hopeless
            if self._size == 1:
                if blocks.slices:
                    blocks.slices.is_given_up = True
                    self.progress.walked(blocks.last - blocks.first)
                    return blocks.last
                self._set_timeout(self._timeout * 2)
            self._size = max(1, self._size // SHRINK)
            return blocks.first
        if self._timeout > TIMEOUT_SECONDS:
            self._set_timeout(TIMEOUT_SECONDS)
        # What the fastest one took, to be planned and committed for the most part, no smaller one
        # would save; but none is meant to take twice the target.
        self._fastest = min(self._fastest, seconds)
        spare = min(self._fastest, self.batch_seconds)
        self._size = _next_size(self._size, seconds - spare, self.batch_seconds)
        self.progress.walked(piece.last - piece.first)
        return piece.last

    def _must_stop(self) -> bool:
        is_time_up = self.until is not None and datetime.now(self.until.tzinfo) >= self.until
        return is_time_up or self.stop.is_set()

    def _set_timeout(self, seconds: float) -> None:
        limit_statements(self.connection, seconds)
        self._timeout = seconds


def _next_size(size: int, seconds: float, target_seconds: float) -> int:
    """Size the next range by how long the latest took, at most halving or doubling."""
    factor = min(2.0, max(0.5, target_seconds / max(seconds, 1e-6)))
    return min(MAXIMUM_BATCH_BLOCKS, max(1, int(size * factor)))
