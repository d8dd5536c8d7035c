"""The purge: a walk over a table in physical order, one short transaction for each block range.

It needs no index, holds constant memory, and loses nothing when it is killed: what was deleted is
committed, and the next purge starts again at the first block. Which rows have expired is decided by
the database (database/sql/50_retention.sql, 55_purge.sql), so that SQL callers purge by the same
rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.retention.walk import PurgeProgress, Walk

__all__ = ["Purge", "PurgeProgress", "TableMissingError"]


class TableMissingError(NotApplicableError):
    """The table of a retention policy doesn't exist in this database."""


@dataclass(frozen=True)
class Purge:
    """One purge of one policy.

    Attributes:
        policy: name of the row in `maint.retention_policies`.
        keep: overrides the policy's keep interval for this run.
        duty: part of the time at work, above 0 to 1; the rest is slept between batches.
        until: when to stop, with what is left for the next purge; None for never.
    """

    policy: str
    keep: timedelta | None = None
    duty: float = 0.5
    until: datetime | None = None

    def preview(self, connection: Connection) -> dict[str, Any]:
        """Tell what would be deleted, changing nothing.

        Args:
            connection: in autocommit mode, as `maint_owner`.

        Returns:
            `policy`, `cutoff`, `dry_run`, `deleted_count` (0), `expired_count`, `held` (on legal
            hold), `oldest`, `newest`, `expired_bytes` (of the rows as stored), `by_day` (list of
            `day`, `rows`, `bytes`; UTC, latest first, at most 400) and `statement`.

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
            trigger or a foreign key keeps them; then `refusal` is one of the reasons), `held` (on
            legal hold), `batches`, `longest_batch_seconds` and `purge_seconds`. Where it was
            stopped, `unfinished` says why and `walked_percent` how far it came.

        Raises:
            TableMissingError: the policy's table doesn't exist.
            psycopg.Error: of the database; also when a trigger's error kept every single row.
        """
        cutoff = self._cutoff(connection)
        started = perf_counter()
        policy = fetch_one(
            connection,
            "select extract(epoch from batch_target)::float8 as batch_seconds "
            "from maint.retention_policies where name = %s",
            [self.policy],
        )
        targets = connection.execute(
            "select target::text, blocks from maint.purge_targets(maint.policy_table(%s))",
            [self.policy],
        ).fetchall()
        progress = PurgeProgress(total_blocks=sum(target["blocks"] for target in targets))
        walk = Walk(
            connection,
            self.policy,
            cutoff,
            self.duty,
            policy["batch_seconds"],
            progress,
            self.until,
        )
        finished = walk.over(targets, on_progress)
        connection.execute(
            "select maint.assert_not_all_refused(%s, %s, %s, %s)",
            [progress.deleted, progress.refused, progress.refusal, progress.refusal_state],
        )
        return {
            **self._header(cutoff),
            "deleted_count": progress.deleted,
            "locked_left": progress.locked_left,
            "refused": progress.refused,
            **({"refusal": progress.refusal} if progress.refusal else {}),
            "held": progress.held,
            "batches": progress.batches,
            "longest_batch_seconds": round(progress.longest_batch_seconds, 4),
            "purge_seconds": round(perf_counter() - started, 3),
            **({} if finished else self._unfinished(progress)),
        }

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
