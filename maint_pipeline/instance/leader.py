"""Dagster's daemon, of which one works on a storage however many are started: `maint daemon`.

Two daemons would run every tick twice. The one that works holds a lease in Dagster's own storage:
a row of its table kvs that names a session, and an advisory lock on a random key as that session's
sign of life, as maint.locks has it (database/sql/15_locks.sql). A stranger who may only connect can
neither take it nor be in the way. docs/decisions/0033-one-daemon-leads.md has what was weighed.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from select import select
from threading import Event
from time import monotonic

import psycopg
from psycopg.conninfo import make_conninfo

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.urls import libpq_url
from maint_pipeline.errors import ConfigurationError, MaintError, UnreachableError
from maint_pipeline.instance.internals.names import DAEMON_MODULE
from maint_pipeline.processes import die_with_parent, run_apart
from maint_pipeline.settings import load_settings

LOOK_SECONDS = 1.0
"""How often a standby asks for the lease, and the leader whether it has it still."""

ANSWER_SECONDS = 5.0
"""So long a leader waits for the storage, then it has ended its daemon before others may lead."""

STOP_SECONDS = 20
"""How long the daemon may take to end."""

# The server lets go of a leader that is silent for longer than the leader waits for the server.
_SERVER = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "3s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15s",
    "statement_timeout": f"{ANSWER_SECONDS:g}s",
}
_KEY = "maint_pipeline/daemon"
_READ = "select value from kvs where key = %s"
_IS_ALIVE = """
select exists (
    select from pg_catalog.pg_locks
    where locktype = 'advisory' and granted and objsubid = 1 and pid = %(backend_pid)s
        and (classid::bigint << 32) | objid::bigint = %(sign)s
        and database = (
            select oid from pg_catalog.pg_database where datname = current_database())
) and exists (
    select from pg_catalog.pg_stat_get_activity(%(backend_pid)s) where usesysid = %(login)s
) as alive
"""
_ME = """
select pg_backend_pid() as backend_pid, usesysid::bigint as login
from pg_catalog.pg_stat_get_activity(pg_backend_pid())
"""
Report = Callable[[str], None]


class DaemonStoppedError(MaintError):
    """Dagster's daemon stopped unexpectedly."""


@dataclass(frozen=True)
class Lease:
    """Who leads: a session of the storage, its login role, and its sign of life."""

    backend_pid: int
    login: int
    sign: int


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
    limits = {"connect_timeout": "5", "tcp_user_timeout": "5000"}
    name = "maint daemon"
    session = connect(make_conninfo(url, **limits), application_name=name, as_owner=False)
    # Dagster's tables are where its own connections find them.
    session.execute("reset search_path")
    for setting, value in _SERVER.items():
        session.execute("select pg_catalog.set_config(%s, %s, false)", [setting, value])
    return session


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


def try_lease(session: Connection) -> Lease | None:
    """Take the lease for a session, until its end.

    Args:
        session: of Dagster's storage, in autocommit mode.

    Returns:
        The lease; None where a session that lives has it.
    """
    with session.transaction():
        session.execute(
            "insert into kvs (key, value) values (%s, '') on conflict (key) do nothing", [_KEY]
        )
        row = session.execute(_READ + " for update", [_KEY]).fetchone()
        if row and _is_alive(session, row["value"]):
            return None
        me = session.execute(_ME).fetchone()
        assert me is not None  # noqa: S101
        lease = Lease(**me, sign=secrets.randbits(62))
        session.execute("select pg_advisory_lock(%s)", [lease.sign])
        session.execute("update kvs set value = %s where key = %s", [_written(lease), _KEY])
    return lease


def holds(session: Connection, lease: Lease) -> bool:
    """Return whether a session has its lease still; False also when the storage does not answer.

    Args:
        session: which took it.
        lease: what it got.
    """
    server, deadline = session.pgconn, monotonic() + ANSWER_SECONDS
    try:
        server.send_query_params(_READ.replace("%s", "$1").encode(), [_KEY.encode()])
        value = None
        # libpq's own wait has no limit.
        while True:
            while server.is_busy():
                if not select([server.socket], [], [], max(0.0, deadline - monotonic()))[0]:
                    return False
                server.consume_input()
            if (result := server.get_result()) is None:
                return value == _written(lease).encode()
            value = result.get_value(0, 0) if result.ntuples else None
    except psycopg.Error:
        return False


def _is_alive(session: Connection, value: str) -> bool:
    try:
        lease = Lease(**json.loads(value))
    except (ValueError, TypeError):
        return False
    if not all(type(number) is int for number in asdict(lease).values()):
        return False
    row = session.execute(_IS_ALIVE, asdict(lease)).fetchone()
    return bool(row and row["alive"])


def _written(lease: Lease) -> str:
    return json.dumps(asdict(lease))


def _start(workspace: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-W", "ignore", "-m", DAEMON_MODULE, "run", "-w", str(workspace)]
    environment = {k: v for k, v in os.environ.items() if k != "MAINT_WATCHDOG_URL"}
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
