"""What an operator does with an alert, from the launchpad."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from dagster import Config, Nothing, OpExecutionContext, Out, Output, in_process_executor, job, op
from pydantic import Field

from maint_pipeline.alerts.actions import (
    acknowledge_alert,
    one_alert,
    resolve_alert,
    silence_alert,
)
from maint_pipeline.errors import UsageError
from maint_pipeline.instance.tags import GROUP_TAG, ON_REQUEST_TAG, TASK_TAG
from maint_pipeline.ops.jobs import CheckedConfig
from maint_pipeline.ops.presentation import job_description
from maint_pipeline.ops.recording import TaskResult, record, shown
from maint_pipeline.resources import Maintenance
from maint_pipeline.task_runs.ledger import TaskRun


class AlertConfig(Config):
    """Which alert, and what to do with it."""

    alert_id: str = Field(
        pattern="^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        description="The alert's id, as maint alerts or a run of a check shows it.",
    )
    action: str = Field(
        default="acknowledge",
        pattern="^(acknowledge|silence|resolve)$",
        description="acknowledge: you are working on it. silence: no notifications for some hours. "
        "resolve: it is over.",
    )
    hours: int = Field(
        default=24, ge=1, le=8760, description="How long to silence, 1 to 8760 hours."
    )
    note: str | None = Field(default=None, description="Why, for others to read later.")


TAGS = {GROUP_TAG: "alerts", ON_REQUEST_TAG: "true"}


@op(
    name="update_security_alert_op",
    tags=TAGS,
    out=Out(Nothing),  # nothing to hand on, so nothing is pickled
)
def update_alert(
    context: OpExecutionContext, config: AlertConfig, maintenance: Maintenance
) -> Output[None]:
    """Acknowledge, silence or resolve one security alert.

    `maint alerts` does the same on the command line.
    """
    outcome, result = record(context, config, maintenance, lambda run: _update(run, config))
    return Output(None, metadata=shown(context, outcome, result))


@job(
    name="update_security_alert",
    config=CheckedConfig("update_security_alert", AlertConfig, update_alert.description or ""),
    description=job_description(update_alert.description or "", "alerts", None),
    executor_def=in_process_executor,
    tags=TAGS,
    run_tags={TASK_TAG: "update_security_alert"},
)
def update_security_alert() -> None:
    """Run the one op."""
    update_alert()


def _update(run: TaskRun, config: AlertConfig) -> TaskResult:
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
