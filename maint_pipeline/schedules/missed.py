"""Which tasks were due by their schedules and have not completed.

It compares the crons with the ledger, not with Dagster's ticks: so it also detects a daemon that
was down, and a schedule that somebody stopped and forgot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from maint_pipeline.alerts.tasks import MissedRun
from maint_pipeline.database.connection import Connection
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.windows import enabled_windows, is_open

GRACE = timedelta(hours=1)
"""Time that a task has after its tick to complete before an alert is raised."""

PastTicks = Callable[[str, str, datetime], Iterator[datetime]]
"""As `crons.past_ticks`."""

TICKS_TO_LOOK_AT = 200
"""Ticks in closed windows don't count; further back than this nothing is looked for."""

# A run in progress counts while its worker lives, if it began no earlier than the tick before the
# due one; maint.counted_runs leaves dry runs out.
# One that found nothing to work on counts; one that found the lock held doesn't.
_SINCE = """
select task.name, task.due,
    exists (
        select from maint.counted_runs
        where task_name = task.name and started_at >= task.due - interval '2 days' and (
            status = 'completed' and finished_at >= task.due
            or status = 'skipped' and finished_at >= task.due
                and details ? 'reason' and not details ? 'held_by'
            or status = 'running' and started_at >= task.before
                and maint.task_holder(task_name) is not null)
    ) as has_answer,
    (
        select format('Its latest run %%s at %%s UTC%%s.',
            case status when 'running' then 'is running and began' when 'skipped' then 'was skipped'
                else status end,
            to_char(coalesce(finished_at, started_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI'),
            ': ' || nullif(reason, ''))
        from maint.latest_attempts
        where task_name = task.name
    ) as latest
from unnest(%(names)s::text[], %(due)s::timestamptz[], %(before)s::timestamptz[])
    with ordinality as task (name, due, before, place)
order by task.place
"""
_WITH_WORK = """
select task.name,
    greatest(installed_at, (select added_at from maint.added_tasks where task_name = task.name))
        as installed_at
from unnest(%s::text[]) as task (name)
cross join maint.installation
where not maint.has_no_work(task.name)
"""


def missed_runs(
    connection: Connection,
    tasks: Iterable[Task],
    settings: Settings,
    now: datetime,
    past_ticks: PastTicks | None = None,
) -> list[MissedRun]:
    """Return the tasks that have not completed since their last due tick and the grace after it.

    Args:
        connection: as `maint_owner`.
        tasks: those without a cron, or without a setting that they need, are left out.
        settings: the time zone that the crons are meant in, and what is set.
        now: aware.
        past_ticks: what is used instead of `crons.past_ticks`.

    Returns:
        The tasks that should have completed and have not. What was due before maint_pipeline was
        installed, before an upgrade added the task, or while the task's maintenance windows were
        closed, is none of them; nor is a task on a source of which somebody said there is none.
    """
    ticks = past_ticks or _past_ticks
    due = _due(
        connection, [task for task in tasks if not task.lacks(settings)],
        lambda task: _ticks(ticks, task, settings.timezone, now),
    )  # fmt: skip
    if not due:
        return []
    parameters = {
        "names": list(due),
        "due": [ticks[0] for ticks in due.values()],
        "before": [ticks[-1] for ticks in due.values()],
    }
    return [
        MissedRun(row["name"], due[row["name"]][0], row["latest"] or "It has never run.")
        for row in connection.execute(_SINCE, parameters).fetchall()
        if not row["has_answer"]
    ]


def _past_ticks(cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
    from maint_pipeline.schedules.crons import past_ticks  # noqa: PLC0415 - it loads Dagster

    return past_ticks(cron, time_zone, before)


def _due(
    connection: Connection, tasks: list[Task], ticks_of: Callable[[Task], Iterator[datetime]]
) -> dict[str, list[datetime]]:
    """Give the last two ticks of each task that was due, the latest first."""
    rows = connection.execute(_WITH_WORK, [[task.name for task in tasks]]).fetchall()
    installed_at = {row["name"]: row["installed_at"] for row in rows}
    windows = enabled_windows(connection)
    found = {}
    for task in tasks:
        if task.cron is None or task.name not in installed_at:
            continue
        binding = [window for window in windows if window.binds(task.name, task.heavy)]
        ticks = ticks_of(task)
        latest = list(islice((t for t in ticks if not binding or is_open(binding, t)), 2))
        if latest and latest[0] >= installed_at[task.name]:
            found[task.name] = latest
    return found


def _ticks(past_ticks: PastTicks, task: Task, time_zone: str, now: datetime) -> Iterator[datetime]:
    """Give the latest ticks before the grace, the latest first, in UTC."""
    before = now - GRACE - task.spread
    return islice(past_ticks(task.cron or "", time_zone, before), TICKS_TO_LOOK_AT)


def latest_due(
    tasks: Iterable[Task], settings: Settings, now: datetime, past_ticks: PastTicks
) -> dict[str, datetime]:
    """Give when each task should have begun at the latest, whatever windows say; by task.

    Args:
        tasks: those without a cron, or without a setting that they need, are left out.
        settings: as of `missed_runs`.
        now: aware.
        past_ticks: as of `missed_runs`.
    """
    chosen = [task for task in tasks if task.cron and not task.lacks(settings)]
    return {
        task.name: tick
        for task in chosen
        for tick in islice(_ticks(past_ticks, task, settings.timezone, now), 1)
    }
