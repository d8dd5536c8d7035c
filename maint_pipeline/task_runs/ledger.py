"""The life of a task run, recorded in `public.maintenance_task_runs`.

The work itself is handed in; Dagster stays outside, so that the life cycle can be tested alone.
Its statements are in rows.py.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg

from maint_pipeline.database.connection import Connection, canceling_on_interrupt, connect
from maint_pipeline.database.identity import declare_user
from maint_pipeline.database.locks import lock_held, naming_lock_holders
from maint_pipeline.errors import MaintError, NotApplicableError, UsageError
from maint_pipeline.task_runs import rows
from maint_pipeline.task_runs.context import Outcome, RunContext
from maint_pipeline.task_runs.results import progress_in_words

_logger = logging.getLogger(__name__)

PROGRESS_INTERVAL_SECONDS = 1.0
LOG_INTERVAL_SECONDS = 10.0
"""The ledger shows the latest figures only; each line of a log stays."""


@dataclass
class TaskRun:
    """A running task run: its connection holds the lock of the task as long as it lives."""

    id: UUID
    task_name: str
    url: str
    connection: Connection
    context: RunContext
    log: Callable[[str], None] = lambda message: None
    latest_progress: Mapping[str, Any] | None = field(default=None, init=False)
    _reported_at: float = field(default=0.0, init=False)
    _logged_at: float = field(default=0.0, init=False)

    def report(self, **progress: Any) -> None:
        """Show progress in the ledger's `details` once a second, in the log every ten, at most.

        Args:
            progress: figures such as `fraction` (0 to 1) and `deleted_count`.
        """
        self.latest_progress = progress
        if monotonic() - self._reported_at < PROGRESS_INTERVAL_SECONDS:
            return
        self._reported_at = monotonic()
        self.note(progress=progress)
        if monotonic() - self._logged_at >= LOG_INTERVAL_SECONDS:
            self._logged_at = monotonic()
            self.log(progress_in_words(progress))

    def note(self, **details: Any) -> None:
        """Put details into the ledger's row that stay there however the run ends.

        Args:
            details: JSON values.
        """
        self.connection.execute(
            "select maint.report_progress(%s, %s::jsonb)", [self.id, json.dumps(details)]
        )

    def part(self, name: str, work: Callable[[TaskRun], Mapping[str, Any]]) -> Outcome:
        """Do a part of the work under a lock and with a ledger row of its own.

        Args:
            name: of the part; its row has the task name `TASK:NAME`.
            work: as for `run_recorded`.

        Returns:
            As `run_recorded`.

        Raises:
            BaseException: as `run_recorded`.
        """
        name = f"{self.task_name}:{name}"
        return run_recorded(self.url, name, self.context, work, self.log, parent_id=self.id)


def run_recorded(
    url: str,
    task_name: str,
    context: RunContext,
    work: Callable[[TaskRun], Mapping[str, Any]],
    log: Callable[[str], None] = lambda message: None,
    *,
    parent_id: UUID | None = None,
) -> Outcome:
    """Do the work of a task under its lock, and record the outcome.

    Args:
        url: libpq URL of the application database, a session connection (no transaction pooler).
        task_name: the task.
        context: what started it.
        work: gets the run, returns the `details` to record.
        log: called with a line of text for each event.
        parent_id: of the run that this one is a part of, if it is one.

    Returns:
        `completed` with the details, or `skipped` with the reason: another run is running, or the
        work raised `NotApplicableError`.

    Raises:
        LockedError: others held a lock for too long, on a table of the application for example.
        Exception: whatever else the work raised, after it was recorded as `failed`.
        BaseException: an interruption, after it was recorded as `canceled`.
    """
    with (
        naming_lock_holders(url),
        closing(connect(url, application_name=f"maint {task_name}")) as connection,
        lock_held(connection, rows.lock_name(connection, task_name)) as ours,
    ):
        declare_user(connection, context.user)
        if not ours:
            return rows.skip(connection, task_name, context, parent_id)
        for lost in rows.close_lost_runs_of(connection, task_name):
            log(f"closed the run {lost}, whose worker was lost")
        task_id = rows.begin(connection, task_name, context, parent_id)
        return _work(TaskRun(task_id, task_name, url, connection, context, log), work)


def _work(run: TaskRun, work: Callable[[TaskRun], Mapping[str, Any]]) -> Outcome:
    try:
        with naming_lock_holders(run.url), canceling_on_interrupt(run.connection):
            details = dict(work(run))
        rows.finish(run.connection, run.id, "completed", details, None)
    except NotApplicableError as nothing_to_do:
        details = {"reason": str(nothing_to_do)}
        rows.finish(run.connection, run.id, "skipped", details, None)
        return Outcome(run.id, "skipped", details)
    except BaseException as error:
        # The lock is still ours here, so nobody takes this row for a lost one meanwhile.
        _record_failure(run.url, run, error)
        raise
    return Outcome(run.id, "completed", details)


def _record_failure(url: str, run: TaskRun, error: BaseException) -> None:
    """Record on a connection of its own: the one that worked may be busy, broken or gone."""
    done: dict[str, Any] = {}
    if run.latest_progress is not None:
        done["progress"] = run.latest_progress
    if isinstance(error, UsageError):
        done["wrong_usage"] = True  # the task works; the caller sees the error
    status = "failed" if isinstance(error, Exception) else "canceled"
    if status == "canceled":
        message = "canceled: the run was interrupted before it was done"
    elif isinstance(error, MaintError):
        message = str(error)
    else:
        message = f"{type(error).__name__}: {error}"
    try:
        with closing(connect(url, application_name="maint ledger")) as connection:
            rows.finish(connection, run.id, status, done, message)
    except (psycopg.Error, MaintError) as unrecorded:
        # The row stays `running` until the next look finds its lock free.
        _logger.error("the outcome of task run %s was not recorded: %s", run.id, unrecorded)
