"""What an operator does with an alert, from the launchpad."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from dagster import Config
from pydantic import Field

from maint_pipeline.alerts.actions import (
    acknowledge_alert,
    one_alert,
    resolve_alert,
    silence_alert,
)
from maint_pipeline.errors import UsageError
from maint_pipeline.ops.task import TaskResult, maintenance_task
from maint_pipeline.task_runs.ledger import TaskRun


class AlertConfig(Config):
    """The form."""

    alert_id: str = Field(
        pattern="^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        description="The alert's id, as maint alerts or a run of a check shows it.",
    )
    action: str = Field(
        default="acknowledge",
        pattern="^(acknowledge|silence|resolve)$",
        description="acknowledge: somebody takes it on. silence: nobody is told for some hours. "
        "resolve: it is over.",
    )
    hours: int = Field(
        default=24, ge=1, le=8760, description="How long to silence, 1 to 8760 hours."
    )
    note: str | None = Field(default=None, description="Why, for whoever looks later.")


@maintenance_task(cron=None, group="alerts")
def update_security_alert(run: TaskRun, config: AlertConfig) -> TaskResult:
    """Acknowledge, silence or resolve one security alert.

    `maint alerts` does the same on the command line.
    """
    alert_id, action = UUID(config.alert_id), config.action
    if action == "resolve":
        was_open = resolve_alert(run.connection, alert_id, config.note)
    elif action == "silence":
        until = datetime.now(UTC) + timedelta(hours=config.hours)
        was_open = silence_alert(run.connection, alert_id, until, config.note)
    else:
        was_open = acknowledge_alert(run.connection, alert_id, config.note)
    if not was_open:
        raise UsageError(f"The alert {alert_id} was resolved before.")
    alert = one_alert(run.connection, alert_id)
    shown = ("severity", "title", "description", "resolved", "acknowledged_at", "silenced_until")
    details = {name: alert[name] for name in shown if alert[name] is not None}
    summary = f"{action}: {alert['title']}"
    return TaskResult({"alert_id": str(alert_id), "action": action, **details}, summary)
