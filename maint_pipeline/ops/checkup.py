"""What the tasks that run checks share: progress, and a table of findings for the run page."""

from __future__ import annotations

from typing import Any

from dagster import Config

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.checks.run import CheckResult, run_checks
from maint_pipeline.ops.recording import TaskResult
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.task_runs.turn import Turn

_NEW_ALERTS = """
select alert.severity, alert.description, alert.id::text as alert_id
from public.maintenance_task_runs as run
join maint.known_alerts() as alert
    on alert.created_at >= run.started_at
    and alert.details ->> 'dagster_run_id' = run.dagster_run_id
where run.id = %s and alert.resolved is not true
order by maint.severity_rank(alert.severity),
    alert.created_at
limit 100
"""
_FINDING_COLUMNS = ("severity", "name", "detail")


class CheckupConfig(Config):
    """A task that runs checks has nothing to configure: its thresholds are the checks' own."""


def checkup(run: TaskRun, category: str, turn: Turn | None = None) -> TaskResult:
    """Run the enabled checks of a category.

    Args:
        run: the task run.
        category: `security`, `backups` or `health`.
        turn: of the database, where the run works through several: another one may look at the
            server.

    Returns:
        The summary as details; tables of the findings and of the checks.
    """

    def show(result: CheckResult, done: int, total: int) -> None:
        run.log(f"{result['check']}: {result['status']}, {result['findings']} findings")
        run.report(fraction=round(done / total, 3), checks=done)

    server_in = turn.server_in(run.connection) if turn else None
    summary, results = run_checks(run.connection, category, show, server_in)
    findings = [_row(finding) for result in results for finding in result["sample"]]
    findings.sort(key=lambda row: SEVERITIES.index(row["severity"]))
    platform = [_row(finding) for result in results for finding in result["platform_sample"]]
    return TaskResult(
        details=summary,
        summary=f"{summary['findings']} findings, {summary['alerts_created']} new alerts, "
        f"{summary['alerts_resolved']} resolved"
        + (f"; {count} on objects of the platform" if (count := _count(summary)) else ""),
        tables={
            "new_alerts": _new_alerts(run),
            "findings_table": findings,
            "findings_of_the_platform": platform,
            "checks": _overview(results),
        },
    )


def _count(summary: dict[str, Any]) -> int:
    """Count the findings on what only the platform's provider can change: they raise no alert."""
    return sum(summary["of_the_platform"].values())


def _new_alerts(run: TaskRun) -> list[dict[str, Any]]:
    """Give the alerts that this run raised."""
    return run.connection.execute(_NEW_ALERTS, [run.id]).fetchall()


def _row(finding: dict[str, Any]) -> dict[str, Any]:
    # Who is concerned comes first: an organization's name, or the object itself.
    concerned = finding["metadata"].get("organization") or finding["object"]
    remedy = finding["metadata"].get("fix") or finding["remediation"]
    shown = {column: finding[column] for column in _FINDING_COLUMNS}
    return {"concerns": concerned, **shown, "remediation": remedy}


def _overview(results: list[CheckResult]) -> list[dict[str, Any]]:
    columns = ("check", "status", "findings", "alerts_created", "alerts_resolved", "problem")
    return [{column: result[column] for column in columns} for result in results]
