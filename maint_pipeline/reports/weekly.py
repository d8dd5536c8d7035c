"""The weekly report as a message: what ran, what failed, what was deleted, what is open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from maint_pipeline.alerts.channels import Message
from maint_pipeline.alerts.messages import render
from maint_pipeline.reports.figures import Figures
from maint_pipeline.reports.pictures import trend_pictures
from maint_pipeline.settings import Settings


def report_message(figures: Figures, days: int, settings: Settings, database: str) -> Message:
    """Write the report of some days.

    Args:
        figures: what happened.
        days: of how many days.
        settings: the time zone of what is shown, and the UI's address.
        database: what the installation is called.
    """
    zone = ZoneInfo(settings.timezone)
    today = datetime.now(UTC).astimezone(zone).date()
    failed = sum(row["failed"] for row in figures.tasks)
    shown: dict[str, Any] = {
        "figures": figures,
        "days": days,
        "today": today,
        "database": database,
        "deleted": sum(row["deleted"] for row in figures.tasks),
        "completed": sum(row["completed"] for row in figures.tasks),
        "failed": failed,
        "ui_url": settings.ui_url or "",
        "moment": lambda value: f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if value else "never",
    }
    words = f"{failed} failed runs" if failed else "all well"
    if figures.counts["open_alerts"]:
        words += f", {figures.counts['open_alerts']} open alerts"
    return Message(
        key=f"report {database} {today} {days}",
        subject=f"[{database}] Maintenance report: {words}",
        text=render("report.txt.j2", **shown),
        html=render("report.html.j2", **shown),
        pictures=trend_pictures(figures.days),
    )
