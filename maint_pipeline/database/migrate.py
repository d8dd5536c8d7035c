"""Bringing a database to the current version. removal.py takes what is ours out of it again.

A migration checks before it starts whether it can complete (preflight.sql), so that a missing
privilege or a dependent view is reported before any change. Its steps (steps.py) can be repeated.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from maint_pipeline.database import alerts_table
from maint_pipeline.database.adoption import notes
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.entry_functions import places
from maint_pipeline.database.identity import declare_user, operating_system_user
from maint_pipeline.database.migration_lock import one_migration_at_a_time
from maint_pipeline.database.pooler import refuse_transaction_pooler
from maint_pipeline.database.preflight import CannotMigrateError, check_preflight
from maint_pipeline.database.step import (
    PATIENCE_SECONDS,
    Report,
    TableBusyError,
    run_patiently,
)
from maint_pipeline.database.steps import steps_to_current
from maint_pipeline.database.trust import check_roles_exist
from maint_pipeline.database.version import installed_version, program_version
from maint_pipeline.database.worker import hand_over_password, renew_password
from maint_pipeline.errors import ConfigurationError

MINIMUM_SERVER_VERSION = 150000

_HERE = Path(__file__).parent


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
        report: called with a short text for each step.
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
        check_preflight(connection, found, replace, changes=bool(steps))
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
    """Return whether a database has exactly what this version would install.

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
                "The checks that need them are not applicable and say why."
            ) from None


def open_for_migration(url: str) -> Connection:
    """Log in as the role that migrates, in autocommit mode; refuse unsupported servers and poolers.

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
