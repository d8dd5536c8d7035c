"""The tables that a purge walks over, and how many of their rows may have expired."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one


def purge_targets(connection: Connection, policy: str) -> list[dict[str, Any]]:
    """Give the tables with rows of a policy, of a partitioned one its partitions.

    Args:
        connection: as `maint_owner`.
        policy: its name.

    Returns:
        Rows of `target`, quoted and with its schema, and `blocks`.
    """
    return connection.execute(
        "select format('%%I.%%I', nspname, relname) as target, blocks "
        "from maint.policy_tables(%s) as relation "
        "cross join maint.purge_targets(relation) as targets "
        "join pg_catalog.pg_class on pg_class.oid = targets.target "
        "join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace order by 1",
        [policy],
    ).fetchall()


def expected_rows(
    connection: Connection, policy: str, cutoff: datetime, targets: Sequence[dict[str, Any]]
) -> int:
    """Guess from statistics how many rows will go, for the progress to be shown against.

    Args:
        connection: as `maint_owner`.
        policy: its name.
        cutoff: what is older has expired.
        targets: as `purge_targets` gives them.
    """
    query = "select maint.expected_expired(%s, %s, %s::regclass) as rows"
    return sum(
        fetch_one(connection, query, [policy, cutoff, target["target"]])["rows"] or 0
        for target in targets
    )
