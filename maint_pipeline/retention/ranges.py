"""Which blocks of a relation a purge has to visit, handed out to its workers.

The whole relation in physical order; or, where an index on the time column leads to few expired
rows, only the blocks that hold some (database/sql/56_locate.sql).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import TypeVar

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.retention.progress import BlockRange, PurgeProgress

T = TypeVar("T")

TIMEOUT_SECONDS = 1.0
"""No statement of a purge runs for longer: it is cancelled, and tried again in another way."""

LOCATE_ROWS = 200_000
"""Expired rows to look for at once: a fraction of a second, and never all of a large table."""

MEASURE_AGAIN = 2
"""Times a table is measured again at its end: updates may have moved expired rows behind it, but
where others insert all the time the end can't be caught."""


@dataclass
class Ranges:
    """The ranges of one relation still to be visited; several workers may take from them.

    Attributes:
        policy: name of the policy.
        cutoff: rows from before have expired; anything that psycopg adapts to timestamptz.
        target: the relation.
        blocks: its size.
        progress: updated as the ranges are done.
    """

    policy: str
    cutoff: object
    target: str
    blocks: int
    progress: PurgeProgress
    _spans: deque[tuple[int, int]] = field(default_factory=deque, init=False)
    _position: int = field(default=0, init=False)
    _is_located: bool | None = field(default=None, init=False)
    _measured_again: int = field(default=0, init=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def take(self, connection: Connection, size: int) -> BlockRange | None:
        """Hand out the next range.

        Args:
            connection: the worker's, idle; used to look where expired rows are.
            size: blocks, at most.

        Returns:
            A range that nobody else got, or None after the last.
        """
        with self._lock:
            while not self._spans:
                if not self._look_further(connection):
                    return None
            first, end = self._spans.popleft()
            last = min(first + size, end)
            if last < end:
                self._spans.appendleft((last, end))
            self._skip_to(first)
            self._position = last
            return BlockRange(self.target, first, last)

    def _look_further(self, connection: Connection) -> bool:
        """Find more spans after the present position; False at the end."""
        if self._is_located is None:
            self._is_located = self.blocks > 0 and self._may_locate(connection)
            if not self._is_located:
                self._spans.append((0, self.blocks))
                return True
        if self._is_located:
            return self._locate(connection)
        if self._measured_again == MEASURE_AGAIN:
            return False
        self._measured_again += 1
        before, self.blocks = self.blocks, max(self.blocks, self._blocks_now(connection))
        self.progress.total_blocks += self.blocks - before
        if self.blocks > before:
            self._spans.append((before, self.blocks))
        return True

    def _may_locate(self, connection: Connection) -> bool:
        row = _in_time(
            lambda: fetch_one(
                connection,
                "select is_locatable, is_scattered from maint.where_expired_are("
                "%s, %s, %s::regclass, %s)",
                [self.policy, self.cutoff, self.target, self.blocks],
            )
        )
        if row is None:
            return False
        if row["is_scattered"]:
            self.progress.scattered.add(self.target)
        return bool(row["is_locatable"])

    def _locate(self, connection: Connection) -> bool:
        rows = _in_time(
            lambda: connection.execute(
                "select first_block, last_block "
                "from maint.locate_expired(%s, %s, %s::regclass, %s, %s)",
                [self.policy, self.cutoff, self.target, self._position, LOCATE_ROWS],
            ).fetchall()
        )
        if rows is None:
            # The index is no good: walk over the rest.
            self._is_located = False
            self._spans.append((self._position, max(self.blocks, self._position)))
            return True
        self._spans.extend((row["first_block"], row["last_block"]) for row in rows)
        if not rows:
            self._skip_to(self.blocks)
        return bool(rows)

    def _blocks_now(self, connection: Connection) -> int:
        row = fetch_one(
            connection,
            "select pg_relation_size(%s::regclass) / current_setting('block_size')::bigint as now",
            [self.target],
        )
        return int(row["now"])

    def _skip_to(self, block: int) -> None:
        """Count blocks as walked that need no visit."""
        self.progress.walked(max(0, min(block, self.blocks) - self._position))
        self._position = max(self._position, block)


def _in_time(look: Callable[[], T]) -> T | None:
    """Look where expired rows are; None where the look takes longer than statements may."""
    started = perf_counter()
    try:
        return look()
    except psycopg.errors.QueryCanceled:
        if perf_counter() - started < TIMEOUT_SECONDS * 0.9:
            raise  # somebody else's wish
        return None
