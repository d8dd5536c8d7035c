"""Closing task runs whose worker died, so that no row says `running` for long.

It reads the ledger and its locks, not Dagster's events: so it also finds what was started
from a command line, what died together with the code server, and what it missed while it was down.
"""

from dagster import DagsterInstance

from maint_pipeline.database.connection import Connection
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.task_runs.rows import close_lost_runs


def close_lost(connection: Connection, instance: DagsterInstance, host: DagsterHost) -> str:
    """Mark task runs as failed whose process or connection has ended, in Dagster too.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        instance: where their Dagster runs are.
        host: which knows whether Dagster resumes such runs; it also fails those it can't.

    Returns:
        Which were closed, in words; empty where none was.
    """
    closed = close_lost_runs(connection)
    for run in closed:
        _end_in_dagster(instance, host, run["dagster_run_id"])
    names = ", ".join(f"{run['task_name']} {run['id']}" for run in closed)
    return f"Closed as failed (worker lost): {names}." if closed else ""


def _end_in_dagster(instance: DagsterInstance, host: DagsterHost, run_id: str | None) -> None:
    """End the run in Dagster too, which can't detect that a process or a whole machine died."""
    run = instance.get_run_by_id(run_id) if run_id else None
    if run and not run.is_finished and not host.resumes(instance, run):
        instance.report_run_failed(run, "Worker lost: its process ended unexpectedly.")
