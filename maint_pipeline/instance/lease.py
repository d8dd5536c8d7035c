"""The lease of the daemon that works, in Dagster's own storage.

It is a row of its table kvs that names a session, and an advisory lock on a random key as that
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

from maint_pipeline.database.connection import Connection

ANSWER_SECONDS = 5.0
"""So long a leader waits for the storage, then it has ended its daemon before others may lead."""

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


@dataclass(frozen=True)
class Lease:
    """Who leads: a session of the storage, its login role, and its sign of life."""

    backend_pid: int
    login: int
    sign: int


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
