"""What the cleanup tasks share: the form, and the purge with its progress."""

from __future__ import annotations

from datetime import timedelta

from dagster import Config
from pydantic import Field

from maint_pipeline.ledger import TaskRun
from maint_pipeline.ops.task import TaskResult
from maint_pipeline.retention.purge import Purge, PurgeProgress


class CleanupConfig(Config):
    """The form of a cleanup task."""

    retention_days: int | None = Field(
        default=None,
        ge=1,
        le=36500,
        description="For this run keep rows for so many days, 1 to 36500. "
        "Null: as the retention policy says.",
    )
    dry_run: bool = Field(
        default=False, description="Only tell what would be deleted; change nothing."
    )
    duty_percent: int = Field(
        default=50,
        ge=1,
        le=100,
        description="Part of the time at work, 1 to 100; the rest is left to the application.",
    )


def cleanup(run: TaskRun, policy: str, config: CleanupConfig) -> TaskResult:
    """Apply a retention policy, or tell what that would do.

    Args:
        run: the task run.
        policy: name of the policy.
        config: the form as filled in.

    Returns:
        The purge's or the preview's figures as details.

    Raises:
        TableMissingError: the policy's table doesn't exist.
    """
    keep = None if config.retention_days is None else timedelta(days=config.retention_days)
    purge = Purge(policy, keep=keep, duty=config.duty_percent / 100, until=run.origin.until)
    if config.dry_run:
        preview = purge.preview(run.connection)
        return TaskResult(details=preview, tables={"expired_by_day": preview.pop("by_day")})

    def show(progress: PurgeProgress) -> None:
        run.report(
            fraction=round(progress.fraction, 3),
            deleted_count=progress.deleted,
            batches=progress.batches,
            rows_per_second=round(progress.rows_per_second),
            seconds_left=round(progress.seconds_left or 0),
        )

    return TaskResult(details=purge.run(run.connection, on_progress=show))
