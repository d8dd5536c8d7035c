"""The walk of a purge: its workers over all of its relations, and back to rows that were locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from time import sleep

import psycopg

from maint_pipeline.retention.progress import PurgeProgress
from maint_pipeline.retention.ranges import Ranges
from maint_pipeline.retention.worker import Worker

REVISITS = 3
REVISIT_PAUSE_SECONDS = 0.5

OnProgress = Callable[[PurgeProgress], None]


@dataclass(frozen=True)
class Walk:
    """Several workers at one purge.

    Attributes:
        worker: works in the calling thread, and reports.
        helpers: work in threads of their own beside it, usually none.
        stop: the one that all of them look at.
    """

    worker: Worker
    helpers: Sequence[Worker]
    stop: Event

    def over(self, ranges: Ranges, on_progress: OnProgress) -> bool:
        """Walk over one relation.

        Args:
            ranges: those of the relation.
            on_progress: called after each batch of the first worker.

        Returns:
            Whether the workers came to the end; False when the time was up before.

        Raises:
            psycopg.Error: of the database, whichever worker met it; all have stopped then.
        """
        if not self.helpers:
            return self.worker.work(ranges, on_progress)
        with ThreadPoolExecutor(len(self.helpers)) as threads:
            others = [threads.submit(self._help, helper, ranges) for helper in self.helpers]
            try:
                finished = self.worker.work(ranges, on_progress)
            except BaseException:
                self._stop_helpers()
                raise
            return all([finished, *(other.result() for other in others)])

    def revisit_locked(self) -> None:
        """Come back for rows that were locked: most locks are held for a moment only."""
        progress = self.worker.progress
        for _ in range(REVISITS):
            if not progress.locked:
                break
            sleep(REVISIT_PAUSE_SECONDS)
            for found in progress.take_locked():
                self.worker.purge(found.blocks)

    def _help(self, helper: Worker, ranges: Ranges) -> bool:
        try:
            return helper.work(ranges, lambda progress: None)
        except BaseException:
            self.stop.set()
            raise

    def _stop_helpers(self) -> None:
        self.stop.set()
        for helper in self.helpers:
            try:
                helper.connection.cancel_safe(timeout=5)
            except psycopg.Error:  # it has no statement, or no server, any more
                continue
