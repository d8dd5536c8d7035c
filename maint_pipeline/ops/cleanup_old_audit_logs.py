"""Audit logs past their retention."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG
from maint_pipeline.ops.cleanup import CleanupConfig, cleanup
from maint_pipeline.ops.jobs import dry_run_job, task_job
from maint_pipeline.ops.recording import maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule


@multi_asset(
    name="cleanup_old_audit_logs_op",
    specs=[
        AssetSpec(
            "audit_log",
            group_name="retention",
            description="The application's audit log: what the latest cleanup deleted. The table "
            "itself is under `tables`.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "retention", HEAVY_TAG: "true"},
)
def cleanup_old_audit_logs(
    context: AssetExecutionContext, config: CleanupConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Delete audit logs that are older than their retention, 90 days unless the policy differs.

    Works in short transactions, so that the application's requests don't wait; rows locked by
    others are left for the next run. Start with `dry_run` to see what would be deleted.
    `retention_days`, which the launchpad leaves out while it is null, overrides the policy for one
    run.
    """
    settings = maintenance.settings()
    yield from maintain(
        context, config, maintenance,
        lambda run: cleanup(run, "cleanup_old_audit_logs", config, settings),
    )  # fmt: skip


job = task_job(cleanup_old_audit_logs, CleanupConfig)
dry_run = dry_run_job(cleanup_old_audit_logs, CleanupConfig)
schedule = task_schedule(job, "0 2 * * *")
