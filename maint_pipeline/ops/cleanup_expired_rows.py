"""The administrators' own retention policies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from dagster import AssetExecutionContext, AssetSpec, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.database.connection import fetch_one
from maint_pipeline.errors import MaintError, NotApplicableError, UsageError
from maint_pipeline.instance.tags import GROUP_TAG, HEAVY_TAG
from maint_pipeline.ops.cleanup import CleanupConfig, cleanup
from maint_pipeline.ops.jobs import dry_run_job, task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun


class PoliciesFailedError(MaintError):
    """Some retention policies could not be applied."""


class ExpiredRowsConfig(CleanupConfig):
    """How the cleanups of policies work, and of which policy."""

    policy: str | None = Field(
        default=None, description="Only this policy. Null: every enabled one, in order of names."
    )


@multi_asset(
    name="cleanup_expired_rows_op",
    specs=[
        AssetSpec(
            "expired_rows",
            group_name="retention",
            description="The tables of the administrators' retention policies: what the latest "
            "cleanup deleted.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "retention", HEAVY_TAG: "true"},
)
def cleanup_expired_rows(
    context: AssetExecutionContext, config: ExpiredRowsConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Apply every retention policy that administrators have added to `maint.retention_policies`.

    One after another, each with its own row in the history. If a policy fails, the others are still
    applied; the run then fails and names it. Start with `dry_run`.
    """
    settings = maintenance.settings()
    yield from maintain(
        context, config, maintenance, lambda run: _apply_policies(run, config, settings)
    )


def _apply_policies(run: TaskRun, config: ExpiredRowsConfig, settings: Settings) -> TaskResult:
    names = _policies(run, config.policy)
    results: dict[str, dict[str, Any]] = {}
    for number, name in enumerate(names):
        if run.context.until and datetime.now(UTC) >= run.context.until:
            results[name] = {"status": "not started", "problem": "the maintenance window closed"}
            continue
        run.report(fraction=round(number / len(names), 3), policies=number)
        results[name] = _apply(run, name, config, settings)
    failed = {n: r["problem"] for n, r in results.items() if r["status"] == "failed"}
    if failed:
        problems = "; ".join(f"{name}: {problem}" for name, problem in failed.items())
        raise PoliciesFailedError(f"{len(failed)} of {len(names)} policies failed: {problems}")
    deleted = sum(r.get("deleted_count", 0) for r in results.values())
    return TaskResult(
        details={"policies": len(names), "deleted_count": deleted, "by_policy": results},
        summary=f"{deleted:,} rows deleted by {len(names)} policies",
        tables={"policies_table": [_row(name, result) for name, result in results.items()]},
    )


def _policies(run: TaskRun, only: str | None) -> list[str]:
    rows = run.connection.execute(
        "select name, maint.is_policy_enabled(name) as enabled from maint.retention_policies "
        "where not built_in order by name"
    ).fetchall()
    if only is None:
        return [row["name"] for row in rows if row["enabled"]]
    if only not in (row["name"] for row in rows):
        known = ", ".join(row["name"] for row in rows) or "none"
        raise UsageError(f"There is no policy {only} of an administrator. Policies: {known}.")
    rests = fetch_one(run.connection, "select maint.why_policy_rests(%s) as reason", [only])
    if rests["reason"]:
        raise NotApplicableError(f"Nothing to do: {rests['reason']}.")
    return [only]


def _apply(
    run: TaskRun, name: str, config: ExpiredRowsConfig, settings: Settings
) -> dict[str, Any]:
    try:
        outcome = run.part(name, lambda part: cleanup(part, name, config, settings).details)
    except Exception as error:
        run.log(f"{name} failed: {error}")
        return {"status": "failed", "problem": str(error)}
    return {"status": outcome.status, **outcome.details}


def _row(name: str, result: dict[str, Any]) -> dict[str, Any]:
    figures = ("deleted_count", "expired_count", "held", "locked_left", "refused")
    shown = {figure: result.get(figure) for figure in figures}
    note = result.get("problem") or result.get("reason") or result.get("unfinished") or ""
    return {"policy": name, "status": result["status"], **shown, "note": note}


job = task_job(cleanup_expired_rows, ExpiredRowsConfig)
dry_run = dry_run_job(cleanup_expired_rows, ExpiredRowsConfig)
schedule = task_schedule(job, "30 2 * * *")
