"""Connections to the application database, prepared for maintenance work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from maint_pipeline.database.urls import parse, redacted
from maint_pipeline.errors import ConfigurationError, NotMigratedError, UnreachableError
from maint_pipeline.settings import Settings

OWNER_ROLE = "maint_owner"
"""The role that owns schema `maint` and our functions, and holds just the grants they need."""

Connection = psycopg.Connection[DictRow]
Params = Sequence[Any] | Mapping[str, Any] | None

LOCK_TIMEOUT = "5s"
"""How long a statement of ours waits for a lock at most, where nothing else is said."""

# libpq gives up on a silent peer after about 30 + 3 x 10 seconds instead of two hours.
_KEEPALIVES = {
    "connect_timeout": 15,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}


def connect(url: str, *, application_name: str, as_owner: bool = True) -> Connection:
    """Open a connection in autocommit mode, rows as dictionaries.

    Args:
        url: any libpq URL or connection string.
        application_name: what `pg_stat_activity` shows for it.
        as_owner: work as `maint_owner`, so that a job may do exactly what the SQL function of
            the same name may do. False: as the role that logged in.

    Returns:
        The open connection; the caller closes it.

    Raises:
        UnreachableError: the server can't be reached, or refuses the login.
        NotMigratedError: the database was never migrated.
        ConfigurationError: the role that logged in may not act as `maint_owner`.
    """
    # What the URL says itself wins over our defaults.
    given = parse(url)
    options: dict[str, Any] = {**_KEEPALIVES, **given, "application_name": application_name}
    conninfo = psycopg.conninfo.make_conninfo(**options)
    try:
        connection = psycopg.connect(conninfo, autocommit=True, row_factory=dict_row)
    except psycopg.OperationalError as error:
        raise UnreachableError(f"{redacted(url)}: {error}") from None
    try:
        # Whatever the server's or the role's default: psycopg reads only this one.
        connection.execute("set datestyle = 'ISO'")
        connection.execute(f"set lock_timeout = '{LOCK_TIMEOUT}'".encode())
        # Waiting for other work keeps the session, and with it the locks of maintenance.
        connection.execute("set idle_session_timeout = 0")
        _end_statements_of_lost_clients(connection)
        if as_owner:
            _become_owner(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _end_statements_of_lost_clients(connection: Connection) -> None:
    """Let the server look every second whether we still live, and else end our statement."""
    # Servers on some platforms can't watch a socket while they work.
    with suppress(psycopg.errors.InvalidParameterValue):
        connection.execute("set client_connection_check_interval = '1s'")


def _become_owner(connection: Connection) -> None:
    try:
        connection.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER_ROLE)))
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.UndefinedObject):
        raise NotMigratedError from None
    except psycopg.errors.InsufficientPrivilege:
        raise ConfigurationError(
            f"The role {connection.info.user} may not act as {OWNER_ROLE}, which does the work: "
            f"grant {OWNER_ROLE} to {connection.info.user}."
        ) from None
    # The role belongs to the whole server; another database's migration may have made it.
    if fetch_one(connection, "select to_regnamespace('maint') as schema")["schema"] is None:
        raise NotMigratedError


@contextmanager
def acting_as_owner_of(connection: Connection, relation: str) -> Iterator[bool]:
    """Act as the owner of a table within the block, where the role that logged in may do that.

    Some things only the owner may do, whatever was granted: vacuum before PostgreSQL 17, detach a
    partition, summarize an index again.

    Args:
        connection: as `maint_owner`; in a transaction only where the role is known to work.
        relation: its name, quoted and with its schema.

    Yields:
        Whether the block acts as the owner; else nothing has changed.
    """
    owner = fetch_one(
        connection,
        "select pg_get_userbyid(relowner)::text as name from pg_class where oid = %s::regclass",
        [relation],
    )["name"]
    try:
        connection.execute(sql.SQL("set role {}").format(sql.Identifier(owner)))
    except psycopg.errors.InsufficientPrivilege:
        yield False
        return
    try:
        yield True
    finally:
        # Where a transaction has failed, its end takes the role back by itself.
        if connection.info.transaction_status in (_IDLE, _IN_TRANSACTION):
            connection.execute(sql.SQL("set role {}").format(sql.Identifier(OWNER_ROLE)))


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


def fetch_one(connection: Connection, query: LiteralString, parameters: Params = None) -> DictRow:
    """Run a query that returns exactly one row, and give that row.

    Args:
        connection: any of ours.
        query: with psycopg's placeholders.
        parameters: their values.

    Raises:
        LookupError: no row came back.
    """
    row = connection.execute(query, parameters).fetchone()
    if row is None:
        raise LookupError(f"no row: {query}")
    return row


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


@contextmanager
def application_url(settings: Settings) -> Iterator[str]:
    """Give the URL of the application database, starting the embedded server when it is needed.

    Args:
        settings: without `database_url`, the database `app` of the embedded server is meant.

    Yields:
        A libpq URL that works until the block ends.

    Raises:
        EmbeddedServerError: the embedded server can't be started.
    """
    if settings.database_url is not None:
        yield settings.database_url.get_secret_value()
        return
    # Imported here: a process that has a URL never needs the embedded server's library.
    from maint_pipeline.database.embedded import (  # noqa: PLC0415
        embedded_server,
        ensure_database,
    )

    with embedded_server(settings.home) as server:
        ensure_database(server, "app")
        yield server.url("app")
