"""`maint daemon`: Dagster's daemon under a lease, for production."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from maint_pipeline.cli.app import app, serving
from maint_pipeline.cli.output import console


@app.command()
def daemon(
    workspace: Annotated[
        Path | None,
        typer.Option(
            help="A workspace.yaml that names a code server. Default: starts the code itself.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Run Dagster's daemon (schedules, sensors, the queue), and nothing else: for production.

    Start it on as many machines as you like: one leads, the others are on standby, and one of them
    takes over within seconds when the leader stops. While it is healthy, it requests
    MAINT_WATCHDOG_URL every minute. SIGTERM stops it.

    Example: maint daemon --workspace workspace.yaml
    """
    from maint_pipeline.instance.home import use_dagster
    from maint_pipeline.instance.leader import lead

    with (
        serving() as (settings, urls),
        use_dagster(settings, urls),
        _workspace(workspace) as file,
    ):
        url = settings.watchdog_url
        lead(file, url.get_secret_value() if url else None, _say)


def _say(words: str) -> None:
    console.print(words, markup=False, highlight=False)


@contextmanager
def _workspace(named: Path | None) -> Iterator[Path]:
    from maint_pipeline.instance.home import code_location

    if named:
        yield named.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="maint-") as folder:
        file = Path(folder) / "workspace.yaml"
        file.write_text(code_location(), encoding="utf-8")
        yield file
