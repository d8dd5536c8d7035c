"""Messages: what a person needs to act on an alert, as text and as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.alerts.channels import Message
from maint_pipeline.settings import Settings
from maint_pipeline.units import counted

if TYPE_CHECKING:
    from jinja2 import Environment

OF_MAINTENANCE = (
    "task_failed", "missed_run", "check_failing", "disk_full_soon", "growth_changed",
)  # fmt: skip
"""Alert types that belong to no check: docs/troubleshooting.md has a heading for each."""

MOST_IN_DETAIL = 10
"""Of many alerts at once; the others are counted by check, and `maint alerts` lists them."""

LONGEST_SUBJECT = 110
_SHORT_ID = 8
_EVENTS = {
    "raised": "New",
    "reopened": "Back again",
    "escalated": "Severity increased",
    "resolved": "Resolved",
}


def alert_message(
    notifications: Sequence[dict[str, Any]], settings: Settings, database: str
) -> Message:
    """Write the message for one notification, or the digest of several.

    Args:
        notifications: as `outbox.due_notifications` gives them, most severe first; with a field
            `database`, where they are of several.
        settings: the time zone of what is shown, and the UI's address.
        database: what the installation is called.
    """
    items = [_item(row, settings) for row in notifications[:MOST_IN_DETAIL]]
    shown = {
        "items": items,
        "groups": list(_groups(notifications)) if len(notifications) > 1 else [],
        "more": len(notifications) - len(items),
        "database": database,
        "heading": _subject(notifications),
    }
    return Message(
        key=" ".join(str(row["id"]) for row in notifications),
        subject=f"[{database}] {_subject(notifications)}",
        text=render("alerts.txt.j2", **shown),
        html=render("alerts.html.j2", **shown),
    )


def render(template: str, **values: Any) -> str:
    """Fill a template of `alerts/templates/`; HTML is escaped.

    Args:
        template: file name.
        values: what it shows.
    """
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    # Imported here: the process of a run, which sends nothing, would wait for it as well.
    from jinja2 import (  # noqa: PLC0415
        Environment,
        PackageLoader,
        StrictUndefined,
        select_autoescape,
    )

    environment = Environment(
        loader=PackageLoader("maint_pipeline.alerts"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["counted"] = counted
    return environment


def _subject(notifications: Sequence[dict[str, Any]]) -> str:
    if len(notifications) == 1:
        (row,) = notifications
        words = "resolved" if row["event"] == "resolved" else row["severity"].upper()
        return f"{words}: {_headline(row)}"
    resolved = sum(row["event"] == "resolved" for row in notifications)
    counts = Counter(row["severity"] for row in notifications if row["event"] != "resolved")
    parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    return ", ".join([*parts, *([f"{resolved} resolved"] if resolved else [])]) + " alerts"


def _headline(row: dict[str, Any]) -> str:
    """Say in a line what happened, and to what: a check's title alone names no object."""
    is_check = row["alert_type"].partition(":")[0] not in OF_MAINTENANCE
    words = (row["description"] if is_check else "") or row["title"] or row["alert_type"]
    return shorten(words.strip().splitlines()[0].rstrip("."), LONGEST_SUBJECT, placeholder=" …")


def _groups(notifications: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Count by check: rows of `severity, alert_type, title, count`, in the order given."""
    counts: dict[tuple[str, str], dict[str, Any]] = {}
    for row in notifications:
        severity = "resolved" if row["event"] == "resolved" else row["severity"]
        group = counts.setdefault(
            (severity, row["alert_type"]),
            {"severity": severity, "alert_type": row["alert_type"], "title": row["title"],
             "count": 0},
        )  # fmt: skip
        group["count"] += 1
    return counts.values()


def _item(row: dict[str, Any], settings: Settings) -> dict[str, Any]:
    details = row["details"] or {}
    is_resolved = row["event"] == "resolved"
    seen = row["occurrences"] or 1
    return {
        **row,
        "is_resolved": is_resolved,
        "event_words": _EVENTS[row["event"]],
        "since": _moment(row["created_at"], settings),
        "seen": "once" if seen == 1 else f"{seen:,} times",
        "last_seen": _moment(row["last_seen_at"], settings),
        "resolved_because": details.get("resolved_because", "") if is_resolved else "",
        "remediation": "" if is_resolved else details.get("remediation", ""),
        "fix": "" if is_resolved else (details.get("metadata") or {}).get("fix", ""),
        "database": row.get("database"),
        "ack": f"{_maint(row)} alerts ack {str(row['alert_id'])[:_SHORT_ID]}",
        "link": run_link(details, settings),
        "guide": guide_link(row["alert_type"], settings),
        "explain": _explain(row["alert_type"]),
    }


def _maint(row: Mapping[str, Any]) -> str:
    """Name the command line, with the database of the registry where the message is of several."""
    return f"maint --database {row['database']}" if row.get("database") else "maint"


def _explain(alert_type: str) -> str:
    kind, _, check = alert_type.partition(":")
    name = check or kind
    return "" if name in OF_MAINTENANCE else f"maint checks explain {name}"


def guide_link(alert_type: str, settings: Settings) -> str:
    """Give where a kind of alert is explained, as a URL or, without `docs_url`, as a file.

    Args:
        alert_type: a check's name, `check_failing:NAME`, or what sensors raise.
        settings: `docs_url`.
    """
    kind = alert_type.partition(":")[0]
    page = "troubleshooting.md" if kind in OF_MAINTENANCE else "checks.md"
    return settings.guide(f"{page}#{kind}")


def run_link(details: Mapping[str, Any], settings: Settings) -> str:
    """Give the address of the run that an alert is about or comes from.

    Args:
        details: of the alert.
        settings: `ui_url`.

    Returns:
        Empty where there is no UI, or Dagster ran nothing.
    """
    about = (details.get("metadata") or {}).get("dagster_run_id")
    run_id = about or details.get("dagster_run_id")
    return f"{settings.ui_url.rstrip('/')}/runs/{run_id}" if settings.ui_url and run_id else ""


def _moment(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M %Z}"
