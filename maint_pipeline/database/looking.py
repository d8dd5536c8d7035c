"""Sessions for a short look, as `maint fleet` takes into hundreds of databases.

All that `connection.connect` makes sure of is made sure of here, but in one question; where the
answer is anything but plain, `connect` finds out what is wrong.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import conninfo
from psycopg.rows import dict_row

from maint_pipeline.database.connection import connect, limit_statements
from maint_pipeline.database.opening import Connection
from maint_pipeline.database.urls import parse, redacted
from maint_pipeline.database.version import program_version
from maint_pipeline.database.worker import WORKER_ROLE
from maint_pipeline.errors import UnreachableError

_PLAIN = (
    "-c search_path=pg_catalog,pg_temp -c jit=off -c lock_timeout=5s -c datestyle=ISO,YMD "
    "-c client_connection_check_interval=1s"
)
_QUESTION = """
select nspowner = to_regrole('maint_owner') and pg_backend_pid() = %(pid)s
    and obj_description(oid, 'pg_namespace') like %(version)s as is_plain
from pg_namespace
where nspname = 'maint'
"""

_known: set[tuple[str, ...]] = set()
"""Servers on which `connect` has found that the worker can do no more than `maint_owner`."""


def look_in(url: str, application_name: str, seconds: int) -> Connection:
    """Open a session as `maint_owner`, in autocommit mode, rows as dictionaries.

    Args:
        url: any libpq URL or connection string.
        application_name: what `pg_stat_activity` shows for it.
        seconds: how long a statement may take.

    Raises:
        MaintError: as `connection.connect`.
    """
    if (connection := _plain(url, application_name, seconds)) is not None:
        return connection
    slow = connect(url, application_name=application_name)
    limit_statements(slow, seconds)
    if slow.info.user == WORKER_ROLE:
        _known.add(_server(parse(url)))
    return slow


def _server(parts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(parts.get(name)) for name in ("user", "host", "hostaddr", "port", "service"))


def _plain(url: str, application_name: str, seconds: int) -> Connection | None:
    parts = parse(url)
    if "options" in parts or _server(parts) not in _known:
        return None
    options = f"{_PLAIN} -c statement_timeout={seconds}s"
    given = {**parts, "application_name": application_name, "options": options}
    try:
        connection = psycopg.connect(
            conninfo.make_conninfo(**given), autocommit=True, row_factory=dict_row
        )
    except psycopg.errors.ConnectionTimeout as error:
        raise UnreachableError(f"{redacted(url)}: {error}") from None
    except psycopg.OperationalError:
        return None  # a pooler may take no options; a refusal is explained by `connect`
    try:
        version = f"% {program_version()}"
        asked = {"pid": connection.info.backend_pid, "version": version}
        row = connection.execute(_QUESTION, asked).fetchone()
        if row and row["is_plain"]:
            connection.execute("set role maint_owner")
            return connection
    except psycopg.Error:
        pass
    connection.close()
    return None
