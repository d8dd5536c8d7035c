"""`maint windows`: when schedules can start heavy tasks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import available_timezones

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection
    from maint_pipeline.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Name = Annotated[str, typer.Argument(help="The window's name.", metavar="WINDOW")]
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

windows_app = typer.Typer(invoke_without_command=True)
app.add_typer(windows_app, name="windows")


@windows_app.callback()
def windows(context: typer.Context, as_json: AsJson = False) -> None:
    """List the maintenance windows.

    Example: maint windows
    """
    if context.invoked_subcommand is None:
        with connected() as (_, connection):
            rows = connection.execute(_LIST).fetchall()
        empty = "No maintenance window: schedules start at any time."
        print_rows(rows, COLUMNS, as_json=as_json, empty=empty)


@windows_app.command()
def add(
    name: Name,
    opens: Annotated[str, typer.Option(help="Local time it opens, such as 01:00.")],
    closes: Annotated[str, typer.Option(help="Local time it closes; may be past midnight.")],
    days: Annotated[str, typer.Option(help="ISO weekdays, 1 is Monday.")] = "1,2,3,4,5,6,7",
    time_zone: Annotated[str | None, typer.Option(help="Default: MAINT_TIMEZONE.")] = None,
    task: Annotated[
        list[str] | None, typer.Option(help="Bind only this task; may be repeated.")
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
        if zone not in available_timezones():
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
def remove(name: Name) -> None:
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
