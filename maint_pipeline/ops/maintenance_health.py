"""The state of maintenance: metrics, and health checks that fail and say why."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetSpec,
    Config,
    MaterializeResult,
    multi_asset,
    multi_asset_check,
)

from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.reports.health import HEALTH_CHECKS, HealthCheck, check_health, health_figures
from maint_pipeline.resources import Maintenance
from maint_pipeline.retention.tables import figures_by_table, tables_under_retention
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.task_runs.ledger import TaskRun

_OPEN_ALERTS = """
select severity, title, description, to_char(created_at, 'YYYY-MM-DD HH24:MI') as since,
    id::text as alert_id
from maint.known_alerts()
where resolved is not true
order by maint.severity_rank(severity), created_at
limit 100
"""

CHECKED = {
    "no_critical_alert": "alerts",
    "notifications_delivered": "alerts",
    "latest_runs_succeeded": "task_runs",
    "tasks_on_schedule": "task_runs",
    "checks_evaluated": "security_posture",
    "backups_sound": "backups",
    "restore_proven": "restore_test",
    "retention_kept": "retention",
}
"""The asset that each health check is about."""

HEALTH_TASK = "maintenance_health"
BACKUP_FIGURES = ("organizations_without_backup", "backups_overdue", "hours_since_proven_restore")


class HealthConfig(Config):
    """There is nothing to configure."""


@multi_asset(
    name="maintenance_health_op",
    specs=[
        AssetSpec(
            "retention",
            deps=["audit_log", "resolved_alerts", "expired_rows"],
            group_name="retention",
            description="Every table under a retention policy. Each is an asset of its own under "
            "`tables`: rows past retention, size, oldest row, last purge.",
            kinds={"postgres"},
            skippable=True,
        ),
        AssetSpec(
            "alerts",
            deps=["security_posture", "backups"],
            group_name="alerts",
            description="The open security alerts, by severity.",
            kinds={"postgres"},
            skippable=True,
        ),
        AssetSpec(
            "task_runs",
            group_name="upkeep",
            description="The runs of every maintenance task, as the ledger has them.",
            kinds={"postgres"},
            skippable=True,
        ),
    ],
    op_tags={GROUP_TAG: "reports"},
)
def maintenance_health(
    context: AssetExecutionContext, config: HealthConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Report metrics and health checks, hourly after the security checks.

    Metrics of alerts, task runs and every table under retention; asset checks that fail while
    something is wrong, and say why.
    """
    yield from maintain(context, config, maintenance, _look)


def _look(run: TaskRun) -> TaskResult:
    tables = tables_under_retention(run.connection)
    judgements = check_health(run.connection, tables)
    failing = [judgement.name for judgement in judgements if not judgement.ok]
    figures = health_figures(run.connection)
    return TaskResult(
        details={**figures, "failing_checks": len(failing)},
        summary=f"{len(failing)} failing: {', '.join(failing)}" if failing else "All checks passed",
        tables={
            "health": [
                {"check": j.name, "ok": "yes" if j.ok else "no", "why": j.reason}
                for j in sorted(judgements, key=lambda j: j.ok)
            ],
            "open_alerts": run.connection.execute(_OPEN_ALERTS).fetchall(),
        },
        by_asset=figures_by_asset(figures),
        by_table=figures_by_table(tables),
        checks=tuple(
            AssetCheckEvaluation(
                asset_key=AssetKey(CHECKED[j.name]), check_name=j.name, passed=j.ok,
                severity=_severity(j), description=j.reason, metadata=j.facts,
            )
            for j in judgements
        ),
    )  # fmt: skip


def figures_by_asset(figures: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Give the figures of a health run to the assets that they are about, by the key's last part.

    Args:
        figures: as `health_figures` gives them.
    """
    return {
        "alerts": {k: v for k, v in figures.items() if k.startswith("open_alerts_")},
        "task_runs": {k: v for k, v in figures.items() if k.endswith("_of_7_days")},
        "retention": {k: v for k, v in figures.items() if _is_of_tables(k)},
        "backups": {k: v for k, v in figures.items() if k in BACKUP_FIGURES},
    }


def _is_of_tables(figure: str) -> bool:
    return figure.startswith("rows_") or figure.endswith("_bytes")


def _severity(judgement: HealthCheck) -> AssetCheckSeverity:
    return AssetCheckSeverity.ERROR if judgement.is_urgent else AssetCheckSeverity.WARN


@multi_asset_check(
    name="maintenance_health_checks",
    specs=[
        AssetCheckSpec(name=name, asset=AssetKey(asset), description=HEALTH_CHECKS[name])
        for name, asset in CHECKED.items()
    ],
    can_subset=True,
)
def health_checks(
    context: AssetCheckExecutionContext, maintenance: Maintenance
) -> Iterator[AssetCheckResult]:
    """Evaluate the same checks when somebody presses Execute beside an asset's checks."""
    chosen = {key.name: key for key in context.selected_asset_check_keys}
    with maintenance.connect("maint health checks") as connection:
        for judgement in check_health(connection):
            if key := chosen.get(judgement.name):
                yield AssetCheckResult(
                    asset_key=key.asset_key, check_name=key.name, passed=judgement.ok,
                    severity=_severity(judgement), description=judgement.reason,
                    metadata=judgement.facts,
                )  # fmt: skip


job = task_job(maintenance_health, HealthConfig)
schedule = task_schedule(job, "10 * * * *")
