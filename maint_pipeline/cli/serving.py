"""`maint serve` and `maint env`: Dagster's own programs, guarded or plain, on this installation."""

from __future__ import annotations

import ipaddress
import shlex
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, serving
from maint_pipeline.cli.output import console, errors
from maint_pipeline.cli.servers import DEFAULT_PORT

if TYPE_CHECKING:
    from maint_pipeline.settings import Settings

DEFAULT_HOST = "127.0.0.1"


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = DEFAULT_HOST,
    port: Annotated[int, typer.Option(help="Port of the UI.", min=1, max=65535)] = DEFAULT_PORT,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Refuse launches and every other change.")
    ] = False,
    workspace: Annotated[
        Path | None,
        typer.Option(
            help="A workspace.yaml that names a code server. Default: starts the code itself.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Serve the Dagster UI behind the guard, and nothing else: for production.

    The guard keeps other web pages out: it answers only to its own names (loopback, the host of
    MAINT_UI_URL, MAINT_ALLOWED_HOSTS), and accepts changes only from its own pages and programs.
    There is no login: put a proxy with one in front for other people. The daemon is maint daemon.

    Example: maint serve --port 3001 --read-only
    """
    from maint_pipeline.instance.home import use_dagster
    from maint_pipeline.instance.web.server import serve as serve_web

    if not _is_loopback(host):
        errors.print(
            f"[yellow]Warning:[/] {host} can be reached from other machines, and Dagster has no "
            "login. Put a proxy with a login in front (docs/administrator.md, Serving the UI).",
            soft_wrap=True,
        )

    def report() -> None:
        address = f"[{host}]" if ":" in host else host
        console.print(f"Dagster UI: http://{address}:{port}   (Ctrl-C stops it)", markup=False)

    with serving() as (settings, urls), use_dagster(settings, urls):
        serve_web(
            settings, host=host, port=port, read_only=read_only, workspace=workspace, report=report
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


@app.command()
def env(
    stop: Annotated[
        bool, typer.Option("--stop", help="Stop the embedded PostgreSQL again instead.")
    ] = False,
) -> None:
    """Print the variables that plain Dagster commands need, for the shell to evaluate.

    If the embedded PostgreSQL is needed it is started, filled as by maint dev, and stays up after
    this command, until `maint env --stop`. Afterwards dagster dev, dagster-webserver -w
    workspace.yaml and dagster-daemon run -w workspace.yaml work in this shell. They have no guard:
    use them for development, or maint serve. The output can contain the password of Dagster's
    storage.

    Example: eval "$(maint env)"
    """
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    # Only the lines for the shell go to standard output.
    with redirect_stdout(sys.stderr):
        if stop:
            _stop(settings.home)
            return
        variables = _variables(settings)
    for name, value in variables.items():
        print(f"export {name}={shlex.quote(value)}")


def _stop(home: Path) -> None:
    from maint_pipeline.database.keeper import stop_keeping

    console.print(
        "The embedded PostgreSQL stops with its last user."
        if stop_keeping(home)
        else "maint env keeps no PostgreSQL running here."
    )


def _variables(settings: Settings) -> dict[str, str]:
    from maint_pipeline.cli.sample import prepare_sample
    from maint_pipeline.database.application import served_urls
    from maint_pipeline.database.keeper import keep_running
    from maint_pipeline.database.urls import parse
    from maint_pipeline.instance.home import dagster_environment, dagster_storage_url

    has_database = settings.database_url or settings.databases_file
    if not has_database or settings.dagster_database_url is None:
        keep_running(settings.home)
    with served_urls(settings) as urls, dagster_storage_url(settings) as storage_url:
        if urls and settings.database_url is None:
            prepare_sample(urls, settings.home)
        variables = dagster_environment(settings, application=urls, storage_url=storage_url)
        if sys.__stdout__ and sys.__stdout__.isatty() and parse(storage_url).get("password"):
            console.print("Don't show this screen to others: the lines contain a password.")
    # What the user has set is in the shell already; where nothing is set, every process finds the
    # embedded database, and later commands in this shell still know that it is meant.
    return {name: v for name, v in variables.items() if "DATABASE_URL" not in name}
