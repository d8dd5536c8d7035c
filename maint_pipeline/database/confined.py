"""Statements executed as another role, in such a way that nothing they run can leave that role.

After SET ROLE, whatever code of that role runs may do RESET ROLE and is the role that logged in: an
administrator. PostgreSQL evaluates such code in more places than one expects (it folds constants of
CHECK constraints when a partition is attached, say). In a SECURITY DEFINER function it refuses both
SET ROLE and SET SESSION AUTHORIZATION.
"""

from __future__ import annotations

from secrets import token_hex
from typing import Any, LiteralString

from psycopg import sql

from maint_pipeline.database.connection import Connection


def execute_confined(connection: Connection, role: str, statement: str) -> None:
    """Execute statements as a role.

    The function that does it is the role's and new each time: nobody has seen it before it is
    called, and nobody calls it again. It goes with the session.

    Args:
        connection: of a role that may act as the other; afterwards, and to the end of an outer
            transaction, it acts as the role that logged in.
        role: the role; it needs TEMPORARY on the database.
        statement: one or more, none of them SET ROLE, COMMIT or the like.

    Raises:
        psycopg.Error: of the statements; nothing of them remains.
    """
    _call(connection, role, _FUNCTION, statement)


def query_confined(connection: Connection, role: str, query: str) -> Any:
    """Ask as a role, as `execute_confined` executes.

    Args:
        connection: as there.
        role: as there.
        query: gives one value of JSON.

    Returns:
        The value; None without a row.

    Raises:
        psycopg.Error: of the query.
    """
    return _call(connection, role, _QUERY, query)


def _call(connection: Connection, role: str, definition: LiteralString, statement: str) -> Any:
    function = sql.Identifier("pg_temp", f"maint_{token_hex(8)}")
    with connection.transaction():
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        connection.execute(sql.SQL(definition).format(function))
        connection.execute("set local role none")
        row = connection.execute(
            sql.SQL("select {}(%s) as answer").format(function), [statement]
        ).fetchone()
    return row and row["answer"]


# Deferred triggers, too: at the commit, PostgreSQL 15 would run them as the role that logged in.
_FUNCTION = """
create function {}(_statement text) returns void
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    execute _statement;
    set constraints all immediate;
end
$$
"""

# One value of JSON.
_QUERY = """
create function {}(_statement text) returns jsonb
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _answer jsonb;
begin
    execute _statement into _answer;
    set constraints all immediate;
    return _answer;
end
$$
"""
