"""How every session of ours is opened: its limits, its settings, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, LiteralString

import psycopg
from psycopg.rows import DictRow, dict_row

from maint_pipeline.database.urls import parse, redacted
from maint_pipeline.database.version import program_version
from maint_pipeline.errors import UnreachableError

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
_WHO_AM_I: LiteralString = """
select me.rolname as name,
    exists (
        select from pg_catalog.pg_namespace
        where nspname = 'maint' and nspowner = to_regrole('maint_owner')
    ) as is_migrated,
    (
        select nspowner::regrole::text from pg_catalog.pg_namespace
        where nspname = 'maint' and nspowner is distinct from to_regrole('maint_owner')
    ) as stranger,
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


def open_session(url: str, application_name: str) -> tuple[Connection, DictRow]:
    """Log in as the role of a URL, and look who that is.

    Args:
        url: any libpq URL or connection string.
        application_name: what `pg_stat_activity` shows for it.

    Returns:
        The open connection in autocommit mode, rows as dictionaries; and a row of `name` (of the
        role), `is_migrated` (the database), `stranger` (who owns the schema maint where that is not
        ours) and `can_do_more` (than `maint_owner`).

    Raises:
        UnreachableError: the server can't be reached, or refuses the login.
    """
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
