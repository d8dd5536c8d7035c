"""A PostgreSQL server of a test's own, for what belongs to the whole server, such as roles."""

import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from maint_pipeline.database.programs import EMBEDDED_PROGRAMS


@dataclass(frozen=True)
class Server:
    """A running server: the superuser's URL, its data, and what handles it.

    `run` runs one of PostgreSQL's programs on the data, `start` starts the server, `restart` kills
    it and starts it again.
    """

    url: str
    data: Path
    run: Callable[..., None]
    start: Callable[[], None]
    restart: Callable[[], None]


@contextmanager
def fresh_server(
    folder: Path, more_options: str = "", initdb: tuple[str, ...] = ()
) -> Iterator[str]:
    """Give the superuser's URL of an empty server: embedded, or of MAINT_TEST_BIN_DIR."""
    with restartable_server(folder, more_options, initdb) as server:
        yield server.url


@contextmanager
def restartable_server(
    folder: Path, more_options: str = "", initdb: tuple[str, ...] = ()
) -> Iterator[Server]:
    """As `fresh_server`, for tests that take it down or make it otherwise."""
    programs = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))
    data = folder / "data"
    ids: dict = {}
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        ids = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        os.chown(folder, user.pw_uid, user.pw_gid)
        for parent in (*folder.parents, *programs.parents):
            parent.chmod(parent.stat().st_mode | 0o001)

    def run(program: str, *arguments: str | Path) -> None:
        with (folder / "output").open("a") as output:
            subprocess.run(
                [programs / program, "-D", data, *arguments],
                check=True, stdout=output, stderr=output, cwd="/", **ids,
            )  # fmt: skip

    # Not waiting for the disk: it need not outlive the machine.
    run("initdb", "-N", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", *initdb)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off "
    options += more_options

    def start() -> None:
        run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")

    def restart() -> None:
        run("pg_ctl", "-m", "immediate", "stop")
        start()

    start()
    url = f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
    try:
        yield Server(url, data, run, start, restart)
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
