"""The schedule of each task: its recommended cron, on by default, in the configured time zone.

After downtime Dagster runs the latest missed tick, however late. It still runs here, unless its
maintenance window has closed meanwhile, and its tags say how late it was.
"""

from datetime import UTC, datetime

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

from maint_pipeline.ops.running import WINDOW_CLOSES_TAG
from maint_pipeline.ops.task import Task
from maint_pipeline.resources import Database
from maint_pipeline.settings import load_settings
from maint_pipeline.task_runs.windows import (
    Window,
    closed_reason,
    closing,
    is_open,
    windows_binding,
)

LATE_AFTER_SECONDS = 60


def schedule_of(task: Task, time_zone: str) -> ScheduleDefinition:
    """Make the schedule of a task.

    Args:
        task: a task with a cron.
        time_zone: IANA name of the zone that its cron is meant in.
    """
    cron = task.cron or ""

    @schedule(
        job=task.job,
        name=f"{task.name}_schedule",
        cron_schedule=cron,
        execution_timezone=time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
        description=f"{cron} ({time_zone}): {task.description.splitlines()[0]}",
    )
    def evaluate(context: ScheduleEvaluationContext, database: Database) -> RunRequest | SkipReason:
        if lacking := task.lacks(load_settings()):
            return SkipReason(f"{lacking} is not set, so there is nothing to do.")
        now = datetime.now(UTC)
        with database.connect("maint schedule") as connection:
            windows = windows_binding(connection, task.name, task.heavy)
        if reason := closed_reason(windows, now):
            return SkipReason(reason)
        return RunRequest(
            tags={
                **lateness_tags(context.scheduled_execution_time, now),
                **window_tags(windows, now),
            }
        )

    return evaluate


def window_tags(windows: list[Window], now: datetime) -> dict[str, str]:
    """Tell in run tags which maintenance windows bind a run, and when they close.

    Args:
        windows: those that bind the task.
        now: when one of them is open.
    """
    end = closing(windows, now)
    if end is None:
        return {}
    names = ", ".join(window.name for window in windows if is_open([window], now))
    return {"maint/window": names, WINDOW_CLOSES_TAG: end.isoformat()}


def lateness_tags(scheduled_for: datetime, now: datetime) -> dict[str, str]:
    """Tell in run tags which tick a run belongs to, and how late it is when it is late.

    Args:
        scheduled_for: the tick's time.
        now: when it is evaluated.
    """
    tags = {"maint/scheduled_for": scheduled_for.isoformat()}
    late = (now - scheduled_for).total_seconds()
    if late > LATE_AFTER_SECONDS:
        tags["maint/late_seconds"] = str(int(late))
    return tags
