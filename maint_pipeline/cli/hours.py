"""`maint hours`: how busy the server is at which hour, and when heavy tasks are best started."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.output import console, print_rows

if TYPE_CHECKING:
    from maint_pipeline.hours.profile import Week

_BLOCKS = " ▁▂▃▄▅▆▇█"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TASK_COLUMNS = ("task", "starts", "takes_seconds", "best", "busy", "busy_now", "reason")


@app.command()
def hours(
    table: Annotated[
        bool, typer.Option("--table", help="Also show every hour of the week in figures.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show how busy the week is foreseen to be, and the best hour for each heavy task.

    Busy are sessions that work, without our own, on average. The sensor samples them; after 14 days
    a week is known. Nothing is moved: change the cron of a task's schedule if you like its hour.
    JSON has a row for each task, and one for each hour.

    Example: maint hours
    """
    from maint_pipeline.hours.days import read_days
    from maint_pipeline.hours.profile import LEAST_DAYS, foresee_week
    from maint_pipeline.ops import all_tasks
    from maint_pipeline.schedules.hours import hours_of_tasks

    with connected() as (settings, connection):
        load, weekdays = read_days(connection, settings.timezone)
        week = foresee_week(load, weekdays)
        now = datetime.now(UTC)
        tasks = (
            hours_of_tasks(connection, all_tasks().values(), week, settings.timezone, now)
            if week
            else []
        )
    if as_json:
        rows = [{"kind": "task", **asdict(task)} for task in tasks]
        print_rows([*rows, *_hours(week)], (), as_json=True, empty="")
        return
    if week is None:
        console.print(
            f"Too few samples: {len(load)} days since the first, and a week is known after "
            f"{LEAST_DAYS}. The sensor takes them while the daemon runs: maint doctor.",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
        return
    _print_week(week, settings.timezone)
    if table:
        print_rows(_table(week), ("hour", *_DAYS), as_json=False, empty="")
        console.print()
    print_rows(
        [asdict(task) for task in tasks], TASK_COLUMNS, as_json=False, empty="No heavy task."
    )


def _print_week(week: Week, zone: str) -> None:
    most = float(week.load.max())
    console.print(f"Busy sessions, at most {most:.2f}, times in {zone}:", highlight=False)
    console.print("     " + "".join(f"{hour:<6}" for hour in range(0, 24, 3)), highlight=False)
    for weekday, row in zip(week.weekdays, week.load, strict=True):
        halves = row.reshape(48, 2).mean(axis=1)
        marks = "".join(_BLOCKS[round(8 * float(half) / most) if most else 0] for half in halves)
        console.print(f"{_DAYS[weekday]}  {marks}", highlight=False)
    console.print()


def _hours(week: Week | None) -> list[dict[str, Any]]:
    if week is None:
        return []
    return [
        {"kind": "hour", "day": _DAYS[weekday], "hour": hour, "busy": float(busy)}
        for weekday, row in zip(week.weekdays, week.load, strict=True)
        for hour, busy in enumerate(row.reshape(24, 4).mean(axis=1))
    ]


def _table(week: Week) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"hour": f"{hour:02}:00"} for hour in range(24)]
    for one in _hours(week):
        rows[one["hour"]][one["day"]] = f"{one['busy']:.2f}"
    return rows
