"""Bringing a database to the current version. removal.py takes what is ours out of it again.

A migration looks before it starts whether it can get to its end (preflight.sql), so that a missing
privilege or a dependent view is told with nothing changed. Its steps (steps.py) can be repeated.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from maint_pipeline.database import alerts_table
from maint_pipeline.database.adoption import notes
from maint_pipeline.database.confined import execute_confined
from maint_pipeline.database.connection import (
    OWNER_ROLE,
    Connection,
    connect,
    refuse_transaction_pooler,
)
from maint_pipeline.database.entry_functions import Place, places, refuse_to_replace
from maint_pipeline.database.identity import declare_user, operating_system_user
from maint_pipeline.database.migration_lock import one_migration_at_a_time
from maint_pipeline.database.steps import (
    AS_MIGRATOR,
    AS_OWNER,
    Step,
    steps_to_current,
)
from maint_pipeline.database.trust import check_roles_exist, left_out, source_names
from maint_pipeline.database.version import installed_version, program_version
from maint_pipeline.database.worker import hand_over_password, renew_password
from maint_pipeline.errors import ConfigurationError, MaintError

MINIMUM_SERVER_VERSION = 150000
PATIENCE_SECONDS = 120.0
"""How long a step is tried again while others hold a lock that it needs."""

_HERE = Path(__file__).parent

Report = Callable[[str], None]


class CannotMigrateError(ConfigurationError):
    """Something keeps the migration from getting to its end. Nothing was changed."""


class TableBusyError(MaintError):
    """Another transaction holds a table that the migration needs for an instant."""


def migrate(
    url: str,
    checks_sql: str,
    report: Report = lambda step: None,
    patience: float = PATIENCE_SECONDS,
    *,
    trust: Sequence[str] = (),
    replace: Sequence[str] = (),
) -> bool:
    """Bring a database to the current version.

    Args:
        url: libpq URL of a role with the privileges that docs/administrator.md lists.
        checks_sql: the check catalogue as one script (see `checks.script`).
        report: told each step in a few words.
        patience: seconds for which a step is tried again while others hold its locks.
        trust: roles, beside those that are trusted anyway, whose tables and trigger functions
            maintenance works on.
        replace: our functions that are to take the place of functions of the application with the
            same name and arguments, which are kept.

    Returns:
        Whether there was anything to do.

    Raises:
        CannotMigrateError: a privilege is missing, or an object of the application is in the way;
            the message has all of them. Nothing was changed.
        TableBusyError: a lock could not be had; the message says who holds it. Run it again.
    """
    with (
        closing(open_for_migration(url)) as connection,
        one_migration_at_a_time(connection, report),
    ):
        check_roles_exist(connection, trust)
        steps = steps_to_current(connection, checks_sql, trust, replace)
        found = places(connection, replace)
        special = notes(connection, found, trust)
        _check_preflight(connection, found, replace, changes=bool(steps))
        for words in special:
            report(words)
        if not steps:
            return False
        report(alerts_table.in_words(connection, trust))
        hand_over_password(connection, url)
        for step in steps:
            report(step.title)
            try:
                run_patiently(connection, step, report, patience)
            except TableBusyError as error:
                if not step.optional:
                    raise
                report(f"Left out for now, the next maint migrate tries again: {error}")
    return True


def plan(url: str, checks_sql: str, trust: Sequence[str] = (), replace: Sequence[str] = ()) -> str:
    """Tell what `migrate` would do, changing nothing.

    Args:
        url: as for `migrate`.
        checks_sql: as for `migrate`.
        trust: as for `migrate`.
        replace: as for `migrate`.

    Returns:
        The tables of the application that it touches, those that it leaves out, and each step with
        its locks, as a script that psql could run; empty when the database is current.

    Raises:
        CannotMigrateError: as for `migrate`.
    """
    with closing(open_for_migration(url)) as connection:
        check_roles_exist(connection, trust)
        steps = steps_to_current(connection, checks_sql, trust, replace)
        found = places(connection, replace)
        _check_preflight(connection, found, replace, changes=bool(steps))
        if not steps:
            return ""
        special = [f"--   {words}" for words in notes(connection, found, trust)]
        not_ours = [f"--   {words}" for words in left_out(connection, trust)]
        query = (_HERE / "touched.sql").read_text(encoding="utf-8")
        names = {"audit_log": None, "backup_runs": None, **source_names(connection)}
        touched = [row["line"] for row in connection.execute(query.encode(), names).fetchall()]
        touched.append(f"-- {alerts_table.in_words(connection, trust)}")
    header = ["-- Touches these tables of the application:", *touched]
    if not_ours:
        header += ["-- Leaves out, because their owners are not trusted:", *not_ours]
    if special:
        header += ["-- Goes round what the application has:", *special]
    return "\n\n".join(["\n".join(header), *(step.script() for step in steps)])


def new_worker_password(url: str) -> None:
    """Give the role that tasks log in as a new password, kept in MAINT_HOME.

    Args:
        url: as for `migrate`, on a database that is migrated.

    Raises:
        CannotMigrateError: there is no such role, or this role may not change its password.
    """
    with closing(open_for_migration(url)) as connection:
        try:
            renew_password(connection, url)
        except (psycopg.errors.UndefinedObject, psycopg.errors.InsufficientPrivilege) as error:
            raise CannotMigrateError(
                f"The password of maint_worker was not changed: {error.diag.message_primary}."
            ) from None


def is_current(url: str) -> bool:
    """Tell whether a database has exactly what this version would install.

    Args:
        url: libpq URL of any role.
    """
    with closing(connect(url, application_name="maint migrate", as_owner=False)) as connection:
        return installed_version(connection) == program_version()


def open_server_views(url: str) -> None:
    """Let `maint_owner` read what the checks of the server need: settings and pg_hba.conf.

    Args:
        url: libpq URL of a superuser, on a database that is migrated.

    Raises:
        CannotMigrateError: the role is no superuser.
    """
    script = (_HERE / "server_views.sql").read_text(encoding="utf-8")
    with closing(open_for_migration(url)) as connection:
        try:
            with connection.transaction():
                connection.execute(script.encode())
        except psycopg.errors.InsufficientPrivilege as error:
            raise CannotMigrateError(
                f"Only a superuser can open the server's views: {error.diag.message_primary}. "
                "The checks that need them say what they lack and leave it at that."
            ) from None


def open_for_migration(url: str) -> Connection:
    """Log in as who migrates, in autocommit mode; refuses servers and poolers that won't do.

    Args:
        url: as for `migrate`.

    Raises:
        ConfigurationError: the server is too old, or a pooler in transaction mode is in between.
    """
    os.environ.pop("PGTZ", None)  # the zone that we note has to be the server's
    connection = connect(url, application_name="maint migrate", as_owner=False)
    if connection.info.server_version < MINIMUM_SERVER_VERSION:
        version = connection.info.parameter_status("server_version")
        connection.close()
        raise ConfigurationError(
            f"PostgreSQL {version} is too old: maint_pipeline supports 15 to 18. "
            "Upgrade the server first."
        )
    refuse_transaction_pooler(connection, url)
    declare_user(connection, operating_system_user())
    return connection


def _check_preflight(
    connection: Connection, found: Sequence[Place], replace: Sequence[str], *, changes: bool
) -> None:
    lines = [f"  - {words}." for words in refuse_to_replace(found, replace)]
    if changes:
        query = (_HERE / "preflight.sql").read_text(encoding="utf-8")
        rows = connection.execute(query.encode(), {}).fetchall()
        lines += [f"  - {row['problem']}. {row['remedy']}." for row in rows]
    if lines:
        problems = "\n".join(lines)
        raise CannotMigrateError(f"Nothing was changed. First fix this:\n{problems}")


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
        report: told for whom it waits.
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
                    f"{step.title}: a lock can't be had, held by {holders}. What was done before "
                    "stays and is sound; run maint migrate again when they have ended."
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
            # Code that somebody has left in schema maint must not come back to who migrates. A
            # script that changes roles by itself makes the schema's first tables: nothing is there.
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
