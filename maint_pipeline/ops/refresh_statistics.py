"""What the planner believes of tables, refreshed where it is no longer so."""

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
from maint_pipeline.upkeep.visits import ANALYZE, tables_to_analyze


class StatisticsConfig(Config):
    """Which tables are due."""

    changed_percent: int = Field(
        default=5,
        ge=1,
        le=100,
        description="Tables of which so many percent of the rows have changed since they were "
        "analyzed, 1 to 100. Autovacuum comes at 10.",
    )
    dry_run: bool = Field(
        default=False, description="Only list the tables that are due; change nothing."
    )


@multi_asset(
    name="refresh_statistics_op",
    specs=[
        AssetSpec(
            "table_statistics",
            group_name="upkeep",
            description="What the planner knows of tables: analyzed where it is no longer so.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "upkeep", HEAVY_TAG: "true"},
)
def refresh_statistics(
    context: AssetExecutionContext, config: StatisticsConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Analyze the tables whose statistics are no longer true.

    First those of which the planner knows nothing, as after an upgrade or a restore, and
    partitioned tables, which autovacuum never analyzes; then those of which a part has changed. One
    after the other, until the maintenance window closes. Off until you switch its schedule on.
    """
    settings = maintenance.settings()

    def refresh(run: TaskRun) -> TaskResult:
        due = tables_to_analyze(run.connection, share=config.changed_percent / 100)
        return visit_tables(run, due, ANALYZE, settings, dry_run=config.dry_run)

    yield from maintain(context, config, maintenance, refresh)


job = task_job(refresh_statistics, StatisticsConfig)
dry_run = dry_run_job(refresh_statistics, StatisticsConfig)
schedule = task_schedule(job, "0 23 * * *", is_on=False)
