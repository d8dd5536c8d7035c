"""What a purge has counted, while it goes on and in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import Any, NamedTuple


class BlockRange(NamedTuple):
    """Blocks of a relation, from `first` up to, not including, `last`."""

    target: str
    first: int
    last: int


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
