"""Which tasks were due by their schedules and have not completed.

It compares the crons with the ledger, not with Dagster's ticks: so it also detects a daemon that
was down, and a schedule that somebody stopped and forgot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from maint_pipeline.alerts.tasks import MissedRun
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.schedules.crons import past_ticks
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.windows import is_open, windows_binding

GRACE = timedelta(hours=1)
"""Time that a task has after its tick to complete before an alert is raised."""

TICKS_TO_LOOK_AT = 200
"""Ticks in closed windows don't count; further back than this nothing is looked for."""

# A run in progress counts while its worker lives, if it began no earlier than the tick before the
# due one; maint.counted_runs leaves dry runs out.
# One that found nothing to work on counts; one that found the lock held doesn't.
_SINCE = """
select
    exists (
        select from maint.counted_runs
        where task_name = %(task)s and started_at >= %(due)s - interval '2 days' and (
            status = 'completed' and finished_at >= %(due)s
            or status = 'skipped' and finished_at >= %(due)s
                and details ? 'reason' and not details ? 'held_by'
            or status = 'running' and started_at >= %(before)s
                and maint.task_holder(task_name) is not null)
    ) as has_answer,
    (
        select format('Its latest run %%s at %%s UTC%%s.',
            case status when 'running' then 'is running and began' when 'skipped' then 'was skipped'
                else status end,
            to_char(coalesce(finished_at, started_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
            ': ' || nullif(reason, ''))
        from maint.latest_attempts
        where task_name = %(task)s
    ) as latest
"""


def missed_runs(
    connection: Connection, tasks: Iterable[Task], settings: Settings, now: datetime
) -> list[MissedRun]:
    """Return the tasks that have not completed since their last due tick and the grace after it.

    Args:
        connection: as `maint_owner`.
        tasks: those without a cron, or without a setting that they need, are left out.
        settings: the time zone that the crons are meant in, and what is set.
        now: aware.

    Returns:
        The tasks that should have completed and have not. What was due before maint_pipeline was
        installed, or while the task's maintenance windows were closed, is none of them; nor is a
        task on a source of which somebody said that there is none.
    """
    installed_at = fetch_one(connection, "select installed_at from maint.installation")[
        "installed_at"
    ]
    missed = []
    for task in tasks:
        if task.lacks(settings) or _has_no_work(connection, task):
            continue
        ticks = _latest_due(connection, task, settings.timezone, now)
        if not ticks or ticks[0] < installed_at:
            continue
        due, before = ticks[0], ticks[-1]
        parameters = {"task": task.name, "due": due, "before": before}
        row = fetch_one(connection, _SINCE, parameters)
        if not row["has_answer"]:
            missed.append(MissedRun(task.name, due, row["latest"] or "It has never run."))
    return missed


def _has_no_work(connection: Connection, task: Task) -> bool:
    row = fetch_one(connection, "select maint.has_no_work(%s) as yes", [task.name])
    return bool(row["yes"])


def _latest_due(
    connection: Connection, task: Task, time_zone: str, now: datetime
) -> list[datetime]:
    """Give the last two ticks that were due, the latest first."""
    if task.cron is None:
        return []
    windows = windows_binding(connection, task.name, task.heavy)
    ticks = _ticks(task.cron, time_zone, now)
    return list(islice((t for t in ticks if not windows or is_open(windows, t)), 2))


def _ticks(cron: str, time_zone: str, now: datetime) -> Iterator[datetime]:
    """Give the latest ticks before the grace, the latest first, in UTC."""
    return islice(past_ticks(cron, time_zone, now - GRACE), TICKS_TO_LOOK_AT)
