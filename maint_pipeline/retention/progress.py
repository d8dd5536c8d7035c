"""What a purge has counted, while it goes on and in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from threading import Lock
from time import perf_counter
from typing import Any, NamedTuple


@dataclass
class Slices:
    """The time of a relation's expired rows, cut into as many slices as the relation has blocks.

    Where they lie all over the relation and an index finds them, a purge takes slices of time in
    place of blocks; all else about it stays the same.

    Attributes:
        oldest: of the expired rows, in seconds since 1970.
        newest: the same.
        count: how many slices.
        is_given_up: whether a single slice took too long.
    """

    oldest: float
    newest: float
    count: int
    is_given_up: bool = False

    def between(self, first: int, last: int) -> tuple[float, float]:
        """Give the times of slices from `first` up to, not including, `last`.

        The first begins at the oldest: before it are, in the index, all the rows of former purges
        that no vacuum has removed yet.

        Returns:
            Seconds since 1970: since when, and before when.
        """
        return self._start(first), inf if last >= self.count else self._start(last)

    def _start(self, number: int) -> float:
        return self.oldest + (self.newest - self.oldest) * number / self.count


class BlockRange(NamedTuple):
    """Blocks of a relation, from `first` up to, not including, `last`.

    With `slices` it is these slices instead, whichever blocks their rows are in.
    """

    target: str
    first: int
    last: int
    slices: Slices | None = None


class LockedRange(NamedTuple):
    """A range with locked rows, to be visited again, and what else it has counted."""

    blocks: BlockRange
    rows: int
    refused: int
    held: int


@dataclass
class PurgeProgress:
    """Where a purge stands. Blocks are counted over all targets; workers count together."""

    total_blocks: int
    expected: int | None = None
    """About how many rows will go, as the planner guesses; None where nobody asked."""
    blocks: int = 0
    deleted: int = 0
    batches: int = 0
    longest_batch_seconds: float = 0.0
    refused: int = 0
    refusal: str | None = None
    refusal_state: str | None = None
    held: int = 0
    locked: list[LockedRange] = field(default_factory=list)
    purged: list[BlockRange] = field(default_factory=list)
    """Where rows were deleted; neighbours are joined, so that it stays short."""
    scattered: set[str] = field(default_factory=set)
    """Targets whose expired rows lie among others everywhere."""
    started: float = field(default_factory=perf_counter)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

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
        return min(1.0, self.blocks / self.total_blocks) if self.total_blocks else 1.0

    @property
    def locked_left(self) -> int:
        """How many expired rows stay because others hold them locked."""
        return sum(found.rows for found in self.locked)

    def add(self, blocks: BlockRange, row: dict[str, Any], seconds: float) -> None:
        """Count what a batch did.

        Args:
            blocks: its range.
            row: what `maint.purge_blocks` returned.
            seconds: how long its transaction took.
        """
        with self._lock:
            self.batches += 1
            self.deleted += row["deleted"]
            self.refused += row["refused"]
            self.refusal = self.refusal or row["refusal"]
            self.refusal_state = self.refusal_state or row["refusal_state"]
            self.held += row["held"]
            self.longest_batch_seconds = max(self.longest_batch_seconds, seconds)
            if row["locked"]:
                self.locked.append(LockedRange(blocks, row["locked"], row["refused"], row["held"]))
            if row["deleted"]:
                self._note_purged(blocks)

    def walked(self, blocks: int) -> None:
        """Count blocks that are done with."""
        with self._lock:
            self.blocks += blocks

    def take_locked(self) -> list[LockedRange]:
        """Hand over the ranges with locked rows for another visit, which counts them again."""
        taken, self.locked = self.locked, []
        for found in taken:
            self.refused -= found.refused
            self.held -= found.held
        return taken

    def _note_purged(self, blocks: BlockRange) -> None:
        if self.purged:
            latest = self.purged[-1]
            if latest.target == blocks.target and latest.last == blocks.first:
                self.purged[-1] = latest._replace(last=blocks.last)
                return
        self.purged.append(blocks)
