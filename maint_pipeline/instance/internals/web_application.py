"""Dagster's web application, as its own server builds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import DagsterInstance
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import ModuleTarget, WorkspaceFileTarget
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

STATEMENT_MILLISECONDS = 15_000
CONNECTION_SECONDS = 3600
EXTRA_CONNECTIONS = 15
"""Beyond the pool: without a limit the web server opens up to 63 connections to its storage."""

POLL_MILLISECONDS = 2000
"""How often an open page asks for what is new."""


@contextmanager
def web_application(
    module: str, location: str, *, workspace: Path | None, read_only: bool
) -> Iterator[Any]:
    """Build the application, with its instance and its code server, until the block ends.

    Args:
        module: with the definitions, where there is no workspace.
        location: name of their code location.
        workspace: a workspace.yaml that names a code server.
        read_only: refuse whatever changes something.
    """
    target = (
        WorkspaceFileTarget([str(workspace)])
        if workspace
        else ModuleTarget(module, None, None, location)
    )
    with DagsterInstance.get() as instance:
        instance.optimize_for_webserver(
            STATEMENT_MILLISECONDS, CONNECTION_SECONDS, EXTRA_CONNECTIONS
        )
        with WorkspaceProcessContext(
            instance, target, version=__version__, read_only=read_only
        ) as context:
            yield create_app_from_workspace_process_context(
                context, live_data_poll_rate=POLL_MILLISECONDS
            )
