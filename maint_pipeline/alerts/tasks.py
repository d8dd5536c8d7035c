"""Alerts about our own tasks: those whose latest run failed, those that did not run in time.

Both are compared with the current state, so that replays and restarts change nothing; one
evaluation without the problem resolves them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.error_hints import explain

TASK_FAILED = "task_failed"
MISSED_RUN = "missed_run"

_LATEST = """
select task_name, of_task, error_message, finished_at, dagster_run_id,
    is_failing and told_by is null as is_failing
from maint.latest_runs
where task_name = any(%s::text[]) or is_part
order by task_name
"""
_RESTING = """
select name from maint.retention_policies where not maint.is_policy_enabled(name)
"""
_OPEN = """
select fingerprint from maint.known_alerts() where resolved is not true and fingerprint = any(%s)
"""


@dataclass(frozen=True)
class FailedLaunch:
    """A run that Dagster saw fail before the task could write its row.

    Attributes:
        task_name: its task.
        dagster_run_id: its run.
        failed_at: aware.
    """

    task_name: str
    dagster_run_id: str
    failed_at: datetime


@dataclass(frozen=True)
class MissedRun:
    """A task that was due and has not completed since.

    Attributes:
        task_name: the task.
        due_at: aware.
        latest: the outcome of its latest run, as text.
    """

    task_name: str
    due_at: datetime
    latest: str


@dataclass(frozen=True)
class NeverDue:
    """A task that no schedule will start, because all its ticks are in closed windows.

    Attributes:
        task_name: the task.
        reason: which windows, in words.
    """

    task_name: str
    reason: str


def sync_failed_tasks(
    connection: Connection,
    task_names: Iterable[str],
    launches: Iterable[FailedLaunch] = (),
    goes_on: Callable[[str], bool] = lambda _: False,
) -> dict[str, int]:
    """Have an open alert for each task whose latest run failed, and for no other.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        task_names: the tasks that run by schedule; the administrators' retention policies are
            added.
        launches: failures that left no row in the ledger.
        goes_on: whether a Dagster run goes on, although the process that wrote its row has
            died: until it ends, that row neither raises nor resolves an alert.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`.
    """
    latest = {
        row["task_name"]: row for row in connection.execute(_LATEST, [list(task_names)]).fetchall()
    }
    findings = {
        name: _failure(
            name, row["of_task"], row["error_message"], row["finished_at"], row["dagster_run_id"]
        )
        for name, row in latest.items()
        if row["is_failing"]
    }
    _leave_out(connection, findings, goes_on)
    resting = {row["name"] for row in connection.execute(_RESTING).fetchall()}
    for launch in launches:
        if launch.task_name in resting:
            continue
        row = latest.get(launch.task_name)
        if row is None or row["finished_at"] < launch.failed_at:
            words = "Dagster could not start it; its run page has the error"
            task = launch.task_name
            findings[task] = _failure(task, task, words, launch.failed_at, launch.dagster_run_id)
    return sync_findings(connection, TASK_FAILED, list(findings.values()))


def _leave_out(
    connection: Connection, findings: dict[str, dict[str, Any]], goes_on: Callable[[str], bool]
) -> None:
    """Take findings out whose runs go on, but for those of open alerts, which stay open."""
    unsure = {}
    for name, finding in findings.items():
        if (run_id := finding["metadata"]["dagster_run_id"]) and goes_on(run_id):
            unsure[finding["fingerprint"]] = name
    if unsure:
        rows = connection.execute(_OPEN, [list(unsure)]).fetchall()
        for fingerprint in unsure.keys() - {row["fingerprint"] for row in rows}:
            del findings[unsure[fingerprint]]


def sync_missed_runs(
    connection: Connection, missed: Iterable[MissedRun], never: Iterable[NeverDue] = ()
) -> dict[str, int]:
    """Have an open alert for each task that has not completed in time, and for no other.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        missed: all of them.
        never: those that no schedule will start.

    Returns:
        As `sync_failed_tasks`.
    """
    late = [_late(run) for run in missed]
    named = {one["object"] for one in late}
    shut_out = [_shut_out(task) for task in never if task.task_name not in named]
    return sync_findings(connection, MISSED_RUN, [*late, *shut_out])


def _shut_out(task: NeverDue) -> dict[str, Any]:
    return finding(
        MISSED_RUN,
        task.task_name,
        title=f"{task.task_name} never starts by schedule",
        detail=f"{task.reason}, so its schedule never starts it.",
        remediation="Open a maintenance window at the time of its schedule: maint windows "
        "add, or maint windows remove.",
        metadata={},
    )


def _late(run: MissedRun) -> dict[str, Any]:
    return finding(
        MISSED_RUN,
        run.task_name,
        title=f"{run.task_name} has not completed in time",
        detail=f"{run.task_name} was due at {run.due_at:%Y-%m-%d %H:%M} UTC and has not "
        f"completed since. {run.latest}",
        remediation="Check with maint doctor whether the daemon runs, and under Automation "
        f"whether the schedule is on; maint run {run.task_name} starts it now.",
        metadata={"due_at": run.due_at.isoformat()},
    )


def _failure(
    task_name: str, task: str, error: str | None, failed_at: datetime, dagster_run_id: str | None
) -> dict[str, Any]:
    message, advice = explain(error)
    return finding(
        TASK_FAILED,
        task_name,
        title=f"{task_name} failed: {shorten(message, 100, placeholder=' …')}",
        detail=f"{task_name} failed at {failed_at:%Y-%m-%d %H:%M} UTC: {message[:500]}",
        remediation=f"{advice or 'Fix what the error names.'} Then start it again: maint run "
        f"{task}. Its next success resolves this alert.",
        metadata={"dagster_run_id": dagster_run_id, "failed_at": failed_at.isoformat()},
    )


def finding(
    name: str,
    about: str,
    *,
    title: str,
    detail: str,
    remediation: str,
    metadata: dict[str, Any],
    severity: str = "high",
) -> dict[str, Any]:
    """Write a finding of maintenance's own.

    Args:
        name: of the alert's type.
        about: the task, table or disk.
        title: of the alert.
        detail: what was found, with figures.
        remediation: what to do.
        metadata: JSON values.
        severity: of the alert.
    """
    return {
        "name": name,
        "title": title,
        "severity": severity,
        "category": "maintenance",
        "object": about,
        "detail": detail,
        "remediation": remediation,
        "fingerprint": f"{name}:{about}",
        "metadata": metadata,
    }


def sync_findings(
    connection: Connection, alert_type: str, findings: list[dict[str, Any]]
) -> dict[str, int]:
    """Have an open alert for each finding of a type, and for no other.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        alert_type: of all of them.
        findings: as `finding` makes them.

    Returns:
        As `sync_failed_tasks`.
    """
    # Nothing is written where nothing changes: this is asked every few seconds.
    row = fetch_one(
        connection,
        "select maint.sync_changed_alerts(%s, %s::jsonb) as changes",
        [alert_type, json.dumps(findings)],
    )
    changes: dict[str, int] = row["changes"]
    return changes
