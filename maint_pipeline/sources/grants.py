"""What maintenance is granted on a relation of the application, in an administrator's session.

Nothing here is read from tables of ours and executed: names come from who asks, all else from the
catalog, so that whoever can write in schema maint gains nothing by it.
"""

from __future__ import annotations

from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import OWNER_ROLE, Connection, fetch_one
from maint_pipeline.errors import ConfigurationError, UsageError
from maint_pipeline.sources.parts import Relation

_LACKING = (Path(__file__).parent / "lacking.sql").read_text(encoding="utf-8")


def grant_access(
    connection: Connection, administrator: Connection, relation: Relation, *, purge: bool = False
) -> list[str]:
    """Grant `maint_owner` what it lacks to read a relation, and to delete its rows.

    Args:
        connection: as `maint_owner`; only looks at the catalog.
        administrator: a session that may grant it, in autocommit mode.
        relation: a relation that exists.
        purge: whether rows are to be deleted too.

    Returns:
        The statements that were executed; none where nothing was lacking.

    Raises:
        UsageError: there is no such relation.
        ConfigurationError: this role may not grant it; the message has the statements.
    """
    given = {"schema": relation.schema, "name": relation.name, "purge": purge}
    # Never in the administrator's session: functions of ours can be what maint_owner makes of them.
    problem = fetch_one(
        connection,
        "select coalesce(maint.foreign_event_trigger(), "
        "maint.trust_problem(maint.relation_of(%s, %s))) as words",
        [relation.schema, relation.name],
    )["words"]
    if problem:
        raise ConfigurationError(f"{problem}. Nothing was granted.")
    rows = administrator.execute(_LACKING.encode(), given).fetchall()
    if not rows:
        raise UsageError(f"There is no table or view {relation.schema}.{relation.name}.")
    statements = [_statement(row) for row in rows if row["privilege"]]
    script = [statement.as_string(administrator) for statement in statements]
    try:
        with administrator.transaction():
            for statement in statements:
                administrator.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise ConfigurationError(
            f"{error.diag.message_primary}. Have the owner do it: {'; '.join(script)}."
        ) from None
    except psycopg.errors.LockNotAvailable:
        raise ConfigurationError(
            f"{relation.schema}.{relation.name} is locked by somebody; nothing was granted. "
            "Try again when they have ended."
        ) from None
    return script


def _statement(row: dict[str, str]) -> sql.Composed:
    return sql.SQL(_STATEMENTS[row["privilege"]]).format(
        schema=sql.Identifier(row["table_schema"]),
        relation=sql.Identifier(row["table_schema"], row["table_name"]),
        column=sql.Identifier(row["column_name"] or ""),
        owner=sql.Identifier(OWNER_ROLE),
    )


_STATEMENTS: dict[str, LiteralString] = {
    "usage": "grant usage on schema {schema} to {owner}",
    "select": "grant select on {relation} to {owner}",
    "delete": "grant delete on {relation} to {owner}",
    "update": "grant update ({column}) on {relation} to {owner}",
    "maintain": "grant maintain on {relation} to {owner}",
    "policy": "create policy maint_owner_works on {relation} to {owner} using (true) "
    "with check (true)",
}
