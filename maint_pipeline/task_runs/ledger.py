"""The life of a task run, recorded in `public.maintenance_task_runs`.

The work itself is handed in; Dagster stays outside, so that the life cycle can be tested alone.
The statements are the SQL functions of database/sql/20_ledger.sql, which the SQL tasks use too.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

import psycopg

from maint_pipeline.database.connection import (
    Connection,
    canceling_on_interrupt,
    connect,
    fetch_one,
)
from maint_pipeline.database.identity import declare_user
from maint_pipeline.database.locks import lock_held, naming_lock_holders
from maint_pipeline.errors import MaintError, NotApplicableError, UsageError
from maint_pipeline.task_runs.results import progress_in_words

_logger = logging.getLogger(__name__)

PROGRESS_INTERVAL_SECONDS = 1.0
LOG_INTERVAL_SECONDS = 10.0
"""The ledger shows the latest figures only; each line of a log stays."""


@dataclass(frozen=True)
class RunContext:
    """What started a task run.

    Attributes:
        trigger: `schedule`, `sensor`, `manual` or `cli`.
        dagster_run_id: its run in Dagster.
        until: when its maintenance window closes, if one binds it.
        user: who launched it, as far as anybody said so.
        dry_run: whether it only looks.
        on_request: whether its task runs only when somebody asks for it.
    """

    trigger: str
    dagster_run_id: str | None = None
    until: datetime | None = None
    user: str | None = None
    dry_run: bool = False
    on_request: bool = False

    @property
    def marks(self) -> dict[str, bool]:
        """What the ledger's row says from the start: why the run doesn't count for its task."""
        marks = {"dry_run": self.dry_run, "on_request": self.on_request}
        return {name: True for name, is_so in marks.items() if is_so}


@dataclass(frozen=True)
class Outcome:
    """How a task run ended, `completed` or `skipped`; a failure is raised instead."""

    task_id: UUID
    status: str
    details: Mapping[str, Any]


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
        lock_held(connection, _lock_name(connection, task_name)) as ours,
    ):
        declare_user(connection, context.user)
        if not ours:
            return _skip(connection, task_name, context, parent_id)
        for lost in _close_lost(connection, task_name):
            log(f"closed the run {lost}, whose worker was lost")
        task_id = _begin(connection, task_name, context, parent_id)
        return _work(TaskRun(task_id, task_name, url, connection, context, log), work)


def _work(run: TaskRun, work: Callable[[TaskRun], Mapping[str, Any]]) -> Outcome:
    try:
        with naming_lock_holders(run.url), canceling_on_interrupt(run.connection):
            details = dict(work(run))
        _finish(run.connection, run.id, "completed", details, None)
    except NotApplicableError as nothing_to_do:
        details = {"reason": str(nothing_to_do)}
        _finish(run.connection, run.id, "skipped", details, None)
        return Outcome(run.id, "skipped", details)
    except BaseException as error:
        # The lock is still ours here, so nobody takes this row for a lost one meanwhile.
        _record_failure(run.url, run, error)
        raise
    return Outcome(run.id, "completed", details)


def _lock_name(connection: Connection, task_name: str) -> str:
    return str(fetch_one(connection, "select maint.task_lock(%s) as name", [task_name])["name"])


def _skip(
    connection: Connection, task_name: str, context: RunContext, parent_id: UUID | None
) -> Outcome:
    row = fetch_one(
        connection,
        "select id, reason from maint.record_skipped_task_run(%s, %s, %s, %s)",
        [task_name, context.trigger, context.dagster_run_id, parent_id],
    )
    return Outcome(row["id"], "skipped", {"reason": row["reason"]})


def _close_lost(connection: Connection, task_name: str) -> list[UUID]:
    rows = connection.execute(
        "select id from maint.close_lost_task_runs(%s) as id", [task_name]
    ).fetchall()
    return [row["id"] for row in rows]


def _begin(
    connection: Connection, task_name: str, context: RunContext, parent_id: UUID | None
) -> UUID:
    marks = json.dumps(context.marks)
    row = fetch_one(
        connection,
        "select maint.begin_task_run(%s, %s, %s, %s::jsonb, %s) as id",
        [task_name, context.trigger, context.dagster_run_id, marks, parent_id],
    )
    task_id: UUID = row["id"]
    return task_id


def _finish(
    connection: Connection,
    task_id: UUID,
    status: str,
    details: Mapping[str, Any],
    error_message: str | None,
) -> None:
    connection.execute(
        "select maint.finish_task_run(%s, %s, %s::jsonb, %s)",
        [task_id, status, json.dumps(details, default=str), error_message],
    )


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
            _finish(connection, run.id, status, done, message)
    except (psycopg.Error, MaintError) as unrecorded:
        # The row stays `running` until the next look finds its lock free.
        _logger.error("the outcome of task run %s was not recorded: %s", run.id, unrecorded)


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
