"""`maint run`: a task run from the terminal, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.completion import complete_task
from maint_pipeline.cli.output import print_rows
from maint_pipeline.cli.results import print_result

if TYPE_CHECKING:
    from dagster import Definitions


@app.command()
def run(
    context: typer.Context,
    task: Annotated[
        str,
        typer.Argument(help="Name of the task.", metavar="TASK", autocompletion=complete_task),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be done; change nothing.")
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
    from maint_pipeline.cli.progress import ProgressLine
    from maint_pipeline.cli.values import typed_values
    from maint_pipeline.instance.home import use_dagster
    from maint_pipeline.instance.launch import run_task
    from maint_pipeline.ops import task_named

    pairs = [*(settings or []), *(["dry_run=true"] if dry_run else [])]
    values = typed_values(task, task_named(task).form, pairs)
    database = context.find_root().params.get("database")
    with configured() as (process_settings, urls), use_dagster(process_settings, urls):
        with ProgressLine(task) as display, _definitions(database) as defs:
            row = run_task(defs.resolve_job_def(task), values, urls.worker, display)
    if as_json:
        print_rows([row], (), as_json=True, empty="")
    else:
        print_result(row, process_settings.ui_url)
    if row["status"] not in ("completed", "skipped"):
        raise typer.Exit(2 if (row["details"] or {}).get("wrong_usage") else 1)


@contextmanager
def _definitions(database: str | None) -> Iterator[Definitions]:
    """Give the jobs of one database: that of the environment, or one of the registry."""
    from maint_pipeline.instance.internals.host import OwnHost
    from maint_pipeline.library import maintenance_definitions
    from maint_pipeline.registry.loading import find_database
    from maint_pipeline.resources import DatabaseOfFleet, Maintenance
    from maint_pipeline.settings import chosen, load_settings

    if database is None:
        with chosen({"databases_file": None}):
            yield maintenance_definitions(Maintenance(from_environment=True), host=OwnHost())
        return
    of_registry = DatabaseOfFleet.of(find_database(load_settings(), database))
    yield maintenance_definitions(of_registry, host=OwnHost())
