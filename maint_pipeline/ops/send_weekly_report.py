"""The weekly report to the channels."""

from collections.abc import Iterator

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.alerts.channels import DeliveryError
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.instance.tags import GROUP_TAG, NEEDS_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.reports.figures import collect
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun


class ReportConfig(Config):
    """What the report covers."""

    days: int = Field(default=7, ge=1, le=90, description="Days that the report covers, 1 to 90.")


@multi_asset(
    name="send_weekly_report_op",
    specs=[
        AssetSpec(
            "weekly_report",
            deps=["alerts", "task_runs"],
            group_name="reports",
            description="The report that the channels get.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "reports", NEEDS_TAG: "notify_urls"},
)
def send_weekly_report(
    context: AssetExecutionContext, config: ReportConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Send a report to every channel of `MAINT_NOTIFY_URLS`.

    What ran, what failed, what was deleted, open alerts, backups; trends as pictures in mails.
    """
    settings = maintenance.settings()
    yield from maintain(context, config, maintenance, lambda run: _send(run, config, settings))


def _send(run: TaskRun, config: ReportConfig, settings: Settings) -> TaskResult:
    # Imported here: the plotting library takes a second, which no other run should wait.
    from maint_pipeline.reports.weekly import report_message  # noqa: PLC0415

    channels = configured_channels(settings)
    if not channels:
        raise NotApplicableError("Notifications are off: MAINT_NOTIFY_URLS is not set.")
    figures = collect(run.connection, config.days, settings.timezone)
    message = report_message(figures, config.days, settings, run.connection.info.dbname)
    failed: dict[str, str] = {}
    for channel in channels.values():
        try:
            channel.send(message)
        except DeliveryError as error:
            failed[channel.name] = str(error)
    if failed:
        problems = "; ".join(f"{name}: {problem}" for name, problem in failed.items())
        raise DeliveryError(
            f"{len(failed)} of {len(channels)} channels did not accept it: {problems}"
        )
    return TaskResult(
        details={"sent_to": len(channels), "subject": message.subject},
        summary=f"Sent to {len(channels)} channels: {message.subject}",
        tables={"tasks": figures.tasks},
    )


job = task_job(send_weekly_report, ReportConfig)
schedule = task_schedule(job, "0 7 * * 1")
