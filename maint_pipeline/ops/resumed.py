"""Which databases a run leaves out, because it, or the run that it resumes, is done with them."""

from __future__ import annotations

from collections.abc import Sequence

from dagster import OpExecutionContext, RunsFilter

from maint_pipeline.database.connection import Connection
from maint_pipeline.instance.tags import RESUMED_TAG, ROOT_TAG

_COMPLETED = """
select dagster_run_id, finished_at
from public.maintenance_task_runs
where task_name = %s and started_at > now() - interval '7 days'
    and dagster_run_id = any(%s) and status = 'completed'
limit 1
"""


def runs_resumed(context: OpExecutionContext) -> list[str]:
    """Give the ids of a run and of those that it resumes, by a retry or "from failure".

    Somebody who starts a whole run again means all of it.

    Args:
        context: of the op.
    """
    tags = context.run.tags
    root = tags.get(ROOT_TAG)
    if root is None or tags.get(RESUMED_TAG) != "true":
        return [context.run_id]
    group = context.instance.get_run_records(RunsFilter(tags={ROOT_TAG: root}))
    return list({root, context.run_id, *(record.dagster_run.run_id for record in group)})


def completed_earlier(
    connection: Connection, task: str, runs: Sequence[str]
) -> dict[str, str] | None:
    """Say that a database is done already.

    Args:
        connection: to it, as `maint_owner`.
        task: name of the task.
        runs: ids of Dagster's runs, any of which may have done it.

    Returns:
        What to show of it; None where it is not done.
    """
    row = connection.execute(_COMPLETED, [task, list(runs)]).fetchone()
    if row is None:
        return None
    return {
        "status": "completed",
        "reason": f"done at {row['finished_at']:%Y-%m-%d %H:%M:%S} UTC by the run "
        f"{row['dagster_run_id']}",
    }
