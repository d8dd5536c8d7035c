"""How alerts look in a terminal: the list, grouped by check, and all that is known of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.cli.cells import SHORT_ID, STYLES, cell, printable
from maint_pipeline.cli.output import console, print_fields
from maint_pipeline.units import counted

if TYPE_CHECKING:
    from maint_pipeline.settings import Settings

_LATELY = timedelta(days=1)
_SHOWN_ELSEWHERE = {
    "check", "category", "object", "remediation", "metadata",
    "acknowledged_by", "acknowledged_note", "silenced_by", "silenced_note",
    "resolved_by", "resolved_because", "resolution_notes",
}  # fmt: skip


def print_alerts(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print alerts grouped by severity and check, and how many there are of each severity.

    Args:
        rows: most severe first, as `alerts.actions` gives them.
    """
    order = {severity: number for number, severity in enumerate(SEVERITIES)}
    ordered = sorted(rows, key=lambda row: (order.get(row["severity"], 9), str(row["alert_type"])))
    groups = groupby(ordered, key=lambda row: (row["severity"], row["alert_type"]))
    for (severity, kind), members in groups:
        alerts = list(members)
        heading = Text(severity or "?", style=STYLES.get(severity, ""))
        heading.append(f"  {printable(kind)}", style="bold")
        titles = {alert["title"] for alert in alerts}
        title = printable(titles.pop() or "") if len(titles) == 1 else "several"
        heading.append(f"  {title} ({len(alerts)})")
        console.print(heading, highlight=False)
        console.print(_members(alerts), highlight=False)
    console.print()
    console.print(_summary(rows), highlight=False)


def _members(alerts: Sequence[Mapping[str, Any]]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for alert in alerts:
        text = Text(printable(alert["description"] or ""))
        for remark in _remarks(alert):
            text.append(f" [{remark}]", style="dim")
        table.add_row(
            Text(f"  {str(alert['id'])[:SHORT_ID]}"), cell("created_at", alert["created_at"]), text
        )
    return table


def _remarks(alert: Mapping[str, Any]) -> list[str]:
    remarks = []
    if (alert["occurrences"] or 1) > 1:
        remarks.append(f"seen {alert['occurrences']:,} times")
    if alert.get("resolved"):
        return [*remarks, f"resolved {cell('resolved_at', alert['resolved_at'])}"]
    if alert["acknowledged_at"]:
        remarks.append("acknowledged")
    if _is_silenced(alert):
        remarks.append(f"silenced until {cell('silenced_until', alert['silenced_until'])}")
    return remarks


def _is_silenced(alert: Mapping[str, Any]) -> bool:
    return bool(alert["silenced_until"] and alert["silenced_until"] > datetime.now(UTC))


def _summary(rows: Sequence[Mapping[str, Any]]) -> str:
    still_open = [row for row in rows if not row.get("resolved")]
    resolved = len(rows) - len(still_open)
    if not still_open:
        return f"{counted(resolved, 'alert')} resolved."
    by_severity = Counter(row["severity"] for row in still_open)
    new = sum(row["created_at"] > datetime.now(UTC) - _LATELY for row in still_open)
    states = {
        "acknowledged": sum(row["acknowledged_at"] is not None for row in still_open),
        "silenced": sum(map(_is_silenced, still_open)),
    }
    words = ", ".join(f"{by_severity[each]} {each}" for each in SEVERITIES if by_severity[each])
    parts = [f"{words} open", f"{new} new in the last 24 hours"]
    parts += [f"{count} {state}" for state, count in states.items() if count]
    parts += [f"{resolved} resolved"] if resolved else []
    return "; ".join(parts) + "."


def print_alert(row: Mapping[str, Any], settings: Settings) -> None:
    """Print one alert: what it is about, what to do, the statement to paste, and its history.

    Args:
        row: as `alerts.actions.find_alert` gives it.
        settings: where the guide and the UI are.
    """
    details = _mapping(row["details"])
    metadata = _mapping(details.get("metadata"))
    console.print(Text(printable(f"{row['severity']}: {row['title']}"), style="bold"))
    if row["description"]:
        console.print(Text(printable(row["description"])))
    console.print()
    print_fields(_known({"check": row["alert_type"], "object": details.get("object")}))
    if details.get("remediation"):
        console.print(Text(printable(f"\nWhat to do: {details['remediation']}")))
    if fix := metadata.get("fix"):
        # On lines of its own, and never broken: it is there to be copied.
        console.print(Text(printable(f"\n{fix}\n")), soft_wrap=True)
        if not row["resolved"] and _can_be_rehearsed(str(fix)):
            command = f"maint repairs rehearse {str(row['id'])[:SHORT_ID]}"
            console.print(Text(f"{command} tries it and its undo, and leaves nothing.\n"))
    else:
        console.print()
    others = {name: value for name, value in metadata.items() if name != "fix"}
    rest = {name: value for name, value in details.items() if name not in _SHOWN_ELSEWHERE}
    print_fields(_known({**_history(row, details), **others, **rest, **_places(row, settings)}))


def _can_be_rehearsed(fix: str) -> bool:
    from maint_pipeline.repairs.errors import RepairError
    from maint_pipeline.repairs.recognize import recognize

    try:
        return not any(step.shape.alone for step in recognize(fix))
    except RepairError:
        return False


def _history(row: Mapping[str, Any], details: Mapping[str, Any]) -> dict[str, Any]:
    seen = row["occurrences"] or 1
    return {
        "category": details.get("category"),
        "since": row["created_at"],
        "last seen": row["last_seen_at"],
        "seen": "once" if seen == 1 else f"{seen:,} times",
        "acknowledged": _done(row["acknowledged_at"], details, "acknowledged", "acknowledged_note"),
        "silenced until": _done(row["silenced_until"], details, "silenced", "silenced_note"),
        "resolved": _done(row["resolved_at"], details, "resolved", "resolution_notes"),
        "because": details.get("resolved_because") if row["resolved"] else None,
    }


def _done(at: datetime | None, details: Mapping[str, Any], done: str, note: str) -> str | None:
    if at is None:
        return None
    author, words = _person(details.get(f"{done}_by")), details.get(note)
    return f"{cell(done, at)}{f' by {author}' if author else ''}{f': {words}' if words else ''}"


def _person(caller: Any) -> str:
    """Name who it was: the user that somebody signed in as or says to be, or else the role."""
    caller = _mapping(caller)
    claimed = _mapping(caller.get("claimed")).get("user")
    return str(caller.get("user_id") or claimed or caller.get("login") or "")


def _places(row: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    from maint_pipeline.alerts.messages import guide_link, run_link

    return {
        "guide": guide_link(row["alert_type"], settings),
        "run": run_link(_mapping(row["details"]), settings),
        "fingerprint": row["fingerprint"],
        "id": row["id"],
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    # The application may have rows of its own among the alerts.
    return value if isinstance(value, Mapping) else {}


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
