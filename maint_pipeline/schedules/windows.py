"""Maintenance windows that keep a task from ever starting: none of its ticks is in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile

from maint_pipeline.database.connection import Connection
from maint_pipeline.schedules.crons import coming_ticks
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.windows import is_open, windows_binding

LOOK_AHEAD = timedelta(days=400)
TICKS_TO_LOOK_AT = 400
"""More than two weeks of hourly ticks, and all changes of the clock for daily ones."""


@dataclass(frozen=True)
class ShutOut:
    """A task that no schedule will start.

    Attributes:
        task_name: the task.
        windows: names of the maintenance windows that bind it.
        cron: its schedule, in the configured time zone.
    """

    task_name: str
    windows: tuple[str, ...]
    cron: str

    def __str__(self) -> str:
        windows = ", ".join(self.windows)
        return f"{self.task_name} ({self.cron}) has no tick within {windows}"


def shut_out_tasks(
    connection: Connection, tasks: Iterable[Task], settings: Settings, now: datetime
) -> list[ShutOut]:
    """Return the tasks that never start by schedule: all their ticks are in closed windows.

    Args:
        connection: as `maint_owner`.
        tasks: those without a cron, or without a setting that they need, are left out.
        settings: the time zone that the crons are meant in, and what is set.
        now: aware.
    """
    shut_out = []
    for task in tasks:
        if task.cron is None or task.lacks(settings):
            continue
        windows = windows_binding(connection, task.name, task.heavy)
        ticks = takewhile(
            lambda tick: tick < now + LOOK_AHEAD, coming_ticks(task.cron, settings.timezone, now)
        )
        if windows and not any(is_open(windows, tick) for tick in islice(ticks, TICKS_TO_LOOK_AT)):
            shut_out.append(ShutOut(task.name, tuple(w.name for w in windows), task.cron))
    return shut_out
