"""`maint sample`: the sample application in the embedded database, and more rows for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.output import console

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

    from maint_pipeline.database.application import ApplicationUrls


def say(step: str) -> None:
    """Print a step of something that takes a while."""
    console.print(f"  {step}", markup=False, highlight=False)


def prepare_sample(application: ApplicationUrls, home: Path) -> None:
    """Create, migrate and fill the embedded database, each once, whoever else starts just now.

    Args:
        application: the embedded database.
        home: MAINT_HOME.
    """
    from maint_pipeline.database.embedded import exclusive

    with exclusive(home, "sample.lock"):
        _prepare_sample(application)


def _prepare_sample(application: ApplicationUrls) -> None:
    import psycopg

    from maint_pipeline.checks.catalog import CATEGORIES
    from maint_pipeline.checks.run import run_checks
    from maint_pipeline.database.connection import connect
    from maint_pipeline.installation.install import install, open_server_views
    from maint_pipeline.sample import create_sample_application, load_sample_data

    url = application.administrator
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        if not _has_sample(connection):
            say("Creating the sample application")
            create_sample_application(connection)
    if install(url, lambda step: say(f"Migrating: {step}")):
        open_server_views(url)
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        if connection.execute("select from public.orgs limit 1").fetchone() is not None:
            return
        with _loading_bar("Loading sample data") as show:
            summary = load_sample_data(connection, report=show)
    say(f"Loaded {summary.audit_logs:,} audit logs of {summary.organizations} organizations")
    say("Running every check once")
    with closing(connect(application.worker, application_name="maint dev")) as owner:
        for category in CATEGORIES:
            run_checks(owner, category)


def _has_sample(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    row = connection.execute("select to_regclass('public.orgs') is not null").fetchone()
    return bool(row and row[0])


@contextmanager
def _loading_bar(title: str) -> Iterator[Callable[[str, float], None]]:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("  {task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(title, total=1.0)

        def show(step: str, fraction: float) -> None:
            progress.update(bar, completed=fraction, description=f"{title}: {step}")

        yield show


@app.command()
def sample(
    rows: Annotated[
        int, typer.Option(help="How many audit logs to add.", min=1, max=1_000_000_000)
    ] = 1_000_000,
) -> None:
    """Add more audit logs to the sample application, for a look at larger tables.

    Only ever adds to the sample application that `maint dev` created.

    Example: maint sample --rows 5000000
    """
    import psycopg

    from maint_pipeline.sample import add_audit_logs

    with configured(creates=True) as (settings, urls):
        if settings.database_url is None:
            prepare_sample(urls, settings.home)
        with closing(psycopg.connect(urls.administrator, autocommit=True)) as connection:
            with _loading_bar("Adding audit logs") as show:
                added = add_audit_logs(connection, rows=rows, report=show)
    console.print(f"Added {added:,} audit logs.")
