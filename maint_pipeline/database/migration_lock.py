"""One migration of a database at a time.

An advisory lock, because before the first migration there is nothing of ours to lock. Anybody may
take one, so whoever holds it counts only when it is a role that could migrate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import MaintError

WAIT_SECONDS = 600.0
"""How long another migration may take: it may build indexes."""

GONE_SECONDS = 5.0

_KEY = "hashtextextended('maint_pipeline.migrate', 0)"
_TRY_LOCK = f"select pg_try_advisory_lock({_KEY}) as mine"
_UNLOCK = f"select pg_advisory_unlock({_KEY})"
_HOLDER = f"""
select held.pid, activity.usename::text as role,
    pg_has_role(activity.usesysid, to_regrole('maint_owner'), 'member') is true
        or exists (
            select from pg_roles where oid = activity.usesysid and rolsuper
            union all
            select from pg_database where datname = current_database() and datdba = usesysid
        ) or activity.usename = session_user as may_migrate
from pg_locks as held
join pg_stat_activity as activity on activity.pid = held.pid
where held.locktype = 'advisory' and held.granted and held.objsubid = 1
    and held.database = (select oid from pg_database where datname = current_database())
    and (held.classid::bigint << 32) | held.objid::bigint = {_KEY}
"""  # noqa: S608 - our own constant


class MigrationRunningError(MaintError):
    """Another migration of this database does not come to its end."""


@contextmanager
def one_migration_at_a_time(
    connection: Connection, report: Callable[[str], None], seconds: float = WAIT_SECONDS
) -> Iterator[None]:
    """Keep other migrations of this database out within a block.

    Args:
        connection: of the role that migrates.
        report: called with the session that it waits for.
        seconds: how long it waits at most.

    Raises:
        MigrationRunningError: another one is still running; the message names its role and process.
    """
    mine = _wait(connection, report, time.monotonic() + seconds)
    yield
    if mine:
        connection.execute(_UNLOCK.encode())


def _wait(connection: Connection, report: Callable[[str], None], deadline: float) -> bool:
    """Take the lock, and return whether we have it: a role without rights here may hold it."""
    said, gone_by = False, time.monotonic() + GONE_SECONDS
    # Asking again and again: a statement that waits has a snapshot, for which the other's CREATE
    # INDEX CONCURRENTLY would wait in turn.
    while not fetch_one(connection, _TRY_LOCK)["mine"]:
        holder = connection.execute(_HOLDER.encode()).fetchone()
        if holder is None:
            # It just ended; or it is a prepared transaction, which has no session.
            if time.monotonic() > gone_by:
                report("No session holds the lock of migrations: continuing without it")
                return False
            time.sleep(0.1)
            continue
        words = f"{holder['role']} (backend {holder['pid']})"
        if not holder["may_migrate"]:
            report(f"{words} holds the lock of migrations and may not migrate: continuing without")
            return False
        if time.monotonic() > deadline:
            raise MigrationRunningError(
                f"Another migration, of {words}, does not end. Nothing was changed. See what it "
                f"does in pg_stat_activity, or end it: "
                f"select pg_terminate_backend({holder['pid']})."
            )
        if not said:
            report(f"Waiting for another migration, of {words}")
            said = True
        time.sleep(0.5)
    return True
