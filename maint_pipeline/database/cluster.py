"""A data directory of the embedded PostgreSQL, and starting and stopping the server on it.

Which processes use it, and when it is stopped, is embedded.py's.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shlex
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from maint_pipeline.database.programs import (
    EMBEDDED_VERSION,
    embedded_program,
    let_server_user_in,
    run_program,
    server_user,
)
from maint_pipeline.errors import EmbeddedServerError

MAJOR_VERSION = str(EMBEDDED_VERSION)
START_SECONDS = 300
"""How long a start may take: crash recovery of a large database is not a failure."""

START_ATTEMPTS = 5
"""Processes of a killed server hold its memory for a moment, and a start fails until they end."""

_SOCKET_PATH_LIMIT = 100
_SPECIAL = "\"',$`\\"
_NO_PROCESS = 2**31 - 1
"""More than any process's number."""

_CONFIGURATION = """
# maint_pipeline: reached through its socket only, by the user it belongs to.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 200
log_line_prefix = '%m [%p] %a '
"""


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server."""

    socket_dir: Path

    def url(self, dbname: str) -> str:
        """Give the libpq URL of a database, as the superuser postgres."""
        host = quote(str(self.socket_dir), safe="")
        return f"postgresql://postgres@/{quote(dbname, safe='')}?host={host}"


class Cluster:
    """A data directory and the server on it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._user = server_user()

    def ensure_running(self) -> EmbeddedServer:
        """Start the server where none runs; make the data directory where there is none.

        Raises:
            EmbeddedServerError: it can't be made or started.
        """
        self._check_or_create()
        server = EmbeddedServer(self._socket_dir())
        deadline = time.monotonic() + START_SECONDS
        failures = 0
        while not self._answers(server):
            # A server may be running that somebody else started and that still recovers; and what
            # looks like one may be the last moment of a server that was killed.
            if not self.is_running():
                self._disown_stale_pid()
                failures += not self._start(server)
            if failures == START_ATTEMPTS or time.monotonic() > deadline:
                raise EmbeddedServerError(_why(self._log_tail(), self._log))
            time.sleep(0.2 + failures)
        return server

    def stop(self) -> None:
        """Stop the server, if it runs."""
        for mode in ("fast", "immediate"):
            # Otherwise pg_ctl would signal whoever has the number of the dead one now.
            if not self.is_running():
                return
            stopped = self._run("pg_ctl", "-D", self._data, "-w", "-t", "60", "-m", mode, "stop")
            if stopped.returncode == 0:
                return

    def _check_or_create(self) -> None:
        if not self._data.exists():
            self._create()
            return
        version_file = self._data / "PG_VERSION"
        if not version_file.is_file() or not (self._data / "global" / "pg_control").is_file():
            raise EmbeddedServerError(
                f"{self._data} is not a whole PostgreSQL data folder. Move it away or delete it, "
                "and start again; or name another folder in MAINT_HOME."
            )
        if (version := version_file.read_text().strip()) != MAJOR_VERSION:
            raise EmbeddedServerError(
                f"{self._data} was made by PostgreSQL {version}, this is {MAJOR_VERSION}. "
                "Name another folder in MAINT_HOME and load a dump there."
            )

    def _create(self) -> None:
        """Initialise beside, then rename: an interruption never leaves half a data folder."""
        unfinished = self._data.with_name("postgres.unfinished")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir(mode=0o700)
        let_server_user_in(unfinished)
        created = self._run(
            "initdb", "-D", unfinished, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        if created.returncode != 0:
            raise EmbeddedServerError(_why(created.stderr))
        with (unfinished / "postgresql.conf").open("a") as configuration:
            configuration.write(_CONFIGURATION)
        unfinished.rename(self._data)

    def _socket_dir(self) -> Path:
        if _can_hold_socket(self._data):
            return self._data
        # Socket paths are limited to about 107 bytes, and a comma separates hosts; this folder
        # stands for one that can't be used.
        owner = self._user.pw_uid if self._user else os.geteuid()
        digest = hashlib.sha256(os.fsencode(self._data)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"maint-{owner}-{digest}"
        if not _can_hold_socket(folder):
            folder = Path("/tmp") / folder.name  # noqa: S108 - its owner is looked at
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None and folder.stat().st_uid == 0:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise EmbeddedServerError(f"{folder} belongs to somebody else. Remove it.")
        return folder

    def is_running(self) -> bool:
        """Return whether the process named in postmaster.pid is this server.

        The number alone says little: in a container the next start meets it again, as another's.
        """
        try:
            number = int(self._pid_file.read_text(errors="replace").partition("\n")[0])
            process = psutil.Process(number)
            if process.status() == psutil.STATUS_ZOMBIE:
                return False
            return str(self._data) in process.cmdline() or self._data.samefile(process.cwd())
        except (OSError, ValueError, psutil.Error):
            return False

    def _disown_stale_pid(self) -> None:
        """Have postmaster.pid name nobody; what it says of shared memory PostgreSQL still needs."""
        try:
            _, _, rest = self._pid_file.read_text(errors="replace").partition("\n")
        except FileNotFoundError:
            return
        if rest:
            self._pid_file.write_text(f"{_NO_PROCESS}\n{rest}")
        else:  # cut short by a full disk: the server would refuse it
            self._pid_file.unlink()

    def _start(self, server: EmbeddedServer) -> bool:
        # pg_ctl hands the options to a shell; the server takes a list, so the name is in quotes.
        sockets = shlex.quote(f'unix_socket_directories="{server.socket_dir}"')
        # It hands these to a shell too, in quotes that keep neither $ nor a backtick.
        data = self._data if _is_plain(self._data) else Path(self._data.name)
        started = self._run(
            "pg_ctl", "-D", data, "-w", "-t", str(START_SECONDS), "-l", data / self._log.name,
            "-o", f"-c {sockets}", "start",
        )  # fmt: skip
        return started.returncode == 0

    def _answers(self, server: EmbeddedServer) -> bool:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=10).close()
        except psycopg.OperationalError:
            return False
        return True

    @property
    def _pid_file(self) -> Path:
        return self._data / "postmaster.pid"

    @property
    def _log(self) -> Path:
        return self._data / "server.log"

    def _log_tail(self) -> str:
        return self._log.read_text(errors="replace")[-2000:] if self._log.exists() else "(no log)"

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run_program(
            embedded_program(program),
            *arguments,
            as_server_user=True,
            folder=self._data.parent,
        )


def _why(words: str, log: Path | None = None) -> str:
    """Return why there is no server: our own sentence for known reasons, else its message."""
    if "insufficient file descriptors" in words:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return f"{most} open files are too few for PostgreSQL: raise the limit (ulimit -n 1024)."
    if log is None:
        return f"initdb failed: {words.strip()}"
    return f"The embedded PostgreSQL won't start; {log} ends with:\n{words}"


def _can_hold_socket(folder: Path) -> bool:
    room = _SOCKET_PATH_LIMIT - len("/.s.PGSQL.5432")
    return _is_plain(folder) and len(os.fsencode(folder)) <= room


def _is_plain(path: Path) -> bool:
    """Return whether a path means nothing else to shells, to libpq and in lists of PostgreSQL."""
    return not set(str(path)) & set(_SPECIAL)
