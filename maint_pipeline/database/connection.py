"""Connections to the application database, prepared for maintenance work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from maint_pipeline.database.urls import parse, redacted
from maint_pipeline.database.version import program_version, refuse_other_version
from maint_pipeline.database.worker import WORKER_ROLE, is_worker_url, worker_url
from maint_pipeline.errors import ConfigurationError, NotMigratedError, UnreachableError

OWNER_ROLE = "maint_owner"
"""The role that owns schema `maint` and our functions, and holds just the grants they need."""

Connection = psycopg.Connection[DictRow]
Params = Sequence[Any] | Mapping[str, Any] | None

LOCK_TIMEOUT = "5s"
"""How long a statement of ours waits for a lock at most, where nothing else is said."""

# Either side gives up on a silent peer after 30 + 3 x 10 seconds instead of two hours, or when what
# it sent stays without an answer for a minute. Both check: a worker whose machine is down can't.
_KEEPALIVES = {
    "connect_timeout": 15,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
SERVER_KEEPALIVES = {
    "tcp_keepalives_idle": "30s",
    "tcp_keepalives_interval": "10s",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60s",
}
"""Server settings of our sessions; locks end with their session. Sockets ignore these."""

# Whatever the defaults of server, database and role: psycopg reads this datestyle only, and no wait
# is without limit. Compiling costs our short statements more than it saves.
_SESSION = {
    "datestyle": "ISO, YMD",
    "lock_timeout": LOCK_TIMEOUT,
    # Waiting for other work keeps the session, and with it the locks of maintenance.
    "idle_session_timeout": "0",
    "jit": "off",
}
_WHO_AM_I = """
select me.rolname as name,
    to_regrole('maint_owner') is not null and to_regnamespace('maint') is not null as is_migrated,
    me.rolsuper or me.rolcreaterole or me.rolreplication or me.rolbypassrls
        or exists (
            select from pg_catalog.pg_roles as other
            where other.oid <> me.oid and other.rolname <> 'maint_owner'
                and pg_has_role(me.oid, other.oid, 'member')
                and pg_has_role(to_regrole('maint_owner'), other.oid, 'member') is not true
        )
        or me.rolname <> 'maint_worker' and exists (
            select from pg_catalog.pg_shdepend
            where refclassid = 'pg_catalog.pg_authid'::regclass and refobjid = me.oid
                and deptype = 'o'
                and dbid = (
                    select oid from pg_catalog.pg_database where datname = current_database())
        ) as can_do_more
from pg_catalog.pg_roles as me
where me.rolname = session_user
"""
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
        return _open(url, application_name)[0]
    connection, url = _open_as_worker(url, application_name)
    try:
        refuse_transaction_pooler(connection, url)
        _become_owner(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(url: str, application_name: str) -> tuple[Connection, DictRow]:
    """Log in, and look who that is: a row of `_WHO_AM_I`."""
    # What the URL says itself wins over our defaults.
    options = {**_KEEPALIVES, **parse(url), "application_name": application_name}
    conninfo = psycopg.conninfo.make_conninfo(**options)
    try:
        connection = psycopg.connect(conninfo, autocommit=True, row_factory=dict_row)
    except psycopg.OperationalError as error:
        raise UnreachableError(f"{redacted(url)}: {error}") from None
    try:
        # Before anything else, and in every session: we may be a superuser here, and what somebody
        # has put into public would fit our calls better than PostgreSQL's own.
        connection.execute("set search_path = pg_catalog, pg_temp")
        pinned = {**_SESSION, **SERVER_KEEPALIVES, "maint.version": program_version()}
        connection.execute(
            "select set_config(name, value, false) "
            "from unnest(%s::text[], %s::text[]) as pinned (name, value)",
            [list(pinned), list(pinned.values())],
        )
        # Servers on some platforms can't watch a socket while they work.
        with suppress(psycopg.errors.InvalidParameterValue):
            connection.execute("set client_connection_check_interval = '1s'")
        return connection, fetch_one(connection, _WHO_AM_I)
    except BaseException:
        connection.close()
        raise


def refuse_transaction_pooler(connection: Connection, url: str) -> None:
    """Refuse a pooler that gives each transaction another session: locks and roles need one.

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
    with closing(_open(url, "maint pooler test")[0]) as other, other.transaction():
        # Only behind a pooler can two clients that hold their sessions meet one process.
        return backend_pid(other) != pid and backend_pid(connection) == pid


def backend_pid(connection: Connection) -> int:
    """Give the process of the server that executes this session's statements."""
    pid: int = fetch_one(connection, "select pg_backend_pid() as pid")["pid"]
    return pid


def _open_as_worker(url: str, application_name: str) -> tuple[Connection, str]:
    """Log in as a role that can do no more than `maint_owner`; give the URL that did it, too."""
    try:
        connection, me = _open(url, application_name)
    except UnreachableError as error:
        # The server's words, in whatever language, name the role that it refuses.
        if is_worker_url(url) and WORKER_ROLE in str(error).removeprefix(redacted(url)):
            raise UnreachableError(f"{str(error).strip()}\n{WORKER_REMEDY}") from None
        raise
    if not me["can_do_more"]:
        return connection, url
    # An administrator's session: no task works in it.
    connection.close()
    if not me["is_migrated"]:
        raise NotMigratedError
    if not is_worker_url(url):
        url = worker_url(url)
        try:
            connection, me = _open(url, application_name)
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
