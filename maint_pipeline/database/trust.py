"""Whose tables and trigger functions maintenance works on.

Code of whoever owns them runs with the rights of `maint_owner`. Trusted without a question is who
could do all of that anyway: superusers, the database's owner, the role that migrates.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from psycopg import sql
from psycopg.rows import DictRow

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError

_OWNERS = Path(__file__).parent / "owners.sql"


def may_read(connection: Connection, name: str) -> bool:
    """Return whether this role may read a table of schema maint, and whether it is a table.

    `maint_owner` could have put a view into its place. The name is not looked up, which is an error
    in a schema that a role may not use.

    Args:
        connection: of any role.
        name: of the table.
    """
    row = fetch_one(
        connection,
        "select exists (select from pg_class join pg_namespace as home on home.oid = relnamespace "
        "where nspname = 'maint' and relname = %s and relkind = 'r' "
        "and has_schema_privilege(home.oid, 'usage') "
        "and has_table_privilege(pg_class.oid, 'select')) as yes",
        [name],
    )
    return bool(row["yes"])


def trusted_owners(connection: Connection) -> set[str]:
    """Give the roles that were named to `--trust`, now or before."""
    if not may_read(connection, "trusted_owners"):
        return set()
    rows = connection.execute("select role::text as role from maint.trusted_owners").fetchall()
    return {row["role"] for row in rows}


DEFAULT_SOURCES = {
    "audit_log": ("public", "audit_logs"),
    "organizations": ("public", "orgs"),
    "backup_settings": ("public", "backup_settings"),
    "backup_runs": ("public", "backup_runs"),
    "user_roles": ("public", "user_roles"),
    "profiles": ("public", "profiles"),
    "data_export_requests": ("public", "data_export_requests"),
    "security_alerts": ("public", "security_alerts"),
}


def source_tables(connection: Connection) -> dict[str, tuple[str, str]]:
    """Give schema and name of what plays each part; the defaults before the first migration.

    Args:
        connection: of the role that migrates; only read.
    """
    if not may_read(connection, "sources"):
        return DEFAULT_SOURCES
    rows = connection.execute(
        "select part, table_schema, table_name from maint.sources where state <> 'none'"
    ).fetchall()
    return {row["part"]: (row["table_schema"], row["table_name"]) for row in rows}


def source_names(connection: Connection) -> dict[str, str]:
    """Give the quoted name of what plays each part, as `source_tables`."""
    return {
        part: sql.Identifier(*table).as_string(connection)
        for part, table in source_tables(connection).items()
    }


def application_tables(connection: Connection, trust: Sequence[str] = ()) -> list[DictRow]:
    """Give the application's tables that maintenance works on, with whether they are trusted.

    Args:
        connection: of the role that migrates; only read.
        trust: roles that are to be trusted from now on.

    Returns:
        Rows with `relation`, `owner` and `is_trusted`, ordered by owner.
    """
    query = _OWNERS.read_text(encoding="utf-8")
    trusted = sorted(trusted_owners(connection) | {*trust})
    tables = [*source_tables(connection).values(), ("public", "maintenance_task_runs")]
    given = {
        "schemas": [schema for schema, _ in tables],
        "names": [name for _, name in tables],
        "trusted": trusted,
    }
    return connection.execute(query.encode(), given).fetchall()


def untrusted_tables(connection: Connection, trust: Sequence[str] = ()) -> list[DictRow]:
    """Return which of the application's tables are left out, because of who owns them.

    Args:
        connection: as for `application_tables`.
        trust: as for `application_tables`.
    """
    return [row for row in application_tables(connection, trust) if not row["is_trusted"]]


def left_out(connection: Connection, trust: Sequence[str] = ()) -> list[str]:
    """List the tables that are left out, each with its owner and the command that changes that.

    Args:
        connection: as for `untrusted_tables`.
        trust: as for `untrusted_tables`.
    """
    return [
        f"{row['relation']} belongs to {row['owner']}: maint migrate --trust {row['owner']}"
        for row in untrusted_tables(connection, trust)
    ]


def members_of_owner(connection: Connection) -> list[str]:
    """Name who can act as `maint_owner` beside the worker, superusers and the current role.

    Args:
        connection: of the role that migrates; only read.
    """
    rows = connection.execute(
        "select rolname::text as name from pg_roles "
        "where pg_has_role(oid, to_regrole('maint_owner'), 'member') and not rolsuper "
        "and rolname not in ('maint_owner', 'maint_worker', current_user) order by 1"
    ).fetchall()
    return [row["name"] for row in rows]


def check_roles_exist(connection: Connection, roles: Sequence[str]) -> None:
    """Refuse to trust a role that isn't there.

    Raises:
        UsageError: one of them isn't; the message names it.
    """
    for role in roles:
        found = connection.execute("select from pg_roles where rolname = %s", [role]).fetchone()
        if found is None:
            raise UsageError(f"There is no role {role} to trust. Nothing was changed.")
