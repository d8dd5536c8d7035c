"""A schedule that knows maintenance windows: on by default, with the task's recommended cron.

After downtime Dagster runs the latest missed tick, however late. It still runs here, unless its
maintenance window has closed meanwhile, and its tags say how late it was.

Annotations are real ones here, because Dagster looks at them.
"""

from datetime import UTC, datetime
from typing import Any

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)

from maint_pipeline.instance.tags import (
    HEAVY_TAG,
    LATE_TAG,
    NEEDS_TAG,
    SCHEDULED_FOR_TAG,
    WINDOW_CLOSES_TAG,
    WINDOW_TAG,
)
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.tasks import lacking_variable
from maint_pipeline.task_runs.windows import (
    Window,
    closed_reason,
    closing,
    is_open,
    windows_binding,
)

LATE_AFTER_SECONDS = 60
_STATUS = {True: DefaultScheduleStatus.RUNNING, False: DefaultScheduleStatus.STOPPED}


def task_schedule(
    job: Any, cron: str, *, time_zone: str = "UTC", task: str = "", is_on: bool = True
) -> ScheduleDefinition:
    """Make the schedule of a task's job.

    Args:
        job: the task's job, as `define_asset_job` returns it; its tags say whether windows
            bind it and which setting it needs.
        cron: five fields.
        time_zone: IANA name of the zone that the cron is meant in.
        task: name of the task, where the job has another.
        is_on: whether it is on from the first start, or once somebody switches it on.

    Returns:
        A schedule that skips, and says why, while the task's windows are closed or a setting that
        it needs is not set. It needs the resource `maintenance`.
    """
    task, tags = task or job.name, job.tags or {}
    is_heavy, needs = HEAVY_TAG in tags, tags.get(NEEDS_TAG)
    summary = (job.description or task).splitlines()[0]

    @schedule(
        job=job,
        name=f"{job.name}_schedule",
        cron_schedule=cron,
        execution_timezone=time_zone,
        default_status=_STATUS[is_on],
        description=f"{cron} ({time_zone}): {summary}",
    )
    def tick(
        context: ScheduleEvaluationContext, maintenance: Maintenance
    ) -> RunRequest | SkipReason:
        if lacking := lacking_variable(needs, maintenance.settings()):
            return SkipReason(f"{lacking} is not set, so there is nothing to do.")
        now = datetime.now(UTC)
        with maintenance.connect("maint schedule") as connection:
            windows = windows_binding(connection, task, is_heavy)
        if reason := closed_reason(windows, now):
            return SkipReason(reason)
        late = lateness_tags(context.scheduled_execution_time, now)
        return RunRequest(tags={**late, **window_tags(windows, now)})

    return tick


def window_tags(windows: list[Window], now: datetime) -> dict[str, str]:
    """Return run tags with the maintenance windows that apply to a run, and when they close.

    Args:
        windows: those that bind the task.
        now: when one of them is open.
    """
    end = closing(windows, now)
    if end is None:
        return {}
    names = ", ".join(window.name for window in windows if is_open([window], now))
    return {WINDOW_TAG: names, WINDOW_CLOSES_TAG: end.isoformat()}


def lateness_tags(scheduled_for: datetime, now: datetime) -> dict[str, str]:
    """Return run tags with the tick that a run belongs to, and how late it is if it is late.

    Args:
        scheduled_for: the tick's time.
        now: when it is evaluated.
    """
    tags = {SCHEDULED_FOR_TAG: scheduled_for.isoformat()}
    late = (now - scheduled_for).total_seconds()
    if late > LATE_AFTER_SECONDS:
        tags[LATE_TAG] = str(int(late))
    return tags
