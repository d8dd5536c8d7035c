"""The table that archived rows go back to."""

from __future__ import annotations

from maint_pipeline.database.connection import Connection
from maint_pipeline.errors import UsageError


def target_of(connection: Connection, policy: str, into: str | None) -> tuple[str, str]:
    """Find the table that rows of a policy go back to.

    Args:
        connection: as `maint_owner`.
        policy: its name.
        into: another table with the same columns, as SQL writes it; None for the policy's own.

    Returns:
        The table, quoted and with its schema, and the policy's time column.

    Raises:
        UsageError: there is no such policy, or no such table.
    """
    row = connection.execute(
        "select time_column, (select format('%%I.%%I', nspname, relname) from pg_catalog.pg_class "
        "join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = "
        "coalesce(to_regclass(%(into)s), to_regclass('public.' || %(into)s), "
        "case when %(into)s::text is null then maint.policy_table(name) end)) as relation "
        "from maint.retention_policies where name = %(policy)s",
        {"policy": policy, "into": into},
    ).fetchone()
    if row is None:
        raise UsageError(f"There is no retention policy {policy}. maint policies lists them.")
    if row["relation"] is None:
        raise UsageError(f"There is no table {into or f'of the policy {policy}'} to restore into.")
    return row["relation"], row["time_column"]
