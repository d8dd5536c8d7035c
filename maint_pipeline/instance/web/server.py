"""Dagster's web application, built and served behind the guard until a signal comes."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from maint_pipeline.errors import UsageError
from maint_pipeline.instance.home import DEFINITIONS_MODULE, LOCATION_NAME
from maint_pipeline.instance.web.addresses import Ours
from maint_pipeline.settings import Settings

STOP_SECONDS = 5
"""How long requests in progress may take to end."""


def listen(host: str, port: int) -> socket.socket:
    """Open the socket of a web server.

    Args:
        host: an address of this machine, or a name of one.
        port: 1 to 65535.

    Returns:
        The bound socket; the caller closes it.

    Raises:
        UsageError: nobody can listen there.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind)
    except OSError as error:
        raise UsageError(f"The host {host} can't be used: {error.strerror}.") from None
    # As servers do, or a port that was used a moment ago would count as in use.
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind(address)
    except OSError as error:
        opened.close()
        raise UsageError(
            f"Port {port} can't be used ({error.strerror}). Choose another: --port N."
        ) from None
    return opened


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    read_only: bool,
    workspace: Path | None,
    report: Callable[[], None],
) -> None:
    """Serve the UI until SIGINT or SIGTERM.

    Args:
        settings: `ui_url` and `allowed_hosts` say under which names. Where Dagster's home and its
            storage are is read from the environment, as every process of Dagster does.
        host: where to listen.
        port: where to listen.
        read_only: refuse whatever changes something: launches, schedules, deletions.
        workspace: a workspace.yaml that names a code server; None starts the code itself.
        report: called once the UI answers.

    Raises:
        UsageError: nobody can listen there.
        ConfigurationError: a setting does not hold addresses.
    """
    ours = Ours.of(port, ui_url=settings.ui_url, allowed_hosts=settings.allowed_hosts)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # Both signals leave the blocks below, which end what they started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with closing(listen(host, port)) as opened, suppress(KeyboardInterrupt):
        _serve(opened, ours, read_only=read_only, workspace=workspace, report=report)


def _serve(
    opened: socket.socket,
    ours: Ours,
    *,
    read_only: bool,
    workspace: Path | None,
    report: Callable[[], None],
) -> None:
    # Imported here: who only asks for a port need not wait two seconds for Dagster.
    from maint_pipeline.instance.internals.web_application import web_application  # noqa: PLC0415
    from maint_pipeline.instance.web.guard import Guard  # noqa: PLC0415
    from maint_pipeline.instance.web.storage import ask_before_use  # noqa: PLC0415

    ask_before_use()
    with web_application(
        DEFINITIONS_MODULE, LOCATION_NAME, workspace=workspace, read_only=read_only
    ) as app:
        asyncio.run(_run(Guard(app, ours), opened, report))


async def _run(app: object, opened: socket.socket, report: Callable[[], None]) -> None:
    import uvicorn  # noqa: PLC0415

    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        # The strict parser: it refuses what the guard should not have to distinguish.
        http="h11",
        # Dagster's application has nothing to do at start and end.
        lifespan="off",
        # What a proxy says of the client changes nothing, so nobody is believed.
        proxy_headers=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = uvicorn.Server(config)

    async def announce() -> None:
        while not server.started:
            await asyncio.sleep(0.05)
        report()

    announcing = asyncio.create_task(announce())
    try:
        await server.serve(sockets=[opened])
    finally:
        announcing.cancel()
