"""`maint windows`: when schedules can start heavy tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import connected
from maint_pipeline.cli.completion import complete_task, complete_window
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError
from maint_pipeline.time_zones import is_time_zone

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection
    from maint_pipeline.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The window's name.", metavar="WINDOW")]
KnownName = Annotated[
    str,
    typer.Argument(help="The window's name.", metavar="WINDOW", autocompletion=complete_window),
]
COLUMNS = ("name", "days", "opens", "closes", "time_zone", "tasks", "enabled")
_LIST = """
select name, days, opens::text as opens, closes::text as closes, time_zone, tasks, enabled
from maint.maintenance_windows
order by name
"""
_ADD = """
insert into maint.maintenance_windows (name, opens, closes, days, time_zone, tasks)
values (%s, %s, %s, %s, %s, %s)
"""

_EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

windows_app = listing_group("windows", "The maintenance windows. Without a command it lists them.")


@windows_app.command("list")
def list_windows(as_json: AsJson = False) -> None:
    """List the maintenance windows: heavy tasks start by schedule only within one.

    Example: maint windows
    """
    with connected() as (_, connection):
        rows = connection.execute(_LIST).fetchall()
    empty = "No maintenance window: schedules may start at any time."
    shown = rows if as_json else [{**row, **_in_words(row)} for row in rows]
    print_rows(shown, COLUMNS, as_json=as_json, empty=empty)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    is_daily = row["days"] == _EVERY_DAY
    return {
        "days": "every day" if is_daily else ", ".join(_DAYS[day - 1] for day in row["days"]),
        "opens": row["opens"][:5],
        "closes": row["closes"][:5],
        "tasks": ", ".join(row["tasks"]) or "every heavy task",
    }


@windows_app.command()
def add(
    name: Name,
    opens: Annotated[str, typer.Option(help="Local time it opens, such as 01:00.")],
    closes: Annotated[str, typer.Option(help="Local time it closes; may be past midnight.")],
    days: Annotated[str, typer.Option(help="ISO weekdays, 1 is Monday.")] = "1,2,3,4,5,6,7",
    time_zone: Annotated[str | None, typer.Option(help="Default: MAINT_TIMEZONE.")] = None,
    task: Annotated[
        list[str] | None,
        typer.Option(
            help="Apply it only to this task; can be repeated.", autocompletion=complete_task
        ),
    ] = None,
) -> None:
    """Add a window. From the first one on, heavy tasks start by schedule only within windows.

    Example: maint windows add nights --opens 01:00 --closes 05:00 --time-zone Europe/Berlin
    """
    import psycopg

    try:
        chosen = [int(day) for day in days.split(",")]
    except ValueError:
        raise UsageError(f"--days takes ISO weekdays such as 6,7, not {days!r}.") from None
    for name_of_task in task or []:
        _assert_task(name_of_task)
    with connected() as (settings, connection):
        zone = time_zone or settings.timezone
        if not is_time_zone(zone):
            raise UsageError(f"{zone!r} is no IANA time zone; write for example Europe/Berlin.")
        try:
            with _shutting_out_nobody(connection, settings):
                connection.execute(_ADD, [name, opens, closes, chosen, zone, task or []])
        except psycopg.errors.UniqueViolation:
            raise UsageError(f"There is a window {name} already.") from None
        except (psycopg.errors.IntegrityError, psycopg.errors.DataError) as error:
            raise UsageError(f"{error.diag.message_primary}") from None
    console.print("Added.")


@windows_app.command()
def remove(name: KnownName) -> None:
    """Remove a window.

    Example: maint windows remove nights
    """
    with connected() as (settings, connection), _shutting_out_nobody(connection, settings):
        statement = "delete from maint.maintenance_windows where name = %s"
        if not connection.execute(statement, [name]).rowcount:
            raise UsageError(f"There is no window {name}. maint windows lists them.")
    console.print("Removed.")


def _assert_task(name: str) -> None:
    from maint_pipeline.ops import task_named

    task_named(name)


@contextmanager
def _shutting_out_nobody(connection: Connection, settings: Settings) -> Iterator[None]:
    """Undo a change of the windows after which a task could never start by schedule.

    Raises:
        UsageError: it would have shut out a task that was not shut out before.
    """
    from maint_pipeline.ops import all_tasks
    from maint_pipeline.schedules.windows import shut_out_tasks

    tasks, now = all_tasks().values(), datetime.now(UTC)
    before = {task.task_name for task in shut_out_tasks(connection, tasks, settings, now)}
    with connection.transaction():
        yield
        after = shut_out_tasks(connection, tasks, settings, now)
        if new := [str(task) for task in after if task.task_name not in before]:
            raise UsageError(
                f"Nothing was changed: {'; '.join(new)} (schedules are in {settings.timezone}), so "
                "it would never run. Choose times that include a tick of the schedules, or add "
                "such a window first; --task limits a window to certain tasks."
            )
