"""Vacuuming against wraparound at night, before autovacuum has to at noon."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG
from maint_pipeline.ops.jobs import dry_run_job, task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.ops.upkeep import visit_tables
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.upkeep.visits import FREEZE, tables_to_freeze


class FreezeConfig(Config):
    """Which tables are due."""

    within_days: int = Field(
        default=7,
        ge=1,
        le=365,
        description="Tables that autovacuum would vacuum against wraparound within so many days, "
        "1 to 365, at the pace of the last week.",
    )
    at_percent: int = Field(
        default=75,
        ge=10,
        le=100,
        description="Tables of this percentage of autovacuum_freeze_max_age and more, 10 to 100, "
        "whatever the pace.",
    )
    megabytes: int = Field(
        default=100,
        ge=0,
        le=1_000_000,
        description="Tables of so many megabytes and more, 0 to 1000000. Smaller ones take "
        "autovacuum no time.",
    )
    dry_run: bool = Field(
        default=False, description="Only list the tables that are due; change nothing."
    )


@multi_asset(
    name="freeze_old_tables_op",
    specs=[
        AssetSpec(
            "frozen_tables",
            group_name="upkeep",
            description="Tables vacuumed before autovacuum has to prevent wraparound.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "upkeep", HEAVY_TAG: "true"},
)
def freeze_old_tables(
    context: AssetExecutionContext, config: FreezeConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Vacuum with FREEZE the tables that autovacuum will soon vacuum against wraparound.

    That vacuum comes at any hour, reads the whole table and gives way to nobody. This one runs at
    half the pace of autovacuum, the nearest table first, one after the other, and stops when the
    maintenance window closes; what is left is due the next night. A table that somebody has locked
    is left, too. Off until you switch its schedule on.
    """
    settings = maintenance.settings()

    def freeze(run: TaskRun) -> TaskResult:
        due = tables_to_freeze(
            run.connection, days=config.within_days, share=config.at_percent / 100,
            megabytes=config.megabytes,
        )  # fmt: skip
        return visit_tables(run, due, FREEZE, settings, dry_run=config.dry_run)

    yield from maintain(context, config, maintenance, freeze)


job = task_job(freeze_old_tables, FreezeConfig)
dry_run = dry_run_job(freeze_old_tables, FreezeConfig)
schedule = task_schedule(job, "30 23 * * *", is_on=False)
