"""Running all checks of a category, one transaction each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, LiteralString

from maint_pipeline.database.connection import Connection, fetch_one

CheckResult = dict[str, Any]
"""As `maint.run_check` returns it: check, status, findings, alerts_created, alerts_resolved,
problem, sample."""

_SUMMARIES: dict[str, LiteralString] = {
    "security": "select maint.summarize_checks(%s::jsonb) as summary",
    "backups": "select maint.summarize_backup_checks(%s::jsonb) as summary",
}


def run_checks(
    connection: Connection,
    category: str,
    on_result: Callable[[CheckResult, int, int], None] = lambda result, done, total: None,
) -> tuple[dict[str, Any], list[CheckResult]]:
    """Evaluate the enabled checks of a category and bring their alerts in line.

    Args:
        connection: in autocommit mode, as `maint_owner`; each check commits by itself.
        category: `security` or `backups`.
        on_result: told each check's result, how many are done, and of how many.

    Returns:
        The summary that the SQL function of the task returns too, and each check's result.
    """
    rows = connection.execute(
        "select name from maint.enabled_checks(%s) as name", [category]
    ).fetchall()
    results: list[CheckResult] = []
    for row in rows:
        outcome = fetch_one(connection, "select maint.run_check(%s) as result", [row["name"]])
        results.append(outcome["result"])
        on_result(results[-1], len(results), len(rows))
    summary = fetch_one(connection, _SUMMARIES[category], [_as_json(results)])
    return summary["summary"], results


def raise_new_findings(connection: Connection, check_name: str) -> CheckResult | None:
    """Run one check when it sees something that has no open alert yet.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        check_name: the check.

    Returns:
        The check's result, or None when there was nothing new or the check is not applicable.
    """
    row = connection.execute(
        "select maint.run_check(%(check)s) as result where maint.has_new_findings(%(check)s)",
        {"check": check_name},
    ).fetchone()
    return row and row["result"]


def _as_json(results: list[CheckResult]) -> str:
    # The samples are for people; the summary needs the counts only.
    return json.dumps([{k: v for k, v in r.items() if k != "sample"} for r in results])
