"""The state of maintenance as an asset: figures to plot, checks that turn red and say why."""

from collections.abc import Iterator

from dagster import (
    AssetCheckEvaluation,
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    Config,
    ResourceParam,
    multi_asset_check,
)

from maint_pipeline.ops.presentation import asset_key
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.reports.health import HEALTH_CHECKS, HealthCheck, check_health, health_figures
from maint_pipeline.resources import Database
from maint_pipeline.task_runs.ledger import TaskRun

ASSET = asset_key("maintenance_health")


class HealthConfig(Config):
    """There is nothing to configure: it only looks."""


@maintenance_task(cron="10 * * * *", group="reports")
def maintenance_health(run: TaskRun, config: HealthConfig) -> TaskResult:
    """Look how maintenance is doing, hourly after the checks: figures to follow, and judgements.

    Its asset has the trends (open alerts, organizations without backup, success rate, rows deleted,
    sizes of tables, age of the last proven restore) and checks that turn red and say why.
    """
    judgements = check_health(run.connection)
    not_well = [judgement.name for judgement in judgements if not judgement.ok]
    return TaskResult(
        details={**health_figures(run.connection), "not_well": len(not_well)},
        summary=f"Not well: {', '.join(not_well)}" if not_well else "All is well",
        tables={"health": [{"question": j.name, "ok": j.ok, "why": j.reason} for j in judgements]},
        checks=tuple(
            AssetCheckEvaluation(
                asset_key=ASSET, check_name=j.name, passed=j.ok, severity=_severity(j),
                description=j.reason,
            )
            for j in judgements
        ),
    )  # fmt: skip


def _severity(judgement: HealthCheck) -> AssetCheckSeverity:
    return AssetCheckSeverity.ERROR if judgement.is_urgent else AssetCheckSeverity.WARN


@multi_asset_check(
    name="maintenance_health_checks",
    specs=[
        AssetCheckSpec(name=name, asset=ASSET, description=question)
        for name, question in HEALTH_CHECKS.items()
    ],
    can_subset=True,
)
def _health_checks(
    context: AssetCheckExecutionContext, database: ResourceParam[Database]
) -> Iterator[AssetCheckResult]:
    """Answer the same questions when somebody presses Execute beside the asset's checks."""
    chosen = {key.name for key in context.selected_asset_check_keys}
    with database.connect("maint health checks") as connection:
        for judgement in check_health(connection):
            if judgement.name not in chosen:
                continue
            yield AssetCheckResult(
                check_name=judgement.name, passed=judgement.ok, severity=_severity(judgement),
                description=judgement.reason,
            )  # fmt: skip


health_checks: AssetChecksDefinition = _health_checks
