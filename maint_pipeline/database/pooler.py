"""Poolers that give each transaction another session: locks and roles need one."""

from __future__ import annotations

from contextlib import closing

from maint_pipeline.database.opening import Connection, fetch_one, open_session
from maint_pipeline.database.urls import redacted
from maint_pipeline.errors import ConfigurationError


def refuse_transaction_pooler(connection: Connection, url: str) -> None:
    """Refuse a pooler in transaction mode.

    Args:
        connection: a session of ours; where there is no pooler, this costs one statement.
        url: how it was opened.

    Raises:
        ConfigurationError: there is such a pooler in between.
    """
    # Poolers make up the process number that the protocol sends at login.
    if url in _session_urls or connection.info.backend_pid == backend_pid(connection):
        return
    if keeps_its_backend(connection, url):
        _session_urls.add(url)
        return
    raise ConfigurationError(
        f"{redacted(url)} goes through a pooler in transaction mode, which breaks locks and "
        "roles.\nUse the server's own port, or a port of the pooler in session mode."
    )


_session_urls: set[str] = set()


def keeps_its_backend(connection: Connection, url: str) -> bool:
    """Return whether a session has a process of the server for itself.

    Args:
        connection: the session, outside of a transaction.
        url: how it was opened; another session is opened and closed.
    """
    pid = backend_pid(connection)
    with closing(open_session(url, "maint pooler test")[0]) as other, other.transaction():
        # Only behind a pooler can two clients that hold their sessions meet one process.
        return backend_pid(other) != pid and backend_pid(connection) == pid


def backend_pid(connection: Connection) -> int:
    """Give the process of the server that executes this session's statements."""
    pid: int = fetch_one(connection, "select pg_backend_pid() as pid")["pid"]
    return pid
