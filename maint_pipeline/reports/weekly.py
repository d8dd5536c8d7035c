"""The weekly report as a message: what ran, what failed, what was deleted, what is open."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from maint_pipeline.alerts.channels import Message
from maint_pipeline.alerts.messages import render
from maint_pipeline.reports.figures import Figures
from maint_pipeline.reports.pictures import picture_texts, storage_picture, trend_pictures
from maint_pipeline.settings import Settings
from maint_pipeline.units import bytes_in_words, counted, seconds_in_words


def report_message(
    figures: Figures,
    days: int,
    settings: Settings,
    database: str,
    databases: Sequence[Mapping[str, Any]] = (),
) -> Message:
    """Write the report of some days.

    Args:
        figures: what happened.
        days: of how many days.
        settings: the time zone of what is shown, and the UI's address.
        database: what the installation is called.
        databases: where it is of several, a row for each: `fleet.OfDatabase.shown`.
    """
    shown = {**_shown(figures, days, settings, database), "databases": databases}
    words = counted(shown["failed"], "failed run") if shown["failed"] else "no failed run"
    if open_alerts := figures.counts["open_alerts"]:
        words += f", {counted(open_alerts, 'open alert')}"
    if silent := sum(bool(row["problem"]) for row in databases):
        words += f", {counted(silent, 'database')} without answer"
    return Message(
        key=f"report {database} {shown['today']} {days}",
        subject=f"[{database}] Maintenance report: {words}",
        text=render("report.txt.j2", **shown),
        html=render("report.html.j2", **shown, picture=lambda name: f"cid:{name}"),
        pictures=_pictures(figures),
    )


def report_page(figures: Figures, days: int, settings: Settings, database: str) -> str:
    """Write the same as one HTML page that needs no other file.

    Args:
        figures: what happened.
        days: of how many days.
        settings: the time zone of what is shown, and the UI's address.
        database: what the installation is called.
    """
    pictures = _pictures(figures)
    return render(
        "report.html.j2",
        **_shown(figures, days, settings, database),
        picture=lambda name: f"data:image/png;base64,{b64encode(pictures[name]).decode()}",
    )


def _pictures(figures: Figures) -> dict[str, bytes]:
    pictures = trend_pictures(figures.days)
    storage = storage_picture(figures.disk_days, figures.storage)
    return pictures if storage is None else {**pictures, "storage": storage}


def _shown(figures: Figures, days: int, settings: Settings, database: str) -> dict[str, Any]:
    zone = ZoneInfo(settings.timezone)
    return {
        "figures": figures,
        "days": days,
        "today": datetime.now(UTC).astimezone(zone).date(),
        "database": database,
        "deleted": sum(row["deleted"] for row in figures.tasks),
        "completed": sum(row["completed"] for row in figures.tasks),
        "failed": sum(row["failed"] for row in figures.tasks),
        "canceled": sum(row["canceled"] for row in figures.tasks),
        "more_alerts": (figures.counts["open_alerts"] or 0) - len(figures.alerts),
        "more_failed": (figures.counts["failed_runs"] or 0) - len(figures.failed),
        "alt": picture_texts(figures.days, figures.storage),
        "disk": next((row for row in figures.storage if not row["relation_name"]), None),
        "growers": [row for row in figures.storage if row["relation_name"]],
        "size": bytes_in_words,
        "seconds": lambda value: "" if value is None else seconds_in_words(value),
        "ui_url": settings.ui_url or "",
        "databases": [],
        "known": lambda count: "unknown" if count is None else count,
        "moment": lambda value: f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if value else "never",
    }
