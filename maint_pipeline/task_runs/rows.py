"""Rows of `public.maintenance_task_runs`, by the SQL functions of database/sql/20_ledger.sql.

The SQL tasks use the same ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.task_runs.context import Outcome, RunContext


def lock_name(connection: Connection, task_name: str) -> str:
    """Give the name of the lock that a run of a task holds."""
    return str(fetch_one(connection, "select maint.task_lock(%s) as name", [task_name])["name"])


def skip(
    connection: Connection, task_name: str, context: RunContext, parent_id: UUID | None
) -> Outcome:
    """Record a run that found its task held by another, and return why."""
    row = fetch_one(
        connection,
        "select id, reason from maint.record_skipped_task_run(%s, %s, %s, %s)",
        [task_name, context.trigger, context.dagster_run_id, parent_id],
    )
    return Outcome(row["id"], "skipped", {"reason": row["reason"]})


def close_lost_runs_of(connection: Connection, task_name: str) -> list[UUID]:
    """Close the running rows of a task whose workers have ended; return their ids."""
    rows = connection.execute(
        "select id from maint.close_lost_task_runs(%s) as id", [task_name]
    ).fetchall()
    return [row["id"] for row in rows]


def begin(
    connection: Connection, task_name: str, context: RunContext, parent_id: UUID | None
) -> UUID:
    """Add the row of a run that begins, and return its id."""
    marks = json.dumps(context.marks)
    row = fetch_one(
        connection,
        "select maint.begin_task_run(%s, %s, %s, %s::jsonb, %s) as id",
        [task_name, context.trigger, context.dagster_run_id, marks, parent_id],
    )
    task_id: UUID = row["id"]
    return task_id


def finish(
    connection: Connection,
    task_id: UUID,
    status: str,
    details: Mapping[str, Any],
    error_message: str | None,
) -> None:
    """Record how a run ended."""
    connection.execute(
        "select maint.finish_task_run(%s, %s, %s::jsonb, %s)",
        [task_id, status, json.dumps(details, default=str), error_message],
    )


def close_lost_runs(connection: Connection) -> list[dict[str, Any]]:
    """Close every running row whose worker has ended.

    Args:
        connection: in autocommit mode, as `maint_owner`.

    Returns:
        A row with `id`, `task_name` and `dagster_run_id` for each that was closed.
    """
    return connection.execute(
        "select id, task_name, dagster_run_id from maint.close_all_lost_task_runs()"
    ).fetchall()
