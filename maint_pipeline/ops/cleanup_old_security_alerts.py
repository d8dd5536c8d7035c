"""Security alerts that were resolved long ago."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG
from maint_pipeline.ops.cleanup import CleanupConfig, cleanup
from maint_pipeline.ops.jobs import dry_run_job, task_job
from maint_pipeline.ops.recording import maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule


@multi_asset(
    name="cleanup_old_security_alerts_op",
    specs=[
        AssetSpec(
            "resolved_alerts",
            group_name="retention",
            description="Security alerts that were resolved: what the latest cleanup deleted.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "retention", HEAVY_TAG: "true"},
)
def cleanup_old_security_alerts(
    context: AssetExecutionContext, config: CleanupConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Delete security alerts that were resolved more than 30 days ago; open ones never.

    The policy of the same name can set another time. Start with `dry_run` to see what would be
    deleted. `retention_days`, which the launchpad leaves out while it is null, overrides the policy
    for one run.
    """
    settings = maintenance.settings()
    yield from maintain(
        context, config, maintenance,
        lambda run: cleanup(run, "cleanup_old_security_alerts", config, settings),
    )  # fmt: skip


job = task_job(cleanup_old_security_alerts, CleanupConfig)
dry_run = dry_run_job(cleanup_old_security_alerts, CleanupConfig)
schedule = task_schedule(job, "0 3 * * 0")
