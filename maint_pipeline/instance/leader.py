"""Dagster's daemon, of which one works on a storage however many are started: `maint daemon`.

Two daemons would run every tick twice. The one that works holds the lease (lease.py).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import psycopg

from maint_pipeline.database.connection import Connection
from maint_pipeline.database.urls import libpq_url
from maint_pipeline.errors import ConfigurationError, MaintError, UnreachableError
from maint_pipeline.instance.internals.names import DAEMON_MODULE
from maint_pipeline.instance.lease import holds, open_session, try_lease
from maint_pipeline.processes import die_with_parent, run_apart
from maint_pipeline.settings import WATCHDOG, load_settings

LOOK_SECONDS = 1.0
"""How often a standby asks for the lease, and the leader whether it has it still."""

STOP_SECONDS = 20
"""How long the daemon may take to end."""

Report = Callable[[str], None]


class DaemonStoppedError(MaintError):
    """Dagster's daemon stopped unexpectedly."""


@dataclass(frozen=True)
class _Plan:
    """What a leader runs: see `lead`."""

    workspace: Path
    watchdog_url: str | None
    stopping: Event
    report: Report


def lead(workspace: Path, watchdog_url: str | None, report: Report) -> None:
    """Run Dagster's daemon whenever no other one leads, until SIGINT or SIGTERM.

    Args:
        workspace: a workspace.yaml with the code location.
        watchdog_url: requested every minute while the daemon is healthy; None: no watchdog.
        report: called with a line when this process starts or stops leading.

    Raises:
        ConfigurationError: Dagster's storage is not in PostgreSQL, or can't be reached at first.
        DaemonStoppedError: the daemon ended unexpectedly.
    """
    url = run_apart(storage_url)
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stopping.set())
    _open(url).close()
    plan = _Plan(workspace, watchdog_url, stopping, report)
    report("Standby: waits until no other daemon leads.")
    while not stopping.is_set():
        try:
            with closing(_open(url)) as session:
                _lead_once(session, plan)
        except (psycopg.Error, UnreachableError, TimeoutError) as error:
            report(f"Dagster's storage: {str(error).strip().splitlines()[0]}")
            stopping.wait(LOOK_SECONDS)
    report("Stopped.")


def storage_url() -> str:
    """Give the libpq URL of Dagster's storage, whose tables are there then.

    Raises:
        ConfigurationError: it is not in PostgreSQL.
    """
    # Dagster takes 80 MB: see run_apart.
    from dagster import DagsterInstance  # noqa: PLC0415

    from maint_pipeline.instance.internals.daemon import postgres_url  # noqa: PLC0415

    with DagsterInstance.get() as instance:
        url = postgres_url(instance)
    if url is None:
        raise ConfigurationError(
            "maint daemon needs Dagster's storage in PostgreSQL: see storage: in dagster.yaml."
        )
    return libpq_url(url)


def _open(url: str) -> Connection:
    return open_session(url, "maint daemon")


def _lead_once(session: Connection, plan: _Plan) -> None:
    """Wait for the lease, and run the daemon as long as the session has it."""
    while not (lease := try_lease(session)):
        if plan.stopping.wait(LOOK_SECONDS):
            return
    plan.report("Leads: Dagster's daemon starts.")
    daemon = _start(plan.workspace)
    ended = Event()
    try:
        if plan.watchdog_url:
            # It takes Dagster with it.
            from maint_pipeline.instance.watchdog import watch  # noqa: PLC0415

            watch(plan.watchdog_url, ended, plan.report)
        while holds(session, lease):
            if daemon.poll() is not None:
                raise DaemonStoppedError(
                    f"Dagster's daemon stopped with exit code {daemon.returncode}."
                )
            if plan.stopping.wait(LOOK_SECONDS):
                # It ends before the session does, and with that the lease.
                _stop(daemon)
                return
        plan.report("Lost the lease: the daemon is ended.")
    finally:
        ended.set()
        daemon.kill()
        daemon.wait()


def _start(workspace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", DAEMON_MODULE, "run", "-w", str(workspace)]
    environment = {k: v for k, v in os.environ.items() if k not in WATCHDOG}
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env=environment,
        preexec_fn=lambda: die_with_parent(signal.SIGKILL),  # noqa: PLW1509 - nothing is loaded
    )


def _stop(daemon: subprocess.Popen[bytes]) -> None:
    daemon.terminate()
    try:
        daemon.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        daemon.kill()


if __name__ == "__main__":
    _url = load_settings().watchdog_url
    try:
        lead(
            Path(sys.argv[1]),
            _url.get_secret_value() if _url else None,
            lambda words: print(words, flush=True),
        )
    except MaintError as error:
        sys.exit(str(error))
