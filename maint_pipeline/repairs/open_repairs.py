"""The open alerts that a repair can end, each with its statements as the check writes them now."""

from __future__ import annotations

from typing import Any

from maint_pipeline.database.connection import Connection, fetch_one
from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.findings import repair_of

_ALERTS = (
    "select alert.id, alert.fingerprint, alert.severity, alert.title, checks.name as check_name "
    "from maint.get_unresolved_security_alerts() as alert "
    "join maint.checks on checks.name = alert.details ->> 'check' "
    "where alert.details #>> '{metadata,fix}' is not null"
)


def open_repairs(connection: Connection) -> list[dict[str, Any]]:
    """Give what can be repaired, most severe first. Nothing of a statement is taken from an alert.

    Args:
        connection: as `maint_owner`, in autocommit mode.

    Returns:
        Rows of `id` (the alert's), `check_name`, `object`, `severity`, `title`, `class`, `because`
        (why that class), `statements`, `in_transaction`, `loses` (who can't do what any more, if
        anybody), `fingerprint`, `problem` (why it can't be repaired here, or null).
    """
    alerts = connection.execute(_ALERTS).fetchall()
    found = {name: _findings(connection, name) for name in {row["check_name"] for row in alerts}}
    rows = []
    for alert in alerts:
        finding = found[alert["check_name"]].get(alert["fingerprint"])
        if finding is not None and finding["metadata"].get("fix"):
            rows.append(_row(alert, finding))
    return rows


def _findings(connection: Connection, check: str) -> dict[str, dict[str, Any]]:
    row = fetch_one(connection, "select maint.all_findings(%s) as findings", [check])
    return {finding["fingerprint"]: finding for finding in row["findings"]}


def _row(alert: dict[str, Any], finding: dict[str, Any]) -> dict[str, Any]:
    row = {
        "id": alert["id"],
        "check_name": alert["check_name"],
        "object": finding["object"],
        "severity": finding["severity"],
        "title": finding["title"],
        "class": None,
        "because": None,
        "statements": [],
        "in_transaction": None,
        "loses": finding["metadata"].get("loses"),
        "fingerprint": finding["fingerprint"],
        "problem": None,
    }
    try:
        repair = repair_of(finding)
    except RepairError as error:
        return {**row, "problem": str(error)}
    if repair is not None:
        row["class"], row["because"] = repair.judge
        row["statements"] = [step.text for step in repair.steps]
        row["in_transaction"] = not repair.alone
    return row


def find_repair(connection: Connection, alert: dict[str, Any]) -> dict[str, Any]:
    """Give the repair of one alert.

    Args:
        connection: as for `open_repairs`.
        alert: as `alerts.actions.find_alert` gives it.

    Raises:
        RepairError: there is none.
    """
    for row in open_repairs(connection):
        if row["id"] == alert["id"]:
            return row
    raise RepairError(
        f"No repair for alert {alert['id']}: it is resolved, its check does not find it any more, "
        "or advises no statements. maint repairs lists what there is."
    )
