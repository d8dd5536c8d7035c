"""`maint history`: the task runs, what each did, and all that is known of one."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import connected
from maint_pipeline.cli.cells import SHORT_ID
from maint_pipeline.cli.completion import complete_run, complete_status, complete_task
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.layout import Rows
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.cli.results import print_result
from maint_pipeline.errors import UsageError
from maint_pipeline.units import seconds_in_words

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
STATUSES = ("running", "completed", "failed", "skipped", "canceled")
WATCH_SECONDS = 2
LAST = 20
COLUMNS = ("started_at", "task_name", "status", "took", "id", "result")
_HISTORY = """
select id, task_name, started_at, finished_at, status, details, error_message, duration_seconds
from maint.get_maintenance_task_history(%(days)s)
where (%(task)s::text is null or task_name = %(task)s)
    and (%(status)s::text is null or status = %(status)s)
"""
_ONE = """
select id, task_name, started_at, finished_at, status, details, error_message,
    extract(epoch from finished_at - started_at)::float8 as duration_seconds, dagster_run_id
from public.maintenance_task_runs
where starts_with(id::text, lower(%(id)s)) or starts_with(dagster_run_id, lower(%(id)s))
order by started_at desc
limit 2
"""

history_app = listing_group(
    "history", "The task runs, newest first, and what each did. Without a command it lists them."
)


@history_app.command("list")
def list_runs(
    days: Annotated[int, typer.Option(help="How many days back.", min=1, max=3650)] = 7,
    last: Annotated[
        int | None,
        typer.Option(
            help=f"Only the latest so many. Default: {LAST}, with --json all.", min=1, max=1_000_000
        ),
    ] = None,
    task: Annotated[
        str | None, typer.Option(help="Only this task.", autocompletion=complete_task)
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(help="Only runs of this status.", autocompletion=complete_status),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on showing it, with the progress of what runs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the task runs of the last days, newest first.

    Example: maint history --days 30 --status failed
    """
    if status is not None and status not in STATUSES:
        raise UsageError(f"There is no status {status}: it is one of {', '.join(STATUSES)}.")
    given = {"days": days, "task": task, "status": status}
    empty = f"No task run in the last {days} days."
    with connected() as (_, connection):
        if watch:
            _watch(connection, given, empty)
            return
        rows = connection.execute(_HISTORY, given).fetchall()
    if task and not rows:
        _assert_task(task.partition(":")[0])
    shown = rows if as_json and last is None else rows[: last or LAST]
    if as_json:
        print_rows(shown, (), as_json=True, empty="")
        return
    print_rows([_shown(row) for row in shown], COLUMNS, as_json=False, empty=empty)
    if len(rows) > len(shown):
        console.print(
            f"\nThe latest {len(shown)} of {len(rows):,} in {days} days: --last shows more.",
            highlight=False,
        )


@history_app.command()
def show(
    run: Annotated[
        str,
        typer.Argument(
            help="The run's id, or its beginning; Dagster's id does too.",
            metavar="RUN_ID",
            autocompletion=complete_run,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Show all that is known of one task run.

    Example: maint history show 6f0c1d0e
    """
    with connected() as (settings, connection):
        row = _one(connection, run)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
    else:
        print_result(row, settings.ui_url)


def _one(connection: Connection, beginning: str) -> dict[str, Any]:
    rows = connection.execute(_ONE, {"id": beginning}).fetchall() if beginning else []
    if not rows:
        raise UsageError(f"There is no task run {beginning}. maint history lists them.")
    if len(rows) > 1:
        raise UsageError(f"Several task runs begin with {beginning}. Write more of the id.")
    return rows[0]


def _assert_task(name: str) -> None:
    # A task of an earlier version may have a history.
    from maint_pipeline.ops import task_named

    task_named(name)


def _watch(connection: Connection, given: Mapping[str, Any], empty: str) -> None:
    """Show the history again every two seconds, until Ctrl-C."""
    from rich.live import Live

    # Between the queries only: one that is interrupted may wait for an answer that it has got.
    asked_to_stop = Event()
    before = signal.signal(signal.SIGINT, lambda _number, _frame: asked_to_stop.set())
    try:
        with Live(console=console, auto_refresh=False) as live:
            while not asked_to_stop.is_set():
                rows = connection.execute(_HISTORY, given).fetchall()
                shown = [_shown(row) for row in rows[: max(1, (console.height - 2) // 2)]]
                live.update(Rows(shown, COLUMNS) if shown else empty, refresh=True)
                asked_to_stop.wait(WATCH_SECONDS)
    finally:
        signal.signal(signal.SIGINT, before)


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    from maint_pipeline.task_runs.results import result_in_words

    seconds = row["duration_seconds"]
    return {
        **row,
        "id": str(row["id"])[:SHORT_ID],
        "took": None if seconds is None else seconds_in_words(seconds),
        "result": result_in_words(row),
    }
