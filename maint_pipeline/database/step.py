"""One step of a migration, and running it while others hold locks that it needs.

Which steps there are is said by steps.py.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from maint_pipeline.database.confined import execute_confined
from maint_pipeline.database.connection import OWNER_ROLE, Connection
from maint_pipeline.database.trust import source_names
from maint_pipeline.errors import MaintError

PATIENCE_SECONDS = 120.0
"""How long a step is tried again while others hold a lock that it needs."""

LOCK_TIMEOUT = "200ms"
"""Sessions that queue behind a waiting DDL statement wait no longer; then it is retried."""


CONCURRENT_LOCK_TIMEOUT = "10min"
"""A concurrent build waits for old transactions to end, and holds up nobody while it does."""

OPTIONAL_LOCK_TIMEOUT = "1min"
"""The same for an index that only makes searches faster: it can be built another day."""

AS_OWNER = "set local role maint_owner;"
AS_MIGRATOR = "reset role;"

Report = Callable[[str], None]


class TableBusyError(MaintError):
    """Another transaction holds a table that the migration needs for an instant."""


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        title: a few words.
        locks: which locks it takes on tables, and for how long.
        statements: one transaction, or statements that can't run in one.
        concurrent: they can't.
        optional: where others hold its locks for long, it is left to the next migration.
    """

    title: str
    locks: str
    statements: tuple[str, ...]
    concurrent: bool = False
    optional: bool = False

    @property
    def lock_timeout(self) -> str:
        """How long a statement of it waits for a lock."""
        if not self.concurrent:
            return LOCK_TIMEOUT
        return OPTIONAL_LOCK_TIMEOUT if self.optional else CONCURRENT_LOCK_TIMEOUT

    def script(self) -> str:
        """Give the step as a script that psql could run."""
        if self.concurrent:
            lines = (f"set lock_timeout = '{self.lock_timeout}';", *self.statements)
        else:
            begin = ("begin;", f"set local lock_timeout = '{self.lock_timeout}';")
            lines = (*begin, *self.statements, "commit;")
        return "\n".join([f"-- {self.title}", f"-- Locks: {self.locks}", *lines])


def run_patiently(
    connection: Connection,
    step: Step,
    report: Report,
    patience: float = PATIENCE_SECONDS,
    first: Callable[[Connection], None] = lambda connection: None,
) -> None:
    """Run a step, again and again while others hold locks that it needs.

    Args:
        connection: of the role that migrates.
        step: what to run.
        report: called with the sessions that it waits for.
        patience: for how many seconds it is tried again.
        first: what to do in the step's transaction before its statements, at each try.

    Raises:
        TableBusyError: a lock could not be had; the message says who holds it.
    """
    deadline = time.monotonic() + patience
    pause = 0.5
    while True:
        try:
            _run(connection, step, first)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            holders = "; ".join(_lock_holders(connection)) or "nobody any more"
            if time.monotonic() + pause > deadline:
                raise TableBusyError(
                    f"{step.title}: can't get a lock, held by {holders}. The completed steps "
                    "stay; run maint migrate again when these sessions have ended."
                ) from None
            report(f"{step.title}: waiting for a lock held by {holders}")
            time.sleep(pause)
            pause = min(pause * 2, 5.0)
        else:
            return


def _run(connection: Connection, step: Step, first: Callable[[Connection], None]) -> None:
    # As bytes: these are our own scripts with values that the database itself has quoted.
    if step.concurrent:
        connection.execute(f"set lock_timeout = '{step.lock_timeout}'".encode())
        for statement in step.statements:
            connection.execute(statement.encode())
        return
    with connection.transaction():
        connection.execute(f"set local lock_timeout = '{step.lock_timeout}'".encode())
        first(connection)
        role = AS_MIGRATOR
        for statement in step.statements:
            if statement in (AS_OWNER, AS_MIGRATOR):
                role = statement
            # Code that somebody left in schema maint must not run as the role that migrates. The
            # script that changes roles itself creates the first tables: the schema is empty then.
            elif role == AS_OWNER and AS_MIGRATOR not in statement:
                execute_confined(connection, OWNER_ROLE, statement)
                continue
            connection.execute(statement.encode())


def _lock_holders(connection: Connection) -> list[str]:
    rows = connection.execute(
        "select distinct format('backend %%s of %%s (%%s), in a transaction since %%s', "
        "activity.pid, activity.usename, nullif(activity.application_name, ''), "
        "date_trunc('second', activity.xact_start)) as holder "
        "from pg_locks as held join pg_stat_activity as activity using (pid) "
        "where held.granted and held.pid <> pg_backend_pid() and held.relation in "
        "(to_regclass('public.security_alerts'), to_regclass('public.maintenance_task_runs'), "
        "to_regclass(%s)) "
        # What a concurrent build of an index waits for: old snapshots, whatever they have read.
        "union select format('backend %%s of %%s, whose transaction holds an old snapshot', pid, "
        "usename) from pg_stat_activity where backend_xmin is not null "
        "and datname = current_database() and pid <> pg_backend_pid()",
        [source_names(connection).get("audit_log")],
    ).fetchall()
    return [row["holder"] for row in rows]
