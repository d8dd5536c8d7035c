"""Sessions that outlive what uses them: who looks every few seconds doesn't connect each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from time import monotonic

import psycopg

from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.version import refuse_other_version

LIFE_SECONDS = 3600.0
"""A session older than this is opened again: what a login checks may have changed since."""


@dataclass(frozen=True)
class _Kept:
    connection: Connection
    opened_at: float


_kept: dict[tuple[str, str], _Kept] = {}
_lock = Lock()


@contextmanager
def kept_connection(url: str, *, application_name: str) -> Iterator[Connection]:
    """Give this process's session of a name, opened where there is none that works.

    Whoever has it has it alone: a second one at the same time is opened. After an error, and in a
    transaction, it is closed instead of kept.

    Args:
        url: as of `connect`.
        application_name: what `pg_stat_activity` shows for it.

    Yields:
        A session as `maint_owner`, in autocommit mode, of a database of this version.

    Raises:
        MaintError: as `connect`.
    """
    with _lock:
        kept = _kept.pop((url, application_name), None)
    try:
        if kept and not _is_usable(kept):
            kept.connection.close()
            kept = None
        kept = kept or _Kept(connect(url, application_name=application_name), monotonic())
        yield kept.connection
    except BaseException:
        if kept:
            kept.connection.close()
        raise
    with _lock:
        replaced = kept if _is_busy(kept.connection) else _kept.pop((url, application_name), None)
        if replaced is not kept:
            _kept[url, application_name] = kept
    if replaced:
        replaced.connection.close()


def _is_usable(kept: _Kept) -> bool:
    if monotonic() - kept.opened_at > LIFE_SECONDS or _is_busy(kept.connection):
        return False
    try:
        refuse_other_version(kept.connection)
    except psycopg.OperationalError:  # the server ended the session
        return False
    return True


def _is_busy(connection: Connection) -> bool:
    return connection.info.transaction_status is not psycopg.pq.TransactionStatus.IDLE
