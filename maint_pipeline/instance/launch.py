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
    JobDefinition,
    JobExecutionResult,
    RunsFilter,
    build_reconstructable_job,
    execute_job,
    validate_run_config,
)
from sqlalchemy.exc import SQLAlchemyError

from maint_pipeline.database.connection import connect
from maint_pipeline.database.identity import operating_system_user
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.ops import all_tasks
from maint_pipeline.ops.running import TRIGGER_TAG, USER_TAG
from maint_pipeline.ops.task import Task

LAUNCH_TAG = ".dagster/maint_launch"  # hidden in the UI: it says nothing to people
_POLL_SECONDS = 0.5
# Dagster's own UI finds the runs of a code location's job by this tag.
_REPOSITORY_TAG = {".dagster/repository": "__repository__@maint_pipeline"}

# Dagster's console log would tear the progress display; the run page has it all.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}

Display = Callable[[Mapping[str, Any]], None]


class TaskFailedError(MaintError):
    """The task failed."""


def job_named(name: str) -> JobDefinition:
    """Give the job of a task with its resources; Dagster calls this to rebuild it."""
    from maint_pipeline.definitions import defs  # noqa: PLC0415 - reads the settings

    return defs.resolve_job_def(name)


def task_named(name: str) -> Task:
    """Give a task.

    Raises:
        UsageError: there is none of this name; the message has all names.
    """
    tasks = all_tasks()
    if name not in tasks:
        raise UsageError(f"There is no task {name}. Tasks: {', '.join(tasks)}.")
    return tasks[name]


def run_task(
    task_name: str, values: Mapping[str, Any], application_url: str, display: Display
) -> dict[str, Any]:
    """Run a task's job to its end.

    Args:
        task_name: the task.
        values: its config, by field name.
        application_url: where the ledger is.
        display: shown the progress figures that the worker reports.

    Returns:
        The ledger's row, with `duration_seconds` and `dagster_run_id`.

    Raises:
        UsageError: there is no such task, or a value is not allowed.
        TaskFailedError: the run failed before it could be recorded, or Dagster's storage did; the
            message says why.
    """
    task_named(task_name)
    run_config = {"ops": {task_name: {"config": dict(values)}}, **_QUIET}
    try:
        validate_run_config(job_named(task_name), run_config)
    except DagsterInvalidConfigError as error:
        raise UsageError(str(error)) from None

    # Before there is a run: a database that was never migrated is no failed run.
    connect(application_url, application_name="maint run").close()
    try:
        return _run(task_name, run_config, application_url, display)
    except SQLAlchemyError as error:
        # Full, away, read-only: what it says itself is the first line.
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise TaskFailedError(
            f"Dagster's storage failed: {reason}\nmaint history shows how far the task came."
        ) from None


def _run(
    task_name: str, run_config: Mapping[str, Any], application_url: str, display: Display
) -> dict[str, Any]:
    launch_id = str(uuid4())
    with DagsterInstance.get() as instance:
        with (
            _hang_up_cancels(),
            _watching(instance, launch_id, task_name, application_url, display),
        ):
            result = execute_job(
                build_reconstructable_job(__name__, "job_named", (task_name,)),
                instance=instance,
                run_config=run_config,
                tags={
                    TRIGGER_TAG: "cli",
                    USER_TAG: operating_system_user(),
                    LAUNCH_TAG: launch_id,
                    **_REPOSITORY_TAG,
                },
            )
        row = _ledger_row(application_url, result.run_id)
        if row is None:
            raise TaskFailedError(_failure_message(result))
    return row


def _failure_message(result: JobExecutionResult) -> str:
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
    launch_id: str,
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
                is_unwanted = _cancel_requested(instance, launch_id)
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


def _cancel_requested(instance: DagsterInstance, launch_id: str) -> bool:
    wanted = (DagsterRunStatus.CANCELING, DagsterRunStatus.CANCELED)
    return bool(
        instance.get_runs(RunsFilter(tags={LAUNCH_TAG: launch_id}, statuses=list(wanted)), limit=1)
    )
