"""Running a task's job through Dagster in this process, for the command line.

The run appears in Dagster's history like any other; progress is read from the ledger, where the
worker writes it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import psycopg
from dagster import (
    DagsterError,
    DagsterEvent,
    DagsterInstance,
    DagsterInvalidConfigError,
    DagsterRunStatus,
    ExecuteInProcessResult,
    JobDefinition,
    validate_run_config,
)
from sqlalchemy.exc import SQLAlchemyError

from maint_pipeline.database.connection import connect
from maint_pipeline.database.identity import operating_system_user
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.instance.internals.names import REPOSITORY_TAG
from maint_pipeline.instance.tags import TRIGGER_TAG, USER_TAG

_POLL_SECONDS = 0.5

# Dagster's console log would tear the progress display; the run page has it all.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

Display = Callable[[Mapping[str, Any]], None]


class TaskFailedError(MaintError):
    """The task failed."""


def run_task(
    job: JobDefinition, values: Mapping[str, Any], application_url: str, display: Display
) -> dict[str, Any]:
    """Run a task's job to its end.

    Args:
        job: of the task, with its resources.
        values: its config, by field name.
        application_url: where the ledger is.
        display: shown the progress figures that the worker reports.

    Returns:
        The ledger's row, with `duration_seconds` and `dagster_run_id`.

    Raises:
        UsageError: a value is not allowed.
        TaskFailedError: the run failed before it could be recorded, or Dagster's storage did; the
            message says why.
    """
    run_config = {"ops": {job.name: {"config": dict(values)}}, **_QUIET}
    try:
        validate_run_config(job, run_config)
    except DagsterInvalidConfigError as error:
        raise UsageError(str(error)) from None

    # Before there is a run: a database that was never migrated is no failed run.
    connect(application_url, application_name="maint run").close()
    try:
        return _run(job, run_config, application_url, display)
    except SQLAlchemyError as error:
        # Full, away, read-only: what it says itself is the first line.
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise TaskFailedError(
            f"Dagster's storage failed: {reason}\nmaint history shows how far the task came."
        ) from None


def _run(
    job: JobDefinition, run_config: Mapping[str, Any], application_url: str, display: Display
) -> dict[str, Any]:
    run_id = str(uuid4())
    tags = {TRIGGER_TAG: "cli", USER_TAG: operating_system_user(), **REPOSITORY_TAG}
    with DagsterInstance.get() as instance:
        with (
            _hang_up_cancels(),
            _watching(instance, run_id, job.name, application_url, display),
        ):
            result = job.execute_in_process(
                run_config=run_config,
                instance=instance,
                run_id=run_id,
                tags=tags,
                raise_on_error=False,
            )
        row = _ledger_row(application_url, result.run_id)
        if row is None:
            raise TaskFailedError(_failure_message(result))
    return row


def _failure_message(result: ExecuteInProcessResult) -> str:
    errors = [event.step_failure_data.error for event in result.filter_events(_is_step_failure)]
    # The error that Dagster wraps is the informative one.
    causes = [(error.cause or error).message.strip() for error in errors if error]
    return "; ".join(causes) or "The run failed before its task could start."


def _is_step_failure(event: DagsterEvent) -> bool:
    return event.is_step_failure


def _ledger_row(application_url: str, dagster_run_id: str) -> dict[str, Any] | None:
    with closing(connect(application_url, application_name="maint run")) as connection:
        return connection.execute(
            "select id, task_name, started_at, finished_at, status, details, error_message, "
            "extract(epoch from finished_at - started_at)::float8 as duration_seconds, "
            "dagster_run_id from public.maintenance_task_runs where dagster_run_id = %s",
            [dagster_run_id],
        ).fetchone()


@contextmanager
def _hang_up_cancels() -> Iterator[None]:
    """Have a closed terminal cancel the run as Ctrl-C does, but not under nohup."""
    before = signal.getsignal(signal.SIGHUP)
    if before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGHUP, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


@contextmanager
def _watching(
    instance: DagsterInstance,
    run_id: str,
    task_name: str,
    application_url: str,
    display: Display,
) -> Iterator[None]:
    """Show progress from a thread, and end the run when the UI asks for that."""
    done = Event()

    def watch() -> None:
        while not done.wait(_POLL_SECONDS):
            # The databases may be away for a while. The run itself reports what that means for it.
            with suppress(psycopg.Error, MaintError, SQLAlchemyError, DagsterError):
                follow()

    def follow() -> None:
        with closing(connect(application_url, application_name="maint run progress")) as connection:
            while not done.wait(_POLL_SECONDS):
                # In this order: a run that was interrupted here closes its row before it informs
                # Dagster, and must not be interrupted again.
                is_unwanted = _cancel_requested(instance, run_id)
                row = connection.execute(
                    "select details -> 'progress' as progress from public.maintenance_task_runs "
                    "where task_name = %s and status = 'running'",
                    [task_name],
                ).fetchone()
                if row and is_unwanted:
                    # The UI can't reach this process: no code server started it.
                    os.kill(os.getpid(), signal.SIGINT)
                    done.set()
                    return
                if row and row["progress"]:
                    display(row["progress"])

    watcher = Thread(target=watch, name="maint run progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _cancel_requested(instance: DagsterInstance, run_id: str) -> bool:
    run = instance.get_run_by_id(run_id)
    return run is not None and run.status in (
        DagsterRunStatus.CANCELING,
        DagsterRunStatus.CANCELED,
    )
