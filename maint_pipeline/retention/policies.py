"""Retention policies as rows: listed, added, switched, tried.

What makes a row a good one is asked by the trigger on the table (database/sql/50_retention.sql).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.errors import UsageError
from maint_pipeline.retention.table_names import read_table


@dataclass(frozen=True)
class NewPolicy:
    """What an administrator writes down.

    Attributes:
        table: `TABLE` in schema public, or `SCHEMA.TABLE`; names with dots or quotes in double
            quotes, as SQL has them.
        time_column: a column of it, timestamp or date.
        keep: an interval, as PostgreSQL reads it.
        condition: one boolean SQL expression over the table.
        archive: whether rows are written to the archive before they go.
    """

    name: str
    table: str
    time_column: str
    keep: str
    condition: str = "true"
    archive: bool = False


def list_policies(connection: Connection) -> list[dict[str, Any]]:
    """Give all policies.

    Args:
        connection: as `maint_owner`.

    Returns:
        Rows of `name, table_schema, table_name, time_column, condition, keep` (text), `action,
        enabled, built_in`.
    """
    return connection.execute(
        "select name, table_schema, table_name, time_column, condition, keep::text as keep, "
        "action, enabled, built_in from maint.retention_policies order by name"
    ).fetchall()


def add_policy(connection: Connection, policy: NewPolicy) -> None:
    """Add a policy.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        policy: what to add.

    Raises:
        UsageError: there is one of that name, or it can't work; the message says why.
    """
    schema, table = read_table(policy.table)
    try:
        connection.execute(
            "insert into maint.retention_policies "
            "(name, table_schema, table_name, time_column, condition, keep, action) "
            "values (%s, %s, %s, %s, %s, %s::interval, %s)",
            [
                policy.name, schema, table, policy.time_column, policy.condition,
                policy.keep, "archive" if policy.archive else "delete",
            ],
        )  # fmt: skip
    except psycopg.errors.UniqueViolation:
        raise UsageError(f"There is a policy {policy.name} already.") from None
    except (psycopg.errors.IntegrityError, psycopg.errors.DataError) as error:
        raise UsageError(_words(error)) from None
    except psycopg.errors.ProgrammingError as error:
        raise UsageError(_words(error)) from None


def set_policy_enabled(connection: Connection, name: str, *, enabled: bool) -> None:
    """Switch a policy on or off.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        name: of the policy.
        enabled: whether it is to delete.

    Raises:
        UsageError: there is no such policy.
    """
    changed = connection.execute(
        "update maint.retention_policies set enabled = %s where name = %s", [enabled, name]
    ).rowcount
    if not changed:
        raise UsageError(f"There is no policy {name}. maint policies lists them.")


def remove_policy(connection: Connection, name: str) -> None:
    """Remove a policy that an administrator has added.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        name: of the policy.

    Raises:
        UsageError: there is no such policy, or it is built in.
    """
    if one_policy(connection, name)["built_in"]:
        raise UsageError(f"{name} is built in. maint policies disable {name} stops it.")
    connection.execute("delete from maint.retention_policies where name = %s", [name])


def one_policy(connection: Connection, name: str) -> dict[str, Any]:
    """Give one policy, and its latest run.

    Args:
        connection: as `maint_owner`.
        name: of the policy.

    Returns:
        As a row of `list_policies`, and `last_run`: `id, started_at, finished_at, status, details,
        error_message` of the ledger; None where it has never run.

    Raises:
        UsageError: there is no such policy.
    """
    found = [row for row in list_policies(connection) if row["name"] == name]
    if not found:
        raise UsageError(f"There is no policy {name}. maint policies lists them.")
    task_name = name if found[0]["built_in"] else f"cleanup_expired_rows:{name}"
    run = connection.execute(
        "select id, started_at, finished_at, status, details, error_message "
        "from public.maintenance_task_runs where task_name = %s order by started_at desc limit 1",
        [task_name],
    ).fetchone()
    return {**found[0], "last_run": run}


def stranded_partitions(connection: Connection) -> list[dict[str, Any]]:
    """Give the partitions that stand detached and that no purge goes on with.

    Args:
        connection: as `maint_owner`.

    Returns:
        Rows of `policy_name, partition, parent, reason, upper_bound, noted_at, attach_statement,
        drop_statement`; a statement is for the table's owner to execute.
    """
    return connection.execute(
        "select policy_name, partition, parent, reason, upper_bound, noted_at, attach_statement, "
        "drop_statement from maint.stranded_partitions order by partition"
    ).fetchall()


def preview_policy(connection: Connection, name: str) -> dict[str, Any]:
    """Return what a policy would delete now.

    Args:
        connection: as `maint_owner`.
        name: of the policy.

    Returns:
        As the SQL function `preview_cleanup`: counts, range, bytes, `by_day`, `statement`.

    Raises:
        UsageError: there is no such policy.
    """
    one_policy(connection, name)
    preview: dict[str, Any] = fetch_one(
        connection, "select maint.preview_cleanup(%s) as preview", [name]
    )["preview"]
    return preview


def _words(error: psycopg.Error) -> str:
    hint = f": {error.diag.message_hint}" if error.diag.message_hint else ""
    return f"{error.diag.message_primary}{hint}"
