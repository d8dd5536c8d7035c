"""`maint report` and `maint metrics`: the figures, for people and for Prometheus."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from maint_pipeline.cli.app import app, configured, connected
from maint_pipeline.cli.output import console, print_rows

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

    from maint_pipeline.database.connection import Connection

AsJson = Annotated[bool, typer.Option("--json", help="Print the figures by day as JSON.")]


@app.command()
def report(
    days: Annotated[int, typer.Option(help="How many days it covers.", min=1, max=366)] = 30,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("maint-report.html"),
    as_json: AsJson = False,
) -> None:
    """Write a report as one HTML page with its pictures in it.

    Example: maint report --days 90 --out /tmp/report.html
    """
    from maint_pipeline.files import write_atomically
    from maint_pipeline.reports.figures import collect

    with connected() as (settings, connection):
        figures = collect(connection, days, settings.timezone)
        database = connection.info.dbname
    if as_json:
        print_rows(figures.days, (), as_json=True, empty="")
        return
    # Imported late: the plotting library takes a second.
    from maint_pipeline.reports.weekly import report_page

    write_atomically(out, report_page(figures, days, settings, database))
    console.print(f"Wrote {out}", soft_wrap=True)


@app.command()
def metrics(
    textfile: Annotated[
        Path | None,
        typer.Option(help="Write them to this file, for node_exporter's textfile collector."),
    ] = None,
    listen: Annotated[
        int | None,
        typer.Option(help="Serve them on this port until stopped.", min=1, max=65535),
    ] = None,
    address: Annotated[str, typer.Option(help="Address to serve them on.")] = "127.0.0.1",
) -> None:
    """Print metrics in Prometheus's format, write them to a file, or serve them.

    With a registry (MAINT_DATABASES_FILE) those of all its databases, with their names as a label.

    Example: maint metrics
    """
    from maint_pipeline.reports.metrics import exposition, write_textfile

    with _collector() as collector:
        if listen is not None:
            _serve(collector, listen, address)
        elif textfile is not None:
            write_textfile(collector, textfile)
        else:
            print(exposition(collector), end="")


@contextmanager
def _collector() -> Iterator[Collector]:
    from maint_pipeline.database.connection import connect
    from maint_pipeline.fleet.metrics import FleetCollector
    from maint_pipeline.registry.loading import load_fleet
    from maint_pipeline.reports.metrics import MaintenanceCollector
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    if settings.databases_file is not None and settings.database_url is None:
        load_fleet(settings)  # a file that can't be read is said at once
        yield FleetCollector(lambda: load_fleet(settings))
        return
    with configured() as (_, urls):

        def opened() -> closing[Connection]:
            return closing(connect(urls.worker, application_name="maint metrics"))

        yield MaintenanceCollector(opened)


def _serve(collector: Collector, port: int, address: str) -> None:
    from prometheus_client import CollectorRegistry, start_http_server

    registry = CollectorRegistry()
    registry.register(collector)
    server, thread = start_http_server(port, addr=address, registry=registry)
    console.print(f"Metrics: http://{address}:{port}/metrics", highlight=False)
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    stopped.wait()
    server.shutdown()
    thread.join()
