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
from typing import Any

from maint_pipeline.database.clock import seconds_apart
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.database.owners import Owners
from maint_pipeline.errors import MaintError, NotApplicableError
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.archiving import ARCHIVE_BATCH_SECONDS, ArchivingPurge
from maint_pipeline.retention.brin import summarize_again
from maint_pipeline.retention.partitions import Partitions
from maint_pipeline.retention.progress import BlockRange, PurgeProgress
from maint_pipeline.retention.ranges import Ranges
from maint_pipeline.retention.space import disk_bytes, vacuum
from maint_pipeline.retention.walk import OnProgress, Walk
from maint_pipeline.retention.worker import PurgeBlocks, Worker

__all__ = ["PolicyRestsError", "Purge", "PurgeProgress"]

FULL_DUTY_BATCHES = 2.5
"""Times the batch target at full duty: nobody has asked for room, and fewer commits cost less."""

MOST_SECONDS_APART = 3600.0
"""A server whose clock has jumped ahead would take what is young for expired."""


class PolicyRestsError(NotApplicableError):
    """The retention policy is disabled, or waits for a table that this database never had."""


class ClockError(MaintError):
    """The clocks don't agree, so nobody knows what has expired."""


def _assert_clocks_agree(connection: Connection) -> None:
    apart = seconds_apart(connection)
    if apart > MOST_SECONDS_APART:
        raise ClockError(
            f"The clocks of this machine and of the database server are {timedelta(seconds=apart)} "
            "apart, so what has expired is not known, and nothing was deleted: set both by NTP."
        )


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
        self._assert_not_resting(connection)
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
        self._assert_not_resting(connection)
        _assert_clocks_agree(connection)
        cutoff = self._cutoff(connection)
        started = perf_counter()
        policy = self._policy(connection)
        archiving = (
            ArchivingPurge(Archive(self.archive_url), self.policy, cutoff)
            if policy["action"] == "archive"
            else None
        )
        disk_before = disk_bytes(connection, self.policy)
        owners = Owners(self.owner_url)
        partitions = Partitions(connection, self.policy, cutoff, owners)
        created = partitions.create_missing()
        if self.until is None or datetime.now(self.until.tzinfo) < self.until:
            partitions.drop_expired()
        targets = self._targets(connection)
        progress = PurgeProgress(
            total_blocks=sum(target["blocks"] for target in targets),
            expected=self._expected(connection, cutoff, targets),
        )
        batch_seconds = policy["batch_seconds"] * (FULL_DUTY_BATCHES if self.duty == 1 else 1)
        purge_blocks: PurgeBlocks = self._purge_blocks(cutoff)
        if archiving:
            purge_blocks, batch_seconds = archiving.purge_blocks, ARCHIVE_BATCH_SECONDS
        walk = self._walk((connection, *helpers), purge_blocks, batch_seconds, progress)
        with archiving.at_work(connection) if archiving else nullcontext():
            finished = all(
                walk.over(
                    Ranges(self.policy, cutoff, target["target"], target["blocks"], progress),
                    on_progress,
                )
                for target in targets
            )
            if finished:
                walk.revisit_locked()
        if finished:
            partitions.drop_expired()  # those that are empty now
        connection.execute(
            "select maint.assert_not_all_refused(%s, %s, %s, %s)",
            [progress.deleted, progress.refused, progress.refusal, progress.refusal_state],
        )
        purge_seconds = round(perf_counter() - started, 3)
        left = [target["target"] for target in self._targets(connection)]
        space = vacuum(connection, left, self.until, owners) if self.vacuum else {}
        emptied = [found for found in progress.purged if found.target in left]
        unsummarized = summarize_again(connection, self.policy, emptied, self.duty, owners)
        return {
            **self._header(cutoff),
            **_counted(progress, partitions),
            **({"partitions_created": created} if created else {}),
            **(_archived(archiving) if archiving else {}),
            **space,
            **({"not_summarized": unsummarized} if unsummarized else {}),
            "returned_bytes": disk_before - disk_bytes(connection, self.policy),
            "purge_seconds": purge_seconds,
            "afterwards_seconds": round(perf_counter() - started - purge_seconds, 3),
            **({} if finished else self._unfinished(progress)),
        }

    def _policy(self, connection: Connection) -> dict[str, Any]:
        return fetch_one(
            connection,
            "select action, extract(epoch from batch_target)::float8 as batch_seconds "
            "from maint.retention_policies where name = %s",
            [self.policy],
        )

    def _targets(self, connection: Connection) -> list[dict[str, Any]]:
        return connection.execute(
            "select format('%%I.%%I', nspname, relname) as target, blocks "
            "from maint.policy_tables(%s) as relation "
            "cross join maint.purge_targets(relation) as targets "
            "join pg_catalog.pg_class on pg_class.oid = targets.target "
            "join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace order by 1",
            [self.policy],
        ).fetchall()

    def _expected(
        self, connection: Connection, cutoff: datetime, targets: Sequence[dict[str, Any]]
    ) -> int:
        query = "select maint.expected_expired(%s, %s, %s::regclass) as rows"
        return sum(
            fetch_one(connection, query, [self.policy, cutoff, target["target"]])["rows"] or 0
            for target in targets
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
            return fetch_one(
                connection,
                "select deleted, locked, held, refused, refusal, refusal_state "
                "from maint.purge_blocks(%s, %s, %s::regclass, %s, %s)",
                [self.policy, cutoff, *blocks],
            )

        return purge_blocks

    def _unfinished(self, progress: PurgeProgress) -> dict[str, Any]:
        return {
            "unfinished": f"stopped at {self.until:%Y-%m-%d %H:%M %Z}, when the maintenance window "
            "closed; the next run goes on",
            "walked_percent": round(100 * progress.fraction, 1),
        }

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

    def _assert_not_resting(self, connection: Connection) -> None:
        row = fetch_one(connection, "select maint.why_policy_rests(%s) as reason", [self.policy])
        if row["reason"]:
            raise PolicyRestsError(f"Nothing to do: {row['reason']}.")


def _counted(progress: PurgeProgress, partitions: Partitions) -> dict[str, Any]:
    dropped = partitions.dropped
    guessed = sum(row["rows"] for row in dropped if row["is_guess"])
    return {
        "deleted_count": progress.deleted + sum(row["rows"] for row in dropped),
        **({"partitions_dropped": dropped} if dropped else {}),
        **({"guessed_rows": guessed} if guessed else {}),
        **({"partition_problems": partitions.problems} if partitions.problems else {}),
        "locked_left": progress.locked_left,
        "refused": progress.refused,
        **({"refusal": progress.refusal} if progress.refusal else {}),
        "held": progress.held,
        "batches": progress.batches,
        "longest_batch_seconds": round(progress.longest_batch_seconds, 4),
    }


def _archived(archiving: ArchivingPurge) -> dict[str, Any]:
    return {
        "archived_rows": archiving.rows,
        "archived_bytes": archiving.size,
        "archive_files": archiving.files,
        "archive": f"{archiving.archive.root}/{archiving.folder}",
    }
