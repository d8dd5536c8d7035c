"""What is checked and what is not: `maint doctor` on runs, checks and administrators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from maint_pipeline.checks.run import check_rows
from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.error_hints import explain
from maint_pipeline.sources.parts import list_sources

_TASK_OF = {
    "security": "run_automated_security_checks",
    "backups": "verify_backup_health",
    "health": "run_health_checks",
}
_RUNS = """
select task_name, of_task, is_failing,
    coalesce(error_message, 'no error is recorded') as error_message
from maint.latest_runs
order by task_name
"""
_POLICIES = """
select name,
    case
        when not maint.is_policy_enabled(name) then 'its retention policy is disabled'
        when maint.policy_table(name) is null
            then format('the table of retention policy %s does not exist', name)
    end as problem
from maint.retention_policies
order by name
"""


def examine_oversight(connection: Connection) -> Iterator[Diagnosis]:
    """Check the test of administrators, the latest runs, and what is not checked.

    Args:
        connection: as `maint_owner`.
    """
    yield _admin_test(connection)
    yield _latest_runs(connection)
    checks = check_rows(connection)
    yield _checks(checks)
    sources = list_sources(connection)
    reported = {name for row in sources for name in row["checks"]}
    policies = connection.execute(_POLICIES).fetchall()
    yield _not_looked_at(
        [row for row in checks if row["name"] not in reported or not row["enabled"]],
        [row for row in policies if row["problem"]],
    )
    yield from _sources(sources)


def _admin_test(connection: Connection) -> Diagnosis:
    row = fetch_one(
        connection,
        "select maint.admin_test_name() as name, maint.admin_test_problem() as problem",
    )
    if row["name"] is None:
        return Diagnosis(
            "admin test", None,
            "no function says so: no signed-in user is an administrator, only the service role "
            "and the database's operators may run tasks and read alerts",
            "maint sources suggest lists functions of the application that may be the test.",
        )  # fmt: skip
    return Diagnosis(
        "admin test",
        row["problem"] is None,
        row["problem"] or f"{row['name']} answers",
        "Correct the function, or name another one in the setting admin_test of maint.settings."
        if row["problem"]
        else "",
    )


def _latest_runs(connection: Connection) -> Diagnosis:
    rows = connection.execute(_RUNS).fetchall()
    failing = [row for row in rows if row["is_failing"]]
    if not rows:
        return Diagnosis(
            "latest runs",
            None,
            "no task has run yet",
            f"maint run {_TASK_OF['security']} runs one.",
        )
    if not failing:
        return Diagnosis("latest runs", True, "no task's latest run failed")
    names = sorted({row["of_task"] for row in failing})
    errors = {row["task_name"]: explain(row["error_message"]) for row in failing}
    advice = sorted({each for _, each in errors.values() if each})
    return Diagnosis(
        "latest runs",
        False,
        "; ".join(f"{name}: {message[:300]}" for name, (message, _) in errors.items()),
        f"{' '.join(advice) or 'Fix what the errors name.'} "
        f"Then: {'; '.join(f'maint run {name}' for name in names)}.",
    )


def _checks(rows: Iterable[dict[str, Any]]) -> Diagnosis:
    """Whether every enabled check could be evaluated the last time."""
    enabled = [row for row in rows if row["enabled"]]
    failed = [row for row in enabled if row["status"] == "failed"]
    unseen = [row for row in enabled if row["status"] is None]
    tasks = sorted({_TASK_OF[row["category"]] for row in failed + unseen})
    remedy = "; ".join(f"maint run {task}" for task in tasks)
    if failed:
        named = "; ".join(f"{row['name']}: {row['problem']}" for row in failed)
        return Diagnosis(
            "checks", False, f"could not be evaluated: {named}",
            f"Fix what the errors name, then: {remedy}. Until then their problems go unnoticed.",
        )  # fmt: skip
    if unseen:
        words = "no check has been evaluated yet"
        if len(unseen) < len(enabled):
            words = f"not evaluated yet: {', '.join(row['name'] for row in unseen)}"
        return Diagnosis("checks", None, words, f"Evaluate them now: {remedy}.")
    return Diagnosis("checks", True, "every enabled and applicable check was evaluated")


def _not_looked_at(
    checks: Iterable[dict[str, Any]], policies: Iterable[dict[str, Any]]
) -> Diagnosis:
    """Name what is not checked, by the reason."""
    because: dict[str, list[str]] = defaultdict(list)
    for row in checks:
        if not row["enabled"]:
            because["disabled"].append(row["name"])
        elif row["status"] == "not_applicable":
            because[row["problem"]].append(row["name"])
    reasons = [f"{reason}: {', '.join(names)}" for reason, names in sorted(because.items())]
    reasons += [f"{row['name']}: {row['problem']}" for row in policies]
    if not reasons:
        return Diagnosis("not checked", True, "nothing is left out")
    return Diagnosis(
        "not checked", None, "; ".join(reasons),
        "Grant or install what is named, if it should be checked.",
    )  # fmt: skip


def _sources(rows: Iterable[dict[str, Any]]) -> Iterator[Diagnosis]:
    """Name each source that is not checked, and why."""
    for row in rows:
        name = f"source {row['part']}"
        if row["status"] == "none":
            yield Diagnosis(name, None, "the application has none (maint sources set --none)")
        elif row["checks"]:
            yield Diagnosis(
                name,
                None,
                f"not checked: {row['problem']}. Not applicable: {', '.join(row['checks'])}",
                "maint sources suggest lists candidates. Set one: maint sources "
                f"set {row['part']} --relation SCHEMA.NAME, or say that there is none: --none.",
            )
