"""Sessions for a short look, as `maint fleet` takes into hundreds of databases.

All that `connection.connect` makes sure of is made sure of here, in the same message that asks;
where the answer is anything but plain, `connect` finds out what is wrong.
"""

from __future__ import annotations

from functools import cache
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import DictRow, dict_row

from maint_pipeline.database.connection import OWNER_ROLE, connect, limit_statements
from maint_pipeline.database.opening import Connection
from maint_pipeline.database.urls import parse, redacted
from maint_pipeline.database.version import schema_comment
from maint_pipeline.database.worker import WORKER_ROLE
from maint_pipeline.errors import UnreachableError

_PLAIN = (
    "-c search_path=pg_catalog,pg_temp -c jit=off -c lock_timeout=5s -c datestyle=ISO,YMD "
    f"-c client_connection_check_interval=1s -c role={OWNER_ROLE}"
)
# An error, so that the server leaves out what follows in the same message: nothing of a schema is
# used before it is ours. It looks at the catalog alone, with the cheapest means for a new session.
_GUARD: LiteralString = """
select case when exists (
        select from pg_namespace as mine
        where nspname = 'maint' and nspowner = to_regrole({owner}) and pg_backend_pid() = {pid}
            and exists (
                select from pg_description
                where classoid = 'pg_namespace'::regclass and objoid = mine.oid and objsubid = 0
                    and description = {comment})
    ) then '1' else 'this database is not one of this version of maint_pipeline' end::integer;
"""

_known: set[tuple[str, ...]] = set()
"""Servers on which `connect` has found that the worker can do no more than `maint_owner`."""


def ask_in(
    url: str, application_name: str, seconds: int, question: str
) -> tuple[Connection, DictRow]:
    """Open a session as `maint_owner`, in autocommit mode, rows as dictionaries, and ask.

    Args:
        url: any libpq URL or connection string.
        application_name: what `pg_stat_activity` shows for it.
        seconds: how long connecting may take, and each statement.
        question: a query that returns one row, its values in it.

    Returns:
        The session, and the row.

    Raises:
        MaintError: as `connection.connect`.
    """
    if (answered := _plain(url, application_name, seconds, question)) is not None:
        return answered
    slow = connect(url, application_name=application_name)
    try:
        limit_statements(slow, seconds)
        if slow.info.user == WORKER_ROLE:
            _known.add(_server(parse(url)))
        return slow, slow.execute(question.encode()).fetchone() or {}
    except BaseException:
        slow.close()
        raise


@cache
def _guard() -> str:
    named = {"owner": sql.Literal(OWNER_ROLE), "comment": sql.Literal(schema_comment())}
    return sql.SQL(_GUARD).format(**named, pid=sql.SQL("{pid}")).as_string()


def _server(parts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(parts.get(name)) for name in ("user", "host", "hostaddr", "port", "service"))


def _plain(
    url: str, application_name: str, seconds: int, question: str
) -> tuple[Connection, DictRow] | None:
    parts = parse(url)
    if "options" in parts or _server(parts) not in _known:
        return None
    options = f"{_PLAIN} -c statement_timeout={seconds}s"
    given = {**parts, "application_name": application_name, "options": options}
    try:
        connection = psycopg.connect("", **given, autocommit=True, row_factory=dict_row)
    except psycopg.errors.ConnectionTimeout as error:
        raise UnreachableError(f"{redacted(url)}: {error}") from None
    except psycopg.OperationalError:
        return None  # a pooler may take no options; a refusal is explained by `connect`
    try:
        guard = _guard().replace("{pid}", str(connection.info.backend_pid))
        cursor = connection.execute((guard + question).encode())
        if cursor.nextset() and (row := cursor.fetchone()):
            return connection, row
    except psycopg.errors.QueryCanceled:
        connection.close()
        raise
    except psycopg.Error:
        pass  # `connect` says it better
    connection.close()
    return None
