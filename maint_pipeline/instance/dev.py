"""`maint dev`: PostgreSQL, code server, web server and daemon, started and stopped together."""

from __future__ import annotations

import fcntl
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import yaml

from maint_pipeline.database.application import ApplicationUrls, served_urls
from maint_pipeline.database.embedded import make_home, open_lock, revive
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.instance.home import (
    DEFINITIONS_MODULE,
    LOCATION_NAME,
    dagster_environment,
    dagster_storage_url,
)
from maint_pipeline.instance.readiness import web_has_jobs
from maint_pipeline.instance.web.addresses import Ours
from maint_pipeline.instance.web.server import listen
from maint_pipeline.processes import (
    Server,
    adopt_orphans,
    living_descendants,
    run_apart,
    stop_descendants,
)
from maint_pipeline.settings import SECRETS, WATCHDOG, Settings
from maint_pipeline.signals import ignore_signals

HOST = "127.0.0.1"
START_SECONDS = 180


class ServerStoppedError(MaintError):
    """One of the servers stopped unexpectedly."""


def run_dev(
    settings: Settings,
    *,
    port: int,
    prepare: Callable[[ApplicationUrls], None],
    report: Callable[[str], None],
) -> None:
    """Start everything, and serve until SIGINT, SIGTERM or SIGHUP.

    Args:
        settings: where the databases and the state are.
        port: of the Dagster UI, on 127.0.0.1.
        prepare: gets the application database's URLs once it is up; migrates and fills it.
        report: called with a short text for each step.

    Raises:
        UsageError: the port is in use, or this home is served already.
        ConfigurationError: MAINT_UI_URL or MAINT_ALLOWED_HOSTS does not hold addresses.
        EmbeddedServerError: the embedded server can't be started.
        ServerStoppedError: one of the servers failed; the message has the end of its log.
    """
    try:
        with _stoppable(), _only_one(settings.home, port):
            _check_web_settings(settings, port)
            report("Starting PostgreSQL")
            with (
                served_urls(settings) as application,
                dagster_storage_url(settings) as storage_url,
            ):
                if application:
                    run_apart(lambda: prepare(application))
                environment = {
                    "MAINT_UI_URL": settings.ui_url or f"http://{HOST}:{port}",
                    **dagster_environment(
                        settings, application=application, storage_url=storage_url
                    ),
                }
                database = settings.database_url or settings.databases_file
                embedded = None in (database, settings.dagster_database_url)
                _serve(settings.home, port, environment, report, embedded=embedded)
    except _StopRequested:
        with suppress(OSError):  # of a terminal that is closed
            report("Stopped.")


class _StopRequested(BaseException):
    """A signal to stop arrived. Not an Exception, so that nothing takes it for a failure."""


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turn the first SIGINT, SIGTERM or SIGHUP into an exception; ignore more: we are stopping."""

    def stop(_number: int, _frame: object) -> None:
        ignore_signals()
        raise _StopRequested

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, stop)
    yield


@contextmanager
def _only_one(home: Path, port: int) -> Iterator[None]:
    """Refuse a second `maint dev` on one home. The lock goes with the process."""
    make_home(home)
    with open_lock(home, "dev.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise UsageError(
                f"maint dev is already running on {home} ({lock.read().strip() or 'starting'}). "
                "Stop it first, or name another folder in MAINT_HOME."
            ) from None
        lock.truncate(0)
        lock.write(f"pid {os.getpid()}, http://{HOST}:{port}")
        lock.flush()
        yield


def _check_web_settings(settings: Settings, port: int) -> None:
    """Refuse what the web server would refuse, before anything has started."""
    Ours.of(port, ui_url=settings.ui_url, allowed_hosts=settings.allowed_hosts)
    listen(HOST, port).close()


def _serve(
    home: Path,
    port: int,
    environment: Mapping[str, str],
    report: Callable[[str], None],
    *,
    embedded: bool,
) -> None:
    adopt_orphans()
    # A socket in a folder of our own: nobody else on this machine can reach the code server.
    with tempfile.TemporaryDirectory(prefix="maint-") as folder:
        code_socket = Path(folder) / "code.sock"
        workspace = Path(folder) / "workspace.yaml"
        server = {"location_name": LOCATION_NAME, "host": "localhost", "socket": str(code_socket)}
        workspace.write_text(yaml.safe_dump({"load_from": [{"grpc_server": server}]}))
        try:
            report("Starting Dagster")
            servers = _start_servers(home / "logs", port, code_socket, workspace, environment)
            _wait_until_loaded(port, servers)
            report(f"Dagster UI: http://{HOST}:{port}   (Ctrl-C stops everything)")
            while True:
                if embedded and revive(home):
                    report("PostgreSQL had ended; it was started again.")
                _check_alive(servers)
                living_descendants()  # clears away adopted ones that ended
                time.sleep(0.5)
        finally:
            with suppress(OSError):  # of a terminal that is closed
                report("Stopping ...")
            stop_descendants()


def _start_servers(
    logs: Path, port: int, code_socket: Path, workspace: Path, environment: Mapping[str, str]
) -> list[Server]:
    logs.mkdir(exist_ok=True)
    commands = {
        "code-server": ["dagster", "api", "grpc", "--socket", str(code_socket),
                        "-m", DEFINITIONS_MODULE, "--location-name", LOCATION_NAME],
        "webserver": ["maint_pipeline.instance.web", "--host", HOST, "--port", str(port),
                      "--workspace", str(workspace)],
        "daemon": ["maint_pipeline.instance.leader", str(workspace)],
    }  # fmt: skip
    # Tasks and sensors work in the code server: the other two have no use for these secrets.
    unused = {"webserver": SECRETS, "daemon": SECRETS - WATCHDOG}
    return [
        Server(name, command, logs, environment, unused.get(name, ()))
        for name, command in commands.items()
    ]


def _check_alive(servers: list[Server]) -> None:
    for server in servers:
        code = server.process.poll()
        if code is not None:
            raise ServerStoppedError(
                f"The {server.name} stopped with exit code {code}; {server.log} ends with:\n"
                f"{server.log_tail()}"
            )


def _wait_until_loaded(port: int, servers: list[Server]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not web_has_jobs(port):
        _check_alive(servers)
        if time.monotonic() > deadline:
            raise ServerStoppedError(
                f"Dagster has not loaded its code within {START_SECONDS} seconds; the code "
                f"server's log ends with:\n{servers[0].log_tail()}"
            )
        time.sleep(0.3)
