"""Messages: what a person needs to act on an alert, as text and as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.alerts.channels import Message
from maint_pipeline.settings import Settings

OF_MAINTENANCE = ("task_failed", "missed_run", "check_failing")
"""Alert types that belong to no check: docs/troubleshooting.md has a heading for each."""

MOST_IN_A_MESSAGE = 100
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
        notifications: as `outbox.due_notifications` gives them.
        settings: the time zone of what is shown, and the UI's address.
        database: what the installation is called.
    """
    items = [_item(row, settings) for row in notifications[:MOST_IN_A_MESSAGE]]
    shown = {
        "items": items,
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
    return Environment(
        loader=PackageLoader("maint_pipeline.alerts"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _subject(notifications: Sequence[dict[str, Any]]) -> str:
    if len(notifications) == 1:
        (row,) = notifications
        words = "resolved" if row["event"] == "resolved" else row["severity"].upper()
        return f"{words}: {row['title']}"
    resolved = sum(row["event"] == "resolved" for row in notifications)
    counts = Counter(row["severity"] for row in notifications if row["event"] != "resolved")
    parts = [f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity]]
    return ", ".join([*parts, *([f"{resolved} resolved"] if resolved else [])]) + " alerts"


def _item(row: dict[str, Any], settings: Settings) -> dict[str, Any]:
    details = row["details"] or {}
    is_resolved = row["event"] == "resolved"
    return {
        **row,
        "is_resolved": is_resolved,
        "event_words": _EVENTS[row["event"]],
        "since": _moment(row["created_at"], settings),
        "seen": _moment(row["last_seen_at"], settings),
        "times": "once" if row["occurrences"] == 1 else f"{row['occurrences']} times",
        "resolved_because": details.get("resolved_because", "") if is_resolved else "",
        "remediation": "" if is_resolved else details.get("remediation", ""),
        "fix": "" if is_resolved else (details.get("metadata") or {}).get("fix", ""),
        "link": run_link(details, settings),
        "guide": guide_link(row["alert_type"], settings),
    }


def guide_link(alert_type: str, settings: Settings) -> str:
    """Give where a kind of alert is explained, as a URL or, without `docs_url`, as a file.

    Args:
        alert_type: a check's name, `check_failing:NAME`, or what sensors raise.
        settings: `docs_url`.
    """
    kind = alert_type.partition(":")[0]
    page = "troubleshooting.md" if kind in OF_MAINTENANCE else "checks.md"
    return settings.guide(f"{page}#{kind}")


def run_link(details: dict[str, Any], settings: Settings) -> str:
    """Give the address of the run that an alert is about or comes from, empty without a UI.

    Args:
        details: of the alert.
        settings: `ui_url`.
    """
    if not settings.ui_url:
        return ""
    about = (details.get("metadata") or {}).get("dagster_run_id")
    run_id = about or details.get("dagster_run_id")
    return f"{settings.ui_url.rstrip('/')}/runs" + (f"/{run_id}" if run_id else "")


def _moment(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M %Z}"
