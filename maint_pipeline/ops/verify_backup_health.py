"""Whether every organization has a usable backup."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from maint_pipeline.backups.watch import look_at_source
from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.task_runs.ledger import TaskRun


@multi_asset(
    name="verify_backup_health_op",
    specs=[
        AssetSpec(
            "backups",
            group_name="backups",
            description="The organizations' and the server's backups: missing, overdue, failing.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "backups"},
)
def verify_backup_health(
    context: AssetExecutionContext, config: CheckupConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Check that every organization has an enabled, fresh and non-empty backup; raise alerts.

    Reports organizations without backup, failures of the last 48 hours, backups that silently
    stopped, hang or are empty, and settings that can't work.
    """
    source = maintenance.settings().restore_source

    def check(run: TaskRun) -> TaskResult:
        if source:
            look_at_source(run.connection, source)
        return checkup(run, "backups", maintenance.turn)

    yield from maintain(context, config, maintenance, check)


job = task_job(verify_backup_health, CheckupConfig)
schedule = task_schedule(job, "0 4 * * *")
