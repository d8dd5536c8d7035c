"""Locks that only maintenance can take, held by a session. Their rules are in sql/15_locks.sql.

Also: naming who holds a lock on a table for which something waited in vain.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg

from maint_pipeline.database.connection import Connection, connect, fetch_one
from maint_pipeline.errors import MaintError

_AGAIN_SECONDS = 0.2


class LockedError(MaintError):
    """Others held a lock for too long."""


def try_lock(connection: Connection, name: str) -> bool:
    """Take a lock for the session, until `unlock` or its end.

    Args:
        connection: in autocommit mode, as `maint_owner`, with a session of its own.
        name: of the lock.

    Returns:
        Whether it is ours now; False where others hold it, or this session already.
    """
    return bool(fetch_one(connection, "select maint.try_lock(%s) as ours", [name])["ours"])


def unlock(connection: Connection, name: str) -> None:
    """Give back a lock that `try_lock` took.

    Args:
        connection: the one that took it.
        name: of the lock.
    """
    connection.execute("select maint.unlock(%s)", [name])


@contextmanager
def lock_held(connection: Connection, name: str, patience: float = 0.0) -> Iterator[bool]:
    """Hold a lock within the block, where nobody else holds it.

    Args:
        connection: as for `try_lock`.
        name: of the lock.
        patience: seconds to wait for others who hold it.

    Yields:
        Whether the block has the lock.
    """
    deadline = time.monotonic() + patience
    while not (ours := try_lock(connection, name)) and time.monotonic() < deadline:
        time.sleep(_AGAIN_SECONDS)
    try:
        yield ours
    finally:
        # Whatever the connection is still busy with, it gives the lock back when it is closed.
        if ours and connection.info.transaction_status is psycopg.pq.TransactionStatus.IDLE:
            unlock(connection, name)


@contextmanager
def naming_lock_holders(url: str) -> Iterator[None]:
    """Say who held the lock when a statement of the block waited for one in vain.

    Args:
        url: libpq URL of the database of the block's statements.

    Raises:
        LockedError: in place of PostgreSQL's error, with role, backend and since when.
    """
    try:
        yield
    except psycopg.errors.LockNotAvailable as error:
        holders = error.diag.message_detail or _table_lock_holders(url)
        raise LockedError(
            f"{error.diag.message_primary}: {holders}. The next run tries again. "
            "If that session hangs, end it with pg_terminate_backend."
        ) from error


def _table_lock_holders(url: str) -> str:
    with closing(connect(url, application_name="maint locks")) as connection:
        row = fetch_one(connection, "select maint.table_lock_holders() as holders")
    return str(row["holders"])
