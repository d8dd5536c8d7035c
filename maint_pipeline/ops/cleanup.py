"""What the cleanup tasks share: their Config, and the purge with its progress."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import timedelta

from dagster import Config
from pydantic import Field

from maint_pipeline.database.connection import connect
from maint_pipeline.ops.recording import TaskResult
from maint_pipeline.retention.progress import PurgeProgress
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.tables import figures_by_table, tables_under_retention
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun


class CleanupConfig(Config):
    """How a cleanup works: what it keeps, and how much it asks of the database."""

    retention_days: int | None = Field(
        default=None,
        ge=1,
        le=36500,
        description="Days to keep rows in this run, 1 to 36500. Null: as the policy says.",
    )
    dry_run: bool = Field(
        default=False, description="Only report what would be deleted; change nothing."
    )
    duty_percent: int = Field(
        default=50,
        ge=1,
        le=100,
        description="Percentage of time spent deleting, 1 to 100; it sleeps for the rest.",
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=4,
        description="Connections that delete at the same time, 1 to 4. More than 1 is for hours "
        "without users.",
    )
    vacuum: bool = Field(
        default=True,
        description="Vacuum the table gently afterwards if enough rows are dead. False leaves it "
        "to autovacuum.",
    )


def cleanup(run: TaskRun, policy: str, config: CleanupConfig, settings: Settings) -> TaskResult:
    """Apply a retention policy, or report what that would do.

    Args:
        run: the task run.
        policy: name of the policy.
        config: of the op.
        settings: where the archive is, and which role can act as the tables' owner.

    Returns:
        The purge's or the preview's figures as details.

    Raises:
        PolicyRestsError: the policy is disabled, or waits for its table.
    """
    keep = None if config.retention_days is None else timedelta(days=config.retention_days)
    purge = Purge(
        policy,
        keep=keep,
        duty=config.duty_percent / 100,
        until=run.context.until,
        archive_url=settings.archive,
        owner_url=settings.owner_url,
        vacuum=config.vacuum,
    )
    if config.dry_run:
        preview = purge.preview(run.connection)
        tables = {"expired_by_day": preview.pop("by_day")}
        summary = f"{preview['expired_count']:,} rows would be deleted"
        return TaskResult(preview, summary, tables)

    def show(progress: PurgeProgress) -> None:
        run.report(
            fraction=round(progress.fraction, 3),
            deleted_count=progress.deleted,
            expected_count=progress.expected,
            batches=progress.batches,
            rows_per_second=round(progress.rows_per_second),
            seconds_left=round(progress.seconds_left or 0),
        )

    with ExitStack() as stack:
        helpers = [
            stack.enter_context(
                closing(connect(run.url, application_name=f"maint {run.task_name}"))
            )
            for _ in range(1, config.workers)
        ]
        result = purge.run(run.connection, show, helpers)
    dropped = result.pop("partitions_dropped", [])
    counted = {"partitions_dropped": len(dropped)} if dropped else {}
    return TaskResult(
        details={**result, **counted},
        summary=f"{result['deleted_count']:,} rows deleted",
        tables={"dropped_partitions": dropped},
        by_table=figures_by_table(tables_under_retention(run.connection, policy)),
    )
