"""Metrics for Prometheus, read from the database at each scrape.

What is exposed is documented in docs/metrics.md; the SQL views behind it are in
database/sql/65_metrics.sql.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
    SummaryMetricFamily,
)
from prometheus_client.exposition import generate_latest, write_to_textfile
from prometheus_client.registry import Collector

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.database.connection import Connection
from maint_pipeline.reports.storage_metrics import storage_metrics
from maint_pipeline.storage.latest import latest_forecasts

_MOST_TABLES = 21
"""Those that grow most, and the disk: a metric of each of 10,000 tables would be too many."""

Connect = Callable[[], AbstractContextManager[Connection]]

_ADD_UP = "select maint.add_up_task_runs()"
_TASKS = """
select task_name, status, sum(runs)::bigint as runs, sum(rows_deleted)::float8 as rows_deleted,
    sum(seconds)::float8 as seconds
from (
    select task_name, status, runs, rows_deleted, seconds from maint.task_totals
    union all
    select task_name, status, count(*) filter (where not is_part),
        coalesce(sum(rows_deleted), 0),
        coalesce(sum(extract(epoch from finished_at - started_at)) filter (where not is_part), 0)
    from maint.run_figures
    where started_at >= (select until from maint.task_totals_until)
    group by task_name, status
) as added
group by task_name, status
order by task_name, status
"""
_STATE = """
select task_name, last_completed_at, is_failing from maint.task_state
"""
_ALERTS = "select severity, sum(open)::float8 as open from maint.alert_state group by severity"
_BACKUPS = """
select without_backup, overdue, failed, shrunk, empty, last_proven_at from maint.backup_state
"""
_CHECKS = """
select name as check, category, findings, status from maint.checks
join maint.check_results on check_name = name
where enabled order by name
"""
_NOTIFICATIONS = """
select channel, state, count(*)::float8 as count from maint.notifications
where state in ('waiting', 'dead') group by channel, state
"""
_TABLES = """
select policy.name as policy, pg_total_relation_size(table_oid)::float8 as bytes
from maint.enabled_policies as policy
cross join lateral to_regclass(format('%I.%I', table_schema, table_name)) as table_oid
where table_oid is not null
"""


class MaintenanceCollector(Collector):
    """Asks the database at each scrape, so that a figure is never older than its answer."""

    def __init__(self, opened: Connect) -> None:
        """Take what opens a connection as `maint_owner` for the time of a scrape."""
        self._opened = opened

    def collect(self) -> Iterable[Metric]:
        """Give all metrics."""
        with self._opened() as connection:
            connection.execute(_ADD_UP)
            yield from _task_metrics(connection.execute(_TASKS).fetchall())
            yield from _state_metrics(connection.execute(_STATE).fetchall())
            yield _alert_metric(connection.execute(_ALERTS).fetchall())
            yield from _backup_metrics(connection.execute(_BACKUPS).fetchall())
            yield from _check_metrics(connection.execute(_CHECKS).fetchall())
            yield _gauge(
                "maint_notifications", "Notifications that wait or were given up.",
                connection.execute(_NOTIFICATIONS).fetchall(), ("channel", "state"), "count",
            )  # fmt: skip
            yield _gauge(
                "maint_policy_table_bytes", "Size of a policy's table with its indexes.",
                connection.execute(_TABLES).fetchall(), ("policy",), "bytes",
            )  # fmt: skip
            yield from storage_metrics(latest_forecasts(connection, _MOST_TABLES))


def exposition(collector: Collector) -> str:
    """Give all metrics in Prometheus's text format.

    Args:
        collector: such as `MaintenanceCollector`.
    """
    return generate_latest(_registry(collector)).decode()


def write_textfile(collector: Collector, path: Path) -> None:
    """Write them for node_exporter's textfile collector, whole or not at all.

    Args:
        collector: as above.
        path: a file whose name ends in .prom.
    """
    write_to_textfile(str(path), _registry(collector))


def _registry(collector: Collector) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(collector)
    return registry


def _task_metrics(rows: list[dict[str, Any]]) -> Iterator[Metric]:
    runs = CounterMetricFamily(
        "maint_task_runs", "Task runs by outcome.", labels=["task", "status"]
    )
    deleted = CounterMetricFamily(
        "maint_rows_deleted", "Rows that a task deleted.", labels=["task"]
    )
    seconds = SummaryMetricFamily(
        "maint_task_duration_seconds", "Duration of completed runs.", labels=["task"]
    )
    sums: dict[str, float] = {}
    for row in rows:
        if row["status"] != "running" and row["runs"]:
            runs.add_metric([row["task_name"], row["status"]], row["runs"])
        sums[row["task_name"]] = sums.get(row["task_name"], 0) + row["rows_deleted"]
        if row["status"] == "completed" and row["runs"]:
            seconds.add_metric([row["task_name"]], row["runs"], row["seconds"])
    for task, count in sums.items():
        deleted.add_metric([task], count)
    yield from (runs, deleted, seconds)


def _state_metrics(rows: list[dict[str, Any]]) -> Iterator[Metric]:
    completed = GaugeMetricFamily(
        "maint_task_last_completion_timestamp_seconds", "When a task completed last.",
        labels=["task"],
    )  # fmt: skip
    failing = GaugeMetricFamily(
        "maint_task_last_run_failed", "1 if a task's latest run failed.", labels=["task"]
    )
    for row in rows:
        if row["last_completed_at"]:
            completed.add_metric([row["task_name"]], row["last_completed_at"].timestamp())
        failing.add_metric([row["task_name"]], float(row["is_failing"]))
    yield from (completed, failing)


def _alert_metric(rows: list[dict[str, Any]]) -> Metric:
    counts = {severity: 0.0 for severity in SEVERITIES} | {r["severity"]: r["open"] for r in rows}
    family = GaugeMetricFamily("maint_open_alerts", "Open alerts.", labels=["severity"])
    for severity, count in counts.items():
        family.add_metric([severity], count)
    return family


def _backup_metrics(rows: list[dict[str, Any]]) -> Iterator[Metric]:
    (row,) = rows
    problems = GaugeMetricFamily(
        "maint_organizations_with_backup_problem", "Organizations by what is wrong.",
        labels=["problem"],
    )  # fmt: skip
    for problem in ("without_backup", "overdue", "failed", "shrunk", "empty"):
        if row[problem] is not None:
            problems.add_metric([problem], row[problem])
    yield problems
    proven: datetime | None = row["last_proven_at"]
    if proven:
        yield GaugeMetricFamily(
            "maint_last_proven_restore_timestamp_seconds",
            "When a backup was last restored successfully.",
            value=proven.timestamp(),
        )  # fmt: skip


def _check_metrics(rows: list[dict[str, Any]]) -> Iterator[Metric]:
    applicable = [row for row in rows if row["status"] in ("passed", "findings")]
    yield _gauge(
        "maint_check_findings", "Findings of a check.", applicable, ("check", "category"),
        "findings",
    )  # fmt: skip
    states = GaugeMetricFamily("maint_checks", "Checks by their latest result.", labels=["status"])
    for status in ("passed", "findings", "not_applicable", "failed"):
        states.add_metric([status], sum(row["status"] == status for row in rows))
    yield states


def _gauge(
    name: str, documentation: str, rows: list[dict[str, Any]], columns: tuple[str, ...], value: str
) -> Metric:
    family = GaugeMetricFamily(name, documentation, labels=list(columns))
    for row in rows:
        family.add_metric([str(row[column]) for column in columns], float(row[value]))
    return family
