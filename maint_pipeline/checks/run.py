"""Running all checks of a category, one transaction each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import Any, LiteralString

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.database.connection import Connection, fetch_one

CheckResult = dict[str, Any]
"""As `maint.run_check` returns it: check, status, findings, alerts_created, alerts_resolved,
problem, sample, of_the_platform, platform_sample."""

PORTION = 50_000
SYNC_SECONDS = 20.0
"""Dagster gives 60 seconds to a sensor's tick: a portion that begins in time ends in time, too."""

_RUN: LiteralString = "select maint.run_check(%s) as result"
_LEAVE: LiteralString = "select maint.leave_check(%s, %s) as result"
_SUMMARIES: dict[str, LiteralString] = {
    "security": "select maint.summarize_checks(%s::jsonb) as summary",
    "backups": "select maint.summarize_backup_checks(%s::jsonb) as summary",
    "health": "select maint.summarize_checks(%s::jsonb) as summary",
}


def run_checks(
    connection: Connection,
    category: str,
    on_result: Callable[[CheckResult, int, int], None] = lambda result, done, total: None,
    server_in: str | None = None,
) -> tuple[dict[str, Any], list[CheckResult]]:
    """Evaluate the enabled checks of a category and bring their alerts in line.

    Args:
        connection: in autocommit mode, as `maint_owner`; each check has its own transaction.
        category: `security`, `backups` or `health`.
        on_result: called with each check's result, the number done, and the total.
        server_in: the database of the registry in which the checks of the server are evaluated,
            if that is another one.

    Returns:
        The summary that the SQL function of the task returns too, and each check's result.
    """
    connection.execute("select maint.prepare_checks(%s)", [category])
    rows = connection.execute(
        "select name from maint.enabled_checks(%s) as name", [category]
    ).fetchall()
    results: list[CheckResult] = []
    for row in rows:
        if server_in is not None and row["name"] in _of_server():
            query, given = _LEAVE, [row["name"], server_in]
        else:
            query, given = _RUN, [row["name"]]
        outcome = fetch_one(connection, query, given)
        results.append(outcome["result"])
        on_result(results[-1], len(results), len(rows))
    connection.execute("select maint.conclude_checks(%s)", [category])
    summary = fetch_one(connection, _SUMMARIES[category], [_as_json(results)])
    return summary["summary"], results


def run_check(connection: Connection, check_name: str) -> CheckResult:
    """Evaluate one check and bring its alerts in line.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        check_name: a check that exists.
    """
    connection.execute(
        "select maint.prepare_checks(category) from maint.checks where name = %s", [check_name]
    )
    row = fetch_one(connection, _RUN, [check_name])
    result: CheckResult = row["result"]
    return result


def check_rows(connection: Connection) -> list[dict[str, Any]]:
    """Give every check with what it saw when it was last evaluated.

    Args:
        connection: as `maint_owner`.

    Returns:
        Rows of `name, category, also_in, severity, title, enabled, thresholds` (as text), `status,
        findings, problem, evaluated_at`.
    """
    return connection.execute(
        "select checks.name, checks.category, checks.also_in, checks.severity, checks.title, "
        "checks.enabled, "
        "(select string_agg(format('%%s %%s', threshold.name, "
        "coalesce(threshold.value, threshold.default_value)), ', ' order by threshold.name) "
        "from maint.check_thresholds as threshold where threshold.check_name = checks.name) "
        "as thresholds, results.status, results.findings, results.problem, results.evaluated_at "
        "from maint.checks "
        "left join maint.check_results as results on results.check_name = checks.name "
        "order by checks.category, checks.name",
        [],
    ).fetchall()


def sync_check(
    connection: Connection, check_name: str, *, seconds: float = SYNC_SECONDS, most: int = PORTION
) -> dict[str, int]:
    """Bring the alerts of one check in line, without counting repetitions.

    Args:
        connection: in autocommit mode, as `maint_owner`.
        check_name: the check; nothing happens where it is switched off or not applicable.
        seconds: after this no further transaction begins; the next call does the rest.
        most: alerts raised in one transaction.

    Returns:
        How many alerts were `created`, `repeated`, `reopened`, `resolved`.
    """
    deadline = monotonic() + seconds
    changes: Counter[str] = Counter()
    is_begun = False
    while True:
        row = fetch_one(
            connection,
            "select maint.sync_check(%s, %s, %s) as changes",
            [check_name, most, is_begun],
        )
        portion: Counter[str] = Counter(row["changes"])
        changes.update(portion)
        is_begun = True
        if portion.total() - portion["resolved"] < most or monotonic() > deadline:
            return dict(changes)


@cache
def _of_server() -> frozenset[str]:
    return frozenset(check.name for check in load_checks() if check.of_server)


def _as_json(results: list[CheckResult]) -> str:
    # The samples are for people; the summary needs the counts only.
    return json.dumps([{k: v for k, v in r.items() if "sample" not in k} for r in results])
