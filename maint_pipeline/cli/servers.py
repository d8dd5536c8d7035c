"""Commands that start or check something: dev, psql, doctor."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.cli.sample import prepare_sample, say
from maint_pipeline.processes import die_with_parent

if TYPE_CHECKING:
    from maint_pipeline.database.application import ApplicationUrls

DEFAULT_PORT = 3000


@app.command()
def dev(
    port: Annotated[
        int, typer.Option(help="Port of the Dagster UI.", min=1, max=65535)
    ] = DEFAULT_PORT,
) -> None:
    """Start everything on this machine: PostgreSQL, sample data, Dagster UI and daemon.

    Needs nothing installed. State lives in MAINT_HOME (.maint/); Ctrl-C stops everything, the next
    start finds its data again. With MAINT_DATABASE_URL set, that database is used instead: it is
    migrated, and gets no sample data.

    Example: maint dev --port 3001
    """
    from maint_pipeline.instance.dev import run_dev
    from maint_pipeline.settings import load_settings

    settings = load_settings()

    def prepare(application: ApplicationUrls) -> None:
        from maint_pipeline.installation.install import install

        if settings.database_url is None:
            prepare_sample(application, settings.home)
        else:
            install(application.administrator, say)

    run_dev(settings, port=port, prepare=prepare, report=say)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def psql(context: typer.Context) -> None:
    """Open psql on the configured database; arguments are psql's own.

    Example: maint psql -c 'select * from get_maintenance_task_history()'
    """
    import psycopg

    from maint_pipeline.database.urls import parse

    with configured(creates=True) as (settings, urls):
        connection = parse(urls.administrator)
        # Through the environment: everybody on the machine can read a command line.
        password = str(connection.pop("password", None) or "")
        environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
        program = _psql_program(settings.database_url is None)
        conninfo = psycopg.conninfo.make_conninfo(**connection)
        # Ctrl-C is psql's: it cancels a query there, and must not end us around it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        finished = subprocess.run(
            [program, "-d", conninfo, *context.args],
            check=False,
            env=environment,
            preexec_fn=_prepare_psql,
        )
    sys.exit(finished.returncode)


def _prepare_psql() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # We may be asked to end before we know its number.
    die_with_parent()


def _psql_program(embedded: bool) -> str:
    # The embedded server brings a psql of its own; for other servers the installed one is better
    # where there is one: it knows the local set-up (service files, Kerberos).
    installed = shutil.which("psql")
    if installed and not embedded:
        return installed
    from maint_pipeline.database.programs import embedded_program

    return os.fspath(embedded_program("psql"))


_MARKS = {True: "[green]ok[/]   ", None: "[yellow]?[/]    ", False: "[red]wrong[/]"}


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="One line for each problem, nothing else: for cron.")
    ] = False,
) -> None:
    """Check the installation and say how to fix what is wrong.

    Checks connection, version, pooler, clock, migrations, privileges, the latest runs, the checks,
    Dagster's storage and the registry of a fleet; says what is not checked, and why. Exit code 1
    when something is wrong; what was not checked is neither ok (null in JSON) nor wrong, and
    --quiet does not print it.

    Example: maint doctor --quiet
    """
    from maint_pipeline.doctor.examinations import examine
    from maint_pipeline.doctor.registry import examine_registry
    from maint_pipeline.doctor.secrets import examine_secrets
    from maint_pipeline.errors import UsageError
    from maint_pipeline.instance.home import dagster_storage_url
    from maint_pipeline.settings import load_settings

    if quiet and as_json:
        raise UsageError("--quiet prints lines: leave out --json.")
    settings = load_settings()
    first = (*examine_secrets(settings), *examine_registry(settings))
    rows = [asdict(diagnosis) for diagnosis in first]
    if settings.databases_file is None or settings.database_url is not None:
        with configured() as (_, urls), dagster_storage_url(settings) as storage_url:
            rows += [asdict(diagnosis) for diagnosis in examine(urls, storage_url)]
    if as_json:
        print_rows(rows, (), as_json=True, empty="")
    elif quiet:
        _print_problems(rows)
    else:
        _print_diagnoses(rows)
    if any(row["ok"] is False for row in rows):
        raise typer.Exit(1)


def _print_problems(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["ok"] is False:
            line = " ".join(f"{row['name']}: {row['finding']}. {row['remedy']}".split())
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def _print_diagnoses(rows: list[dict[str, Any]]) -> None:
    from rich.markup import escape

    for row in rows:
        mark = _MARKS[row["ok"]]
        finding, remedy = escape(row["finding"]), row["remedy"]
        console.print(f"{mark} [bold]{row['name']}[/]: {finding}", highlight=False)
        if remedy:
            console.print(f"      {remedy}", markup=False, highlight=False)
