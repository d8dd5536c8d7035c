"""Dagster's own history, and pg_cron's, past their retention."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from dagster import Config, DagsterInstance
from pydantic import Field

from maint_pipeline.instance.history import Pruned, Retention, prune
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.retention.cron_history import prune_cron_history, why_not
from maint_pipeline.task_runs.ledger import TaskRun


class PruneConfig(Config):
    """The form."""

    keep_success_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Runs that succeeded are kept so many days, 1 to 3650.",
    )
    keep_failed_days: int = Field(
        default=90, ge=1, le=3650, description="Runs that failed or were canceled, 1 to 3650."
    )
    keep_tick_days: int = Field(
        default=14, ge=1, le=3650, description="Ticks of schedules and sensors, 1 to 3650."
    )
    keep_cron_days: int = Field(
        default=30, ge=1, le=3650, description="pg_cron's history where there is one, 1 to 3650."
    )
    job: str | None = Field(default=None, description="Only runs of this job. Null: of every job.")
    dry_run: bool = Field(
        default=False, description="Only tell what would be deleted; change nothing."
    )


@maintenance_task(cron="30 3 * * *", group="upkeep", heavy=True)
def prune_dagster_history(run: TaskRun, config: PruneConfig) -> TaskResult:
    """Delete runs, events and ticks of Dagster past their retention, and pg_cron's history.

    The newest run of each job stays, and so do the events of assets, so that every plot keeps its
    past. The ledger `maintenance_task_runs` is another thing and stays whole.
    """
    retention = Retention(
        successes=timedelta(days=config.keep_success_days),
        failures=timedelta(days=config.keep_failed_days),
        ticks=timedelta(days=config.keep_tick_days),
        job=config.job,
    )

    def show(pruned: Pruned) -> None:
        run.report(runs=pruned.run_count, events=pruned.events)

    with DagsterInstance.get() as instance:
        pruned = prune(
            instance, retention, dry_run=config.dry_run, until=run.origin.until, report=show
        )
    verb = "would be deleted" if config.dry_run else "deleted"
    return TaskResult(
        details={
            "dry_run": config.dry_run,
            "runs": pruned.run_count,
            "events": pruned.events,
            **_cron_history(run, config),
        },
        summary=f"{pruned.run_count:,} runs of Dagster {verb}",
        tables={"runs_by_job": pruned.rows()},
    )


def _cron_history(run: TaskRun, config: PruneConfig) -> dict[str, Any]:
    if reason := why_not(run.connection):
        return {"cron_history": f"left alone: {reason}"}
    count = prune_cron_history(
        run.connection, timedelta(days=config.keep_cron_days), dry_run=config.dry_run,
        report=lambda deleted: run.report(cron_rows=deleted),
    )  # fmt: skip
    return {"cron_rows": count}
