"""Maintenance windows: whether a task may start by schedule, and when the next one opens.

Windows are rows of `maint.maintenance_windows`. They bind schedules (schedules/schedules.py): what
a person starts by hand always runs, and its ledger row says so (ops/task.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from maint_pipeline.database.connection import Connection


@dataclass(frozen=True)
class Window:
    """A daily span on some weekdays, in local time.

    Attributes:
        days: ISO weekdays (1 Monday to 7 Sunday) on which it opens.
        opens: local time it opens.
        closes: local time it closes; not after `opens` means on the following day.
        time_zone: IANA name.
        tasks: names of the tasks it binds; none means every heavy task.
    """

    name: str
    days: frozenset[int]
    opens: time
    closes: time
    time_zone: str
    tasks: frozenset[str]

    def binds(self, task_name: str, heavy: bool) -> bool:
        """Return whether this window decides about a task."""
        return task_name in self.tasks if self.tasks else heavy

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """Give the span that opens on a local day, or None on days that are not its own.

        A local time that a change of the clock leaves out counts as the moment after the gap, one
        that occurs twice as the first.
        """
        if day.isoweekday() not in self.days:
            return None
        zone = ZoneInfo(self.time_zone)
        closing_day = day if self.closes > self.opens else day + timedelta(days=1)
        # By way of UTC, because datetimes of one zone compare by their wall clocks.
        return (
            datetime.combine(day, self.opens, zone).astimezone(ZoneInfo("UTC")),
            datetime.combine(closing_day, self.closes, zone).astimezone(ZoneInfo("UTC")),
        )

    def spans_around(self, moment: datetime) -> Iterable[tuple[datetime, datetime]]:
        """Give the spans from the day before a moment to eight days after, in order."""
        today = moment.astimezone(ZoneInfo(self.time_zone)).date()
        for offset in range(-1, 9):
            if span := self.span(today + timedelta(days=offset)):
                yield span


def is_open(windows: Iterable[Window], moment: datetime) -> bool:
    """Return whether any of the windows is open at a moment (aware)."""
    return any(
        opens <= moment < closes for w in windows for opens, closes in w.spans_around(moment)
    )


def closing(windows: Iterable[Window], moment: datetime) -> datetime | None:
    """Give the end of what is open at a moment (aware), in UTC; None when nothing is.

    Windows that follow on one another, or overlap, count as one.
    """
    spans = [span for w in windows for span in w.spans_around(moment)]
    end = None
    while later := [c for o, c in spans if o <= (end or moment) < c]:
        end = max(later)
    return end


def next_opening(windows: Iterable[Window], moment: datetime) -> datetime | None:
    """Give the first opening after a moment (aware), in UTC; None without windows."""
    return min(
        (opens for w in windows for opens, _ in w.spans_around(moment) if opens > moment),
        default=None,
    )


def closed_reason(windows: Sequence[Window], moment: datetime) -> str | None:
    """Return a text that says that all windows are closed at a moment (aware); None if one is open.

    Args:
        windows: those that bind a task; none means that it may run at any time.
        moment: when.
    """
    if not windows or is_open(windows, moment):
        return None
    opening = next_opening(windows, moment)
    when = f"{opening:%Y-%m-%d %H:%M} UTC" if opening else "never"
    return f"Maintenance window {', '.join(w.name for w in windows)} is closed; it opens {when}."


def enabled_windows(connection: Connection) -> list[Window]:
    """Read the enabled windows, by name."""
    rows = connection.execute(
        "select name, days, opens, closes, time_zone, tasks "
        "from maint.maintenance_windows where enabled order by name"
    ).fetchall()
    return [
        Window(
            name=row["name"],
            days=frozenset(row["days"]),
            opens=row["opens"],
            closes=row["closes"],
            time_zone=row["time_zone"],
            tasks=frozenset(row["tasks"]),
        )
        for row in rows
    ]


def windows_binding(connection: Connection, task_name: str, heavy: bool) -> list[Window]:
    """Read the enabled windows that bind a task; none means that it may run at any time."""
    return [window for window in enabled_windows(connection) if window.binds(task_name, heavy)]
