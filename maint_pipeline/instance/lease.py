"""Leases in Dagster's own storage: of the daemon that works, and of each run that Celery carries.

A lease is a row of the table kvs that names a session, and an advisory lock on a random key as that
session's sign of life, as maint.locks has it (database/sql/15_locks.sql). A stranger who may only
connect can neither take it nor be in the way. docs/decisions/0033-one-daemon-leads.md has what was
weighed.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from select import select
from time import monotonic

import psycopg
from psycopg.conninfo import make_conninfo

from maint_pipeline.database.connection import Connection, connect

ANSWER_SECONDS = 5.0
"""So long a leader waits for the storage, then it has ended its daemon before others may lead."""

DAEMON = "maint_pipeline/daemon"
"""Key of the daemon's lease."""

# The server lets go of a holder that is silent for longer than the holder waits for the server.
_SERVER = {
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "3s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "15s",
    "statement_timeout": f"{ANSWER_SECONDS:g}s",
}
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


@dataclass(frozen=True)
class Lease:
    """Who holds it: a session of the storage, its login role, and its sign of life."""

    backend_pid: int
    login: int
    sign: int


def open_session(url: str, application_name: str) -> Connection:
    """Open a session that can hold a lease.

    Args:
        url: libpq URL of Dagster's storage.
        application_name: what `pg_stat_activity` shows for it.

    Raises:
        UnreachableError: the storage can't be reached.
    """
    limits = {"connect_timeout": "5", "tcp_user_timeout": "5000"}
    plain = make_conninfo(url, **limits)
    session = connect(plain, application_name=application_name, as_owner=False)
    # Dagster's tables are where its own connections find them.
    session.execute("reset search_path")
    for setting, value in _SERVER.items():
        session.execute("select pg_catalog.set_config(%s, %s, false)", [setting, value])
    return session


def try_lease(session: Connection, key: str = DAEMON) -> Lease | None:
    """Take a lease for a session, until its end.

    Args:
        session: of Dagster's storage, in autocommit mode.
        key: of the lease.

    Returns:
        The lease; None where a session that lives has it.
    """
    with session.transaction():
        session.execute(
            "insert into kvs (key, value) values (%s, '') on conflict (key) do nothing", [key]
        )
        row = session.execute(_READ + " for update", [key]).fetchone()
        if row and _is_alive(session, row["value"]):
            return None
        me = session.execute(_ME).fetchone()
        assert me is not None  # noqa: S101
        lease = Lease(**me, sign=secrets.randbits(62))
        session.execute("select pg_advisory_lock(%s)", [lease.sign])
        session.execute("update kvs set value = %s where key = %s", [_written(lease), key])
    return lease


def is_held(session: Connection, key: str) -> bool:
    """Return whether a session that lives has a lease.

    Args:
        session: of Dagster's storage, in autocommit mode.
        key: of the lease.
    """
    row = session.execute(_READ, [key]).fetchone()
    return bool(row and _is_alive(session, row["value"]))


def give_back(session: Connection, key: str, lease: Lease) -> None:
    """End a lease, and leave no row of it.

    Args:
        session: which took it.
        key: of the lease.
        lease: what it got.
    """
    session.execute("delete from kvs where key = %s and value = %s", [key, _written(lease)])
    session.execute("select pg_advisory_unlock(%s)", [lease.sign])


def holds(session: Connection, lease: Lease, key: str = DAEMON) -> bool:
    """Return whether a session has its lease still; False also when the storage does not answer.

    Args:
        session: which took it.
        lease: what it got.
        key: of the lease.
    """
    server, deadline = session.pgconn, monotonic() + ANSWER_SECONDS
    try:
        server.send_query_params(_READ.replace("%s", "$1").encode(), [key.encode()])
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
