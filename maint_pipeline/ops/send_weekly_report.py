"""The report that people get without asking."""

from __future__ import annotations

from dagster import Config
from pydantic import Field

from maint_pipeline.alerts.channels import DeliveryError
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.reports.figures import collect
from maint_pipeline.settings import load_settings
from maint_pipeline.task_runs.ledger import TaskRun


class ReportConfig(Config):
    """The form."""

    days: int = Field(default=7, ge=1, le=90, description="How many days it tells of, 1 to 90.")


@maintenance_task(cron="0 7 * * 1", group="reports", needs_setting="notify_urls")
def send_weekly_report(run: TaskRun, config: ReportConfig) -> TaskResult:
    """Send a report to every channel of `MAINT_NOTIFY_URLS`.

    What ran, what failed, what was deleted, open alerts, backups; trends as pictures in mails.
    """
    # Imported here: the plotting library takes a second, which no other run should wait.
    from maint_pipeline.reports.weekly import report_message  # noqa: PLC0415

    settings = load_settings()
    channels = configured_channels(settings)
    if not channels:
        raise NotApplicableError("Nobody to send it to: MAINT_NOTIFY_URLS is not set.")
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
