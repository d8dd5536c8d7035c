"""Which blocks of a relation a purge has to visit, handed out to its workers.

The whole relation in physical order; or, where an index on the time column leads to few expired
rows, only the blocks that hold some; or, where those are in blocks all over the relation, slices of
time (database/sql/56_locate.sql).
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
from maint_pipeline.retention.progress import BlockRange, PurgeProgress, Slices

T = TypeVar("T")

TIMEOUT_SECONDS = 1.0
"""No statement of a purge runs for longer: it is cancelled, and tried again in another way."""

LOCATE_ROWS = 200_000
"""Expired rows to look for at once: a fraction of a second, and never all of a large table."""

LOOKS = 10
"""Looks for the oldest expired row, a second each at most."""

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
        may_slice: whether slices of time will do, too.
    """

    policy: str
    cutoff: object
    target: str
    blocks: int
    progress: PurgeProgress
    may_slice: bool = True
    _spans: deque[tuple[int, int]] = field(default_factory=deque, init=False)
    _position: int = field(default=0, init=False)
    _is_located: bool | None = field(default=None, init=False)
    _slices: Slices | None = field(default=None, init=False)
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
            if self._slices and self._slices.is_given_up:
                self._walk_instead()
            while not self._spans:
                if not self._look_further(connection):
                    return None
            first, end = self._spans.popleft()
            last = min(first + size, end)
            if last < end:
                self._spans.appendleft((last, end))
            self._skip_to(first)
            self._position = last
            return BlockRange(self.target, first, last, self._slices)

    def _look_further(self, connection: Connection) -> bool:
        """Find more spans after the present position; False at the end."""
        if self._is_located is None:
            self._is_located = self.blocks > 0 and self._may_locate(connection)
            if not self._is_located:
                self._spans.append((0, self.blocks))
                return True
        if self._is_located:
            return self._locate(connection)
        if self._slices or self._measured_again == MEASURE_AGAIN:
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
            if self.may_slice and row["is_locatable"]:
                self._slices = self._slices_of_time(connection)
            return False
        return bool(row["is_locatable"])

    def _slices_of_time(self, connection: Connection) -> Slices | None:
        """Cut the time of the expired rows into slices; None where no index finds them by it.

        Each look marks, in the index, rows of former purges as gone, so that the next gets further.
        """
        for _ in range(LOOKS):
            row = _in_time(
                lambda: fetch_one(
                    connection,
                    "select oldest, newest from maint.expired_span(%s, %s, %s::regclass)",
                    [self.policy, self.cutoff, self.target],
                )
            )
            if row is not None:
                missing = row["oldest"] is None
                return None if missing else Slices(row["oldest"], row["newest"], self.blocks)
        return None

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

    def _walk_instead(self) -> None:
        """Walk over all blocks: too many rows have one time."""
        self._slices = None
        self.progress.walked(-self._position)
        self._position = 0
        self._spans = deque([(0, self.blocks)])

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
