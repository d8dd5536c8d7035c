"""Every security check, hourly."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset

from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.checkup import CheckupConfig, checkup
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule


@multi_asset(
    name="run_automated_security_checks_op",
    specs=[
        AssetSpec(
            "security_posture",
            group_name="security",
            description="How the database is set up and used: findings of every security check.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "checks"},
)
def run_automated_security_checks(
    context: AssetExecutionContext, config: CheckupConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Run every security check, raise alerts for findings, resolve those without a finding.

    The checks watch what people do, by the audit log (failed sign-ins, exports, bursts,
    administrators at odd hours, vanished rows), and how the database is set up: what the API
    exposes, roles and passwords, the server's settings, drift from an approved baseline.
    """
    yield from maintain(
        context, config, maintenance, lambda run: checkup(run, "security", maintenance.turn)
    )


job = task_job(run_automated_security_checks, CheckupConfig)
schedule = task_schedule(job, "0 * * * *")
