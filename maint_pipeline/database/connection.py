"""Connections to the application database, prepared for maintenance work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from maint_pipeline.database.opening import LOCK_TIMEOUT, Connection, fetch_one, open_session
from maint_pipeline.database.pooler import refuse_transaction_pooler
from maint_pipeline.database.urls import redacted
from maint_pipeline.database.version import refuse_other_version
from maint_pipeline.database.worker import WORKER_ROLE, is_worker_url, worker_url
from maint_pipeline.errors import ConfigurationError, NotMigratedError, UnreachableError

__all__ = [
    "OWNER_ROLE",
    "WORKER_REMEDY",
    "Connection",
    "canceling_on_interrupt",
    "connect",
    "fetch_one",
    "reading_only",
    "waiting_at_most",
]

OWNER_ROLE = "maint_owner"
"""The role that owns schema `maint` and our functions, and holds just the grants they need."""

WORKER_REMEDY = (
    "Tasks log in as maint_worker, which maint migrate creates: run it, or name the worker's URL "
    "(maint migrate --print-worker-url)\nin MAINT_DATABASE_URL and the administrator's in "
    "MAINT_ADMIN_DATABASE_URL. If the password is wrong: maint migrate --new-worker-password."
)


def connect(url: str, *, application_name: str, as_owner: bool = True) -> Connection:
    """Open a connection in autocommit mode, rows as dictionaries.

    Args:
        url: any libpq URL or connection string.
        application_name: what `pg_stat_activity` shows for it.
        as_owner: work as `maint_owner`, so that a job may do exactly what the SQL function of
            the same name may do. The session then never logs in as a role that can do more, such
            as a superuser: with the URL of one, it logs in to the same server as the worker.
            False: as the role of the URL.

    Returns:
        The open connection; the caller closes it.

    Raises:
        UnreachableError: the server can't be reached, or refuses the login.
        NotMigratedError: the database was never migrated.
        OtherVersionError: it was migrated by another version of maint_pipeline.
        ConfigurationError: neither the role of the URL nor the worker may do the work.
    """
    if not as_owner:
        return _open_as_it_is(url, application_name)
    connection, url = _open_as_worker(url, application_name)
    try:
        refuse_transaction_pooler(connection, url)
        _become_owner(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _open_as_it_is(url: str, application_name: str) -> Connection:
    """Log in as the role of the URL, unless somebody has prepared a schema of our name for it."""
    connection, me = open_session(url, application_name)
    if me["stranger"] is not None:
        connection.close()
        raise ConfigurationError(
            f"{redacted(url)}: the schema maint belongs to {me['stranger']}, not to {OWNER_ROLE}, "
            "so nothing in it is used.\nRename it, or drop it: maint_pipeline needs that name."
        )
    return connection


def _open_as_worker(url: str, application_name: str) -> tuple[Connection, str]:
    """Log in as a role that can do no more than `maint_owner`; give the URL that did it, too."""
    try:
        connection, me = open_session(url, application_name)
    except UnreachableError as error:
        # The server's words, in whatever language, name the role that it refuses.
        if is_worker_url(url) and WORKER_ROLE in str(error).removeprefix(redacted(url)):
            raise UnreachableError(f"{str(error).strip()}\n{WORKER_REMEDY}") from None
        raise
    if not me["is_migrated"]:
        # Whoever may create databases may also create a schema maint in them: its functions are not
        # ours, and must never run with our rights.
        connection.close()
        raise NotMigratedError
    if not me["can_do_more"]:
        return connection, url
    # An administrator's session: no task works in it.
    connection.close()
    if not is_worker_url(url):
        url = worker_url(url)
        try:
            connection, me = open_session(url, application_name)
        except UnreachableError as error:
            raise UnreachableError(f"{str(error).strip()}\n{WORKER_REMEDY}") from None
        if not me["can_do_more"]:
            return connection, url
        connection.close()
    raise ConfigurationError(
        f"The role {me['name']} can do more than {OWNER_ROLE}, so no task works in its session.\n"
        f"Revoke its attributes and all memberships but the one in {OWNER_ROLE}."
    )


def _become_owner(connection: Connection) -> None:
    try:
        connection.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER_ROLE)))
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.UndefinedObject):
        raise NotMigratedError from None
    except psycopg.errors.InsufficientPrivilege:
        raise ConfigurationError(
            f"The role {connection.info.user} may not act as {OWNER_ROLE}, which does the work: "
            f"run maint migrate, or grant {OWNER_ROLE} to {connection.info.user}."
        ) from None
    # The role belongs to the whole server; another database's migration may have made it.
    refuse_other_version(connection)


def limit_statements(connection: Connection, seconds: float) -> None:
    """Let no statement of a session take longer, from now on.

    Args:
        connection: in autocommit mode.
        seconds: rounded to milliseconds.
    """
    connection.execute(
        "select set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))]
    )


@contextmanager
def waiting_at_most(connection: Connection, limit: str) -> Iterator[None]:
    """Wait for locks another time than `LOCK_TIMEOUT` within the block.

    Args:
        connection: of `connect`, in autocommit mode.
        limit: a value of `lock_timeout`, as `100ms`.
    """
    connection.execute("select set_config('lock_timeout', %s, false)", [limit])
    try:
        yield
    finally:
        if connection.info.transaction_status is _IDLE:
            connection.execute("select set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])


@contextmanager
def reading_only(connection: Connection) -> Iterator[None]:
    """Read in one transaction that can't write, with row security as an error.

    Whoever is bound by policies would run the application's functions in them: they get an error.

    Args:
        connection: of `connect`, in autocommit mode.
    """
    with connection.transaction(force_rollback=True):
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute("set local row_security = off")
        connection.execute("set local statement_timeout = '30s'")
        yield


@contextmanager
def canceling_on_interrupt(connection: Connection) -> Iterator[None]:
    """End the running statement on the server when Python leaves the block by an exception.

    psycopg leaves the server working when anything but Ctrl-C interrupts a wait, so a run that
    is canceled would go on deleting.
    """
    try:
        yield
    except BaseException:
        if not connection.closed and connection.info.transaction_status is not _IDLE:
            connection.cancel_safe(timeout=5)
        raise


_IDLE = psycopg.pq.TransactionStatus.IDLE
_IN_TRANSACTION = psycopg.pq.TransactionStatus.INTRANS
