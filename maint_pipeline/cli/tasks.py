"""`maint run` and `maint history`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import app, configured, connected
from maint_pipeline.cli.output import console, errors, print_fields, print_rows, table_of
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

STATUSES = ("running", "completed", "failed", "skipped", "canceled")
WATCH_SECONDS = 2
_HISTORY = """
select id, task_name, started_at, finished_at, status, details, error_message, duration_seconds
from maint.get_maintenance_task_history(%(days)s)
where (%(task)s::text is null or task_name = %(task)s)
    and (%(status)s::text is null or status = %(status)s)
"""
HISTORY_COLUMNS = ("started_at", "task_name", "status", "duration_seconds", "error_message")


@app.command()
def run(
    task: Annotated[str, typer.Argument(help="Name of the task.", metavar="TASK")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only report what would be done; change nothing.")
    ] = False,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="Set a field of the task's config by its type: a text as it is, null for none, "
            "lists as JSON.",
            metavar="KEY=VALUE",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Run a task now, through Dagster, and wait for its end.

    The run appears in the UI's history. Exit code 0: done (or skipped, it says why); 1: failed or
    canceled; 2: wrong usage.

    Example: maint run cleanup_old_audit_logs --dry-run --set retention_days=30
    """
    from maint_pipeline.cli.values import typed_values
    from maint_pipeline.definitions import defs
    from maint_pipeline.instance.home import use_dagster
    from maint_pipeline.instance.launch import run_task
    from maint_pipeline.ops import task_named

    pairs = [*(settings or []), *(["dry_run=true"] if dry_run else [])]
    values = typed_values(task, task_named(task).config, pairs)
    with configured() as (process_settings, urls), use_dagster(process_settings, urls):
        with _progress_bar(task) as display:
            row = run_task(defs.resolve_job_def(task), values, urls.worker, display)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
    else:
        _print_result(row)
    if row["status"] not in ("completed", "skipped"):
        raise typer.Exit(2 if (row["details"] or {}).get("wrong_usage") else 1)


class _ProgressBar:
    """A bar that follows the figures a worker reports."""

    def __init__(self, task_name: str) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[figures]}"),
            console=errors,
            transient=True,
        )
        self._bar = self._progress.add_task(task_name, total=1.0, figures="")

    def __enter__(self) -> _ProgressBar:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()

    def __call__(self, progress: Mapping[str, Any]) -> None:
        shown = {name: value for name, value in progress.items() if name != "fraction"}
        fraction = progress.get("fraction", 0)
        self._progress.update(self._bar, completed=fraction, figures=figures_of(shown))


def _progress_bar(task_name: str) -> _ProgressBar:
    return _ProgressBar(task_name)


def _print_result(row: Mapping[str, Any]) -> None:
    details = {name: value for name, value in (row["details"] or {}).items() if name != "progress"}
    shown = {"status": row["status"], "duration_seconds": row["duration_seconds"], **details}
    if row["error_message"]:
        shown["error"] = row["error_message"]
    console.print(f"[bold]{row['task_name']}[/]")
    print_fields({**shown, "task_id": row["id"], "dagster_run_id": row["dagster_run_id"]})


@app.command()
def history(
    days: Annotated[int, typer.Option(help="How many days back.", min=1, max=3650)] = 7,
    task: Annotated[str | None, typer.Option(help="Only this task.")] = None,
    status: Annotated[str | None, typer.Option(help="Only runs of this status.")] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Keep showing it, with the progress of running tasks.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
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
    print_rows(rows, HISTORY_COLUMNS, as_json=as_json, empty=empty)


def _assert_task(name: str) -> None:
    # A task that was removed since may have a history.
    from maint_pipeline.ops import task_named

    task_named(name)


def _watch(connection: Connection, given: Mapping[str, Any], empty: str) -> None:
    """Show the history again every two seconds, until Ctrl-C."""
    from rich.live import Live

    with Live(console=console, auto_refresh=False) as live, suppress(KeyboardInterrupt):
        while True:
            rows = connection.execute(_HISTORY, given).fetchall()
            shown = [{**row, "error_message": _note(row)} for row in rows[: console.height - 2]]
            live.update(table_of(shown, HISTORY_COLUMNS) if shown else empty, refresh=True)
            sleep(WATCH_SECONDS)


def _note(row: Mapping[str, Any]) -> str:
    """Return the note of a run: its progress, or its error."""
    progress = (row["details"] or {}).get("progress") if row["status"] == "running" else None
    if not progress:
        return row["error_message"] or ""
    return figures_of(progress)


def figures_of(progress: Mapping[str, Any]) -> str:
    """Format the progress that a worker reports, numbers and text, as one line.

    Args:
        progress: by name.
    """
    words = (
        f"{value:,}" if isinstance(value, int | float) else value for value in progress.values()
    )
    return ", ".join(
        f"{name.replace('_', ' ')} {shown}" for name, shown in zip(progress, words, strict=True)
    )
