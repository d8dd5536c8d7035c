"""The purge of one policy, from its first block to its report.

It needs no index, holds constant memory, and loses nothing when it is killed: what was deleted is
committed, and the next purge starts again at the first block. Which rows have expired is decided by
the database (database/sql/50_retention.sql, 54_purge_blocks.sql), so that SQL callers purge by the
same rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.owners import Owners
from maint_pipeline.retention.brin import summarize_again
from maint_pipeline.retention.partitions import Partitions
from maint_pipeline.retention.preconditions import assert_clocks_agree, assert_not_resting
from maint_pipeline.retention.progress import BlockRange, PurgeProgress
from maint_pipeline.retention.purge_result import archived, counts, unfinished
from maint_pipeline.retention.purge_targets import expected_rows, purge_targets
from maint_pipeline.retention.ranges import Ranges
from maint_pipeline.retention.space import disk_bytes, vacuum
from maint_pipeline.retention.walk import OnProgress, Walk
from maint_pipeline.retention.worker import PurgeBlocks, Worker

if TYPE_CHECKING:
    from maint_pipeline.retention.archiving import ArchivingPurge

FULL_DUTY_BATCHES = 2.5
"""Times the batch target at full duty: nobody has asked for room, and fewer commits cost less."""


@dataclass(frozen=True)
class Purge:
    """One purge of one policy.

    Attributes:
        policy: name of the row in `maint.retention_policies`.
        keep: overrides the policy's keep interval for this run.
        duty: fraction of the time spent working, above 0 to 1; it sleeps for the rest.
        until: when to stop, with what is left for the next purge; None for never.
        archive_url: where the rows of a policy that archives go.
        owner_url: of a role that may act as the table's owner, for vacuum, indexes and partitions;
            None where there is none.
        vacuum: whether to vacuum afterwards, where that pays; else autovacuum does it in its time.
    """

    policy: str
    keep: timedelta | None = None
    duty: float = 0.5
    until: datetime | None = None
    archive_url: str = ""
    owner_url: str | None = None
    vacuum: bool = True

    def preview(self, connection: Connection) -> dict[str, Any]:
        """Return what would be deleted, changing nothing.

        Args:
            connection: in autocommit mode, as `maint_owner`.

        Returns:
            `policy`, `cutoff`, `dry_run`, `deleted_count` (0), `expired_count`, `held` (on legal
            hold), `oldest`, `newest`, `expired_bytes` (of the rows as stored), `by_day` (list of
            `day`, `rows`, `bytes`; UTC, latest first, at most 400), `action` and `statement`.

        Raises:
            PolicyRestsError: the policy is disabled, or waits for its table.
            psycopg.errors.UndefinedTable: its table no longer exists, though it once did.
        """
        assert_not_resting(connection, self.policy)
        cutoff = self._cutoff(connection)
        row = fetch_one(
            connection, "select maint.preview_purge(%s, %s) as preview", [self.policy, cutoff]
        )
        return {**self._header(cutoff), "dry_run": True, "deleted_count": 0, **row["preview"]}

    def run(
        self,
        connection: Connection,
        on_progress: OnProgress = lambda progress: None,
        helpers: Sequence[Connection] = (),
    ) -> dict[str, Any]:
        """Delete what has expired.

        Args:
            connection: in autocommit mode, as `maint_owner`; each batch is a transaction.
            on_progress: called after each batch.
            helpers: a connection of the same kind for each further worker.

        Returns:
            `policy`, `cutoff`, `deleted_count`, `locked_left` (others hold them), `refused` (a
            trigger or a foreign key keeps them; then `refusal` is one of the reasons), `held` (on
            legal hold), `batches`, `longest_batch_seconds`, `purge_seconds` and after it
            `afterwards_seconds`. `vacuum` says whether it was vacuumed, `reusable_bytes` about how
            much room that made for new rows, `returned_bytes` how much less disk the table takes,
            `not_summarized` why an index on the time could not be summarized again.
            Where rows were archived, `archived_rows`, `archived_bytes`, `archive_files` and
            `archive`, the folder. Of a partitioned table `partitions_dropped` (each `partition`,
            `rows`, `is_guess` whether that is the planner's, `bytes`), `partitions_created` (names)
            and `partition_problems` (as text), if there are any; `guessed_rows` is the part of
            `deleted_count` that was not counted one by one.
            Where it was stopped, `unfinished` says why and `walked_percent` how far it came.

        Raises:
            PolicyRestsError: the policy is disabled, or waits for its table.
            ClockError: this machine and the server don't agree what time it is.
            psycopg.errors.UndefinedTable: its table no longer exists, though it once did.
            ArchiveError: the archive can't be written; what is not in it was not deleted.
            psycopg.Error: of the database; also when a trigger's error kept every single row.
        """
        assert_not_resting(connection, self.policy)
        assert_clocks_agree(connection)
        cutoff = self._cutoff(connection)
        started = perf_counter()
        policy = self._policy(connection)
        archiving = self._archiving(cutoff) if policy["action"] == "archive" else None
        disk_before = disk_bytes(connection, self.policy)
        owners = Owners(self.owner_url)
        partitions = Partitions(connection, self.policy, cutoff, owners)
        created = partitions.create_missing()
        if self.until is None or datetime.now(self.until.tzinfo) < self.until:
            partitions.drop_expired()
        batch_seconds = policy["batch_seconds"] * (FULL_DUTY_BATCHES if self.duty == 1 else 1)
        progress, finished = self._delete(
            (connection, *helpers), cutoff, archiving, batch_seconds, on_progress
        )
        if finished:
            partitions.drop_expired()  # those that are empty now
        connection.execute(
            "select maint.assert_not_all_refused(%s, %s, %s, %s)",
            [progress.deleted, progress.refused, progress.refusal, progress.refusal_state],
        )
        purge_seconds = round(perf_counter() - started, 3)
        left = [target["target"] for target in purge_targets(connection, self.policy)]
        space = vacuum(connection, left, self.until, owners) if self.vacuum else {}
        emptied = [
            found for found in progress.purged if found.target in {*left} - progress.scattered
        ]
        unsummarized = summarize_again(connection, self.policy, emptied, self.duty, owners)
        return {
            **self._header(cutoff),
            **counts(progress, partitions),
            **({"partitions_created": created} if created else {}),
            **(archived(archiving) if archiving else {}),
            **space,
            **({"not_summarized": unsummarized} if unsummarized else {}),
            "returned_bytes": disk_before - disk_bytes(connection, self.policy),
            "purge_seconds": purge_seconds,
            "afterwards_seconds": round(perf_counter() - started - purge_seconds, 3),
            **(unfinished(progress, self.until) if self.until and not finished else {}),
        }

    def _delete(
        self,
        connections: Sequence[Connection],
        cutoff: datetime,
        archiving: ArchivingPurge | None,
        batch_seconds: float,
        on_progress: OnProgress,
    ) -> tuple[PurgeProgress, bool]:
        """Walk over all blocks of the policy's tables; return whether that came to the end."""
        connection = connections[0]
        targets = purge_targets(connection, self.policy)
        progress = PurgeProgress(
            total_blocks=sum(target["blocks"] for target in targets),
            expected=expected_rows(connection, self.policy, cutoff, targets),
        )
        purge_blocks: PurgeBlocks = self._purge_blocks(cutoff)
        if archiving:
            purge_blocks, batch_seconds = archiving.purge_blocks, archiving.batch_seconds
        walk = self._walk(connections, purge_blocks, batch_seconds, progress)
        with archiving.at_work(connection) if archiving else nullcontext():
            finished = all(
                walk.over(
                    Ranges(
                        self.policy,
                        cutoff,
                        target["target"],
                        target["blocks"],
                        progress,
                        may_slice=archiving is None,
                    ),
                    on_progress,
                )
                for target in targets
            )
            if finished:
                walk.revisit_locked()
        return progress, finished

    def _archiving(self, cutoff: datetime) -> ArchivingPurge:
        # Imported here: most purges archive nothing, and would wait for file systems to load.
        from maint_pipeline.retention.archiving import ArchivingPurge  # noqa: PLC0415

        return ArchivingPurge.into(self.archive_url, self.policy, cutoff)

    def _policy(self, connection: Connection) -> dict[str, Any]:
        return fetch_one(
            connection,
            "select action, extract(epoch from batch_target)::float8 as batch_seconds "
            "from maint.retention_policies where name = %s",
            [self.policy],
        )

    def _walk(
        self,
        connections: Sequence[Connection],
        purge_blocks: PurgeBlocks,
        batch_seconds: float,
        progress: PurgeProgress,
    ) -> Walk:
        stop = Event()
        workers = [
            Worker(each, purge_blocks, self.duty, batch_seconds, progress, self.until, stop)
            for each in connections
        ]
        return Walk(workers[0], workers[1:], stop)

    def _purge_blocks(self, cutoff: datetime) -> PurgeBlocks:
        def purge_blocks(connection: Connection, blocks: BlockRange) -> dict[str, Any]:
            target, first, last, slices = blocks
            times = slices.between(first, last) if slices else (None, None)
            return fetch_one(
                connection,
                "select deleted, locked, held, refused, refusal, refusal_state "
                "from maint.purge_blocks(%s, %s, %s::regclass, %s, %s, null, "
                "to_timestamp(%s), to_timestamp(%s))",
                [self.policy, cutoff, target, first, last, *times],
            )

        return purge_blocks

    def _header(self, cutoff: datetime) -> dict[str, Any]:
        return {"policy": self.policy, "cutoff": cutoff.isoformat()}

    def _cutoff(self, connection: Connection) -> datetime:
        row = fetch_one(
            connection,
            "select maint.policy_cutoff(%s, %s) as cutoff",
            [self.policy, self.keep],
        )
        cutoff: datetime = row["cutoff"]
        return cutoff
