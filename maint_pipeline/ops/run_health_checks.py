"""How the database and its server are doing, hourly."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from maint_pipeline.health.views import look_from_outside
from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.task_runs.ledger import TaskRun


@multi_asset(
    name="run_health_checks_op",
    specs=[
        AssetSpec(
            "health",
            group_name="upkeep",
            description="How the database and its server are doing: connections, locks, "
            "replication, WAL, vacuum, disk.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "checks"},
)
def run_health_checks(
    context: AssetExecutionContext, config: CheckupConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Check how the database and its server are doing; raise alerts, resolve what is over.

    Connections, long transactions and who blocks whom, replication, WAL and checkpoints, vacuum and
    transaction ids, errors of the disk, versions, the certificate and the disk where they can be
    seen. Between the runs the sensor evaluates the same checks every five minutes.
    """

    def check(run: TaskRun) -> TaskResult:
        look_from_outside(run.connection)
        return checkup(run, "health", maintenance.turn)

    yield from maintain(context, config, maintenance, check)


job = task_job(run_health_checks, CheckupConfig)
# Not with the security checks at the full hour.
schedule = task_schedule(job, "20 * * * *")
