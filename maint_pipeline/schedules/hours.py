"""For each heavy task the start at which it would meet least load, within its windows, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import numpy as np

from maint_pipeline.database.connection import Connection
from maint_pipeline.hours.choice import BETTER, Choice, choose
from maint_pipeline.hours.profile import QUARTERS, Floats, Week
from maint_pipeline.schedules.crons import coming_ticks
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.task_runs.windows import Window, closing, enabled_windows
from maint_pipeline.units import seconds_in_words

USUAL_SECONDS = 1800.0
"""What a task that has never run is thought to take."""

RUNS = 30
_DURATIONS = """
select task_name, percentile_cont(0.9) within group (order by seconds) as seconds,
    count(*) as runs
from (
    select task_name, extract(epoch from finished_at - started_at)::float8 as seconds,
        row_number() over (partition by task_name order by started_at desc) as place
    from maint.run_figures
    where status = 'completed' and not is_part and task_name = any (%s)
) as latest
where place <= %s
group by task_name
"""


@dataclass(frozen=True)
class HourOfTask:
    """When a task starts, and when it would be best.

    Attributes:
        starts: local time of its schedule.
        takes_seconds: 90th percentile of its last 30 runs.
        runs: how many of them there are; without one `takes_seconds` is a guess.
        best: local time at which it would meet least load; None where no start is allowed.
        busy: sessions that work then, on average, as foreseen.
        busy_now: the same at `starts`.
        reason: why, in words.
    """

    task: str
    starts: str
    takes_seconds: float
    runs: int
    best: str | None
    busy: float | None
    busy_now: float | None
    reason: str


def hours_of_tasks(
    connection: Connection, tasks: Iterable[Task], week: Week, zone: str, now: datetime
) -> list[HourOfTask]:
    """Choose an hour for each heavy task that has a schedule.

    A daily task gets one hour for all days, by the load of a mean day; a weekly one by its day's. A
    task whose hour is chosen counts as a busy session for the next ones, so that they don't meet.

    Args:
        connection: as `maint_owner`.
        tasks: with the crons by which they are scheduled.
        week: as it is foreseen, from today on.
        zone: IANA name of the zone that crons are meant in.
        now: aware.
    """
    heavy = [task for task in tasks if task.heavy and task.cron]
    rows = connection.execute(_DURATIONS, [[task.name for task in heavy], RUNS]).fetchall()
    durations = {row["task_name"]: (row["seconds"], row["runs"]) for row in rows}
    windows = enabled_windows(connection)
    found: list[HourOfTask] = []
    load = week.load.copy()
    for task in heavy:
        binding = [window for window in windows if window.binds(task.name, task.heavy)]
        took = durations.get(task.name, (USUAL_SECONDS, 0))
        ticks = _ticks(task, zone, now)
        days = [week.weekdays.index(weekday) for weekday in {tick.weekday() for tick in ticks}]
        hour = _hour(task.name, binding, took, load[days].mean(axis=0), ticks)
        found.append(hour)
        if hour.best:
            first = int(hour.best[:2]) * 4 + int(hour.best[3:]) // 15
            load[days, first : first + ceil(took[0] / 900)] += 1.0
    return found


def _ticks(task: Task, zone: str, now: datetime) -> list[datetime]:
    """Give the ticks of the week to come, or the next one, in local time."""
    local, ticks = ZoneInfo(zone), list[datetime]()
    for tick in coming_ticks(task.cron or "", zone, now):
        if ticks and tick >= now + timedelta(days=7):
            break
        ticks.append(tick.astimezone(local))
    return ticks


def _hour(
    task: str, windows: list[Window], took: tuple[float, int], day: Floats, ticks: list[datetime]
) -> HourOfTask:
    seconds, runs = took
    days = {tick.date() for tick in ticks}
    length = max(1, ceil(seconds / 900))
    allowed = [
        start
        for start in range(QUARTERS)
        if all(_fits(windows, date_, start, seconds, ticks[0]) for date_ in days)
    ]
    former = ticks[0].hour * 4 + ticks[0].minute // 15
    chosen = choose(np.concatenate([day, day]), allowed, min(length, QUARTERS), former)
    starts = f"{ticks[0]:%H:%M}"
    if chosen is None:
        return HourOfTask(
            task, starts, seconds, runs, None, None, None,
            f"no window that is open long enough for {seconds_in_words(seconds)}",
        )  # fmt: skip
    best = _clock(chosen.start) if chosen.moved else starts
    return HourOfTask(
        task, starts, seconds, runs, best, chosen.load, chosen.kept,
        _reason(starts, chosen) + ("" if runs else "; it never ran, so its duration is a guess"),
    )  # fmt: skip


def _fits(windows: list[Window], day: date, quarter: int, took: float, like: datetime) -> bool:
    """Say whether a run that starts then on a day is over before its windows close."""
    if not windows:
        return True
    start = datetime.combine(day, time(quarter // 4, quarter % 4 * 15), like.tzinfo)
    end = closing(windows, start)
    return end is not None and end >= start + timedelta(seconds=took)


def _reason(starts: str, chosen: Choice) -> str:
    if not chosen.moved:
        return f"no other start meets {BETTER:.0%} less load"
    if chosen.kept is None:
        return f"{starts} is in no window, or too late in it"
    return f"{1 - chosen.load / chosen.kept:.0%} less load than at {starts}"


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"
