"""Dagster's own history, and pg_cron's, past their retention."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetSpec,
    Config,
    DagsterInstance,
    MaterializeResult,
    ResourceParam,
    multi_asset,
)
from pydantic import Field

from maint_pipeline.instance.history import Pruned, Retention, prune
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG, TASK_TAG
from maint_pipeline.ops import all_tasks
from maint_pipeline.ops.jobs import dry_run_job, task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.retention.cron_history import prune_cron_history, why_not
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.task_runs.ledger import TaskRun


class PruneConfig(Config):
    """How long Dagster's history is kept."""

    keep_success_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days to keep runs that succeeded, 1 to 3650.",
    )
    keep_failed_days: int = Field(
        default=90,
        ge=1,
        le=3650,
        description="Days to keep runs that failed or were canceled, 1 to 3650.",
    )
    keep_tick_days: int = Field(
        default=14,
        ge=1,
        le=3650,
        description="Days to keep ticks of schedules and sensors, 1 to 3650.",
    )
    keep_cron_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days to keep pg_cron's history if there is one, 1 to 3650.",
    )
    job: str | None = Field(default=None, description="Only runs of this job. Null: of every job.")
    dry_run: bool = Field(
        default=False, description="Only report what would be deleted; change nothing."
    )


@multi_asset(
    name="prune_dagster_history_op",
    specs=[
        AssetSpec(
            "dagster_storage",
            group_name="upkeep",
            description="Dagster's own storage: the runs, events and ticks that it keeps.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "upkeep", HEAVY_TAG: "true"},
)
def prune_dagster_history(
    context: AssetExecutionContext,
    config: PruneConfig,
    maintenance: Maintenance,
    dagster_host: ResourceParam[DagsterHost],
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Delete runs, events and ticks of Dagster past their retention, and pg_cron's history.

    The newest run of each job stays, and so do the events of assets, so that every plot keeps its
    past. The ledger `maintenance_task_runs` is not touched. In a Dagster deployment of your own
    only runs of maintenance are deleted, with all of their events.
    """
    # Of many databases one does it: they have one Dagster.
    is_ours = maintenance.turn is None or maintenance.turn.is_first
    instance = context.instance if is_ours else None
    yield from maintain(
        context, config, maintenance, lambda run: _prune(run, config, dagster_host, instance)
    )


def _prune(
    run: TaskRun, config: PruneConfig, host: DagsterHost, instance: DagsterInstance | None
) -> TaskResult:
    pruned = _prune_dagster(run, config, host, instance) if instance else None
    counts = _counts(pruned) if pruned else {"history": "pruned with the registry's first database"}
    verb = "would be deleted" if config.dry_run else "deleted"
    return TaskResult(
        details={"dry_run": config.dry_run, **counts, **_cron_history(run, config)},
        summary=f"{pruned.run_count if pruned else 0:,} runs of Dagster {verb}",
        tables={"runs_by_job": pruned.rows() if pruned else []},
    )


def _prune_dagster(
    run: TaskRun, config: PruneConfig, host: DagsterHost, instance: DagsterInstance
) -> Pruned:
    retention = Retention(
        successes=timedelta(days=config.keep_success_days),
        failures=timedelta(days=config.keep_failed_days),
        ticks=timedelta(days=config.keep_tick_days),
        job=config.job,
        tags={} if host.is_ours else {TASK_TAG: list(all_tasks())},
    )

    def show(pruned: Pruned) -> None:
        run.report(**_counts(pruned))

    return prune(
        instance, retention, host,
        dry_run=config.dry_run, until=run.context.until, report=show,
    )  # fmt: skip


def _counts(pruned: Pruned) -> dict[str, int]:
    events = {} if pruned.events is None else {"events": pruned.events}
    return {"runs": pruned.run_count, **events}


def _cron_history(run: TaskRun, config: PruneConfig) -> dict[str, Any]:
    if reason := why_not(run.connection):
        return {"cron_history": f"left alone: {reason}"}
    count = prune_cron_history(
        run.connection, timedelta(days=config.keep_cron_days), dry_run=config.dry_run,
        report=lambda deleted: run.report(cron_rows=deleted),
    )  # fmt: skip
    return {"cron_rows": count}


job = task_job(prune_dagster_history, PruneConfig)
dry_run = dry_run_job(prune_dagster_history, PruneConfig)
schedule = task_schedule(job, "30 3 * * *")
