"""Dagster's own commands in shells that have evaluated `maint env`."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.dev import DagsterUi, environment

REPOSITORY = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
LOADED = "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus } } } }"


def path_with_ours(variables: dict[str, str]) -> dict[str, str]:
    return {**variables, "PATH": f"{BIN}:{os.environ['PATH']}"}


@contextmanager
def shells(home: Path, *commands: str, **variables: str):
    """Run each command in a shell of its own that has evaluated `maint env`."""
    with (home.parent / "shells.log").open("ab") as log:
        started = [
            subprocess.Popen(
                ["sh", "-c", f'eval "$(maint env)" && exec {command}'],
                cwd=REPOSITORY, env=path_with_ours({**environment(home), **variables}),
                stdout=log, stderr=log, start_new_session=True,
            )
            for command in commands
        ]  # fmt: skip
    try:
        yield
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(timeout=150)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise


def is_loaded(ui: DagsterUi) -> bool:
    try:
        entries = ui.graphql(LOADED)["workspaceOrError"]["locationEntries"]
    except (OSError, ValueError):  # a front that is up before it answers with a page of its own
        return False
    return [entry["loadStatus"] for entry in entries] == ["LOADED"]
