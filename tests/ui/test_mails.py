"""Mails and reports as a reader sees them: on a phone and on a desk, in a real browser."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from maint_pipeline.alerts.messages import alert_message
from maint_pipeline.reports.figures import Figures
from maint_pipeline.reports.weekly import report_page
from maint_pipeline.settings import Settings
from tests.seeds import few
from tests.ui.browser import picture

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
SETTINGS = Settings(ui_url="https://dagster.example.com")
LONG = "public.a_table_whose_name_goes_on_and_on_because_somebody_liked_long_names_very_much"

# The least contrast of any text with what is behind it, by WCAG 2.2; and how wide the page is.
MEASURE = """() => {
    const parse = text => text.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map(c => c / 255).map(
            c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const colour = parse(getComputedStyle(e).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    const contrasts = [...document.body.querySelectorAll("*")]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .map(e => [light(parse(getComputedStyle(e).color)), light(behind(e))])
        .map(([a, b]) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
    return {
        contrast: Math.min(...contrasts),
        beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        silent: [...document.images].filter(i => !i.alt.match(/\\d/)).length,
        untitled: document.title ? 0 : 1,
    };
}"""


def notification(number: int) -> dict:
    severity = ("critical", "high", "medium", "low")[number % 4]
    return {
        "id": number, "event": "resolved" if number == 3 else "raised", "severity": severity,
        "alert_id": uuid4(), "alert_type": f"check_{number % 4}", "title": "Table is open to all",
        "description": f"{LONG} can be read by anybody.", "created_at": NOW, "last_seen_at": NOW,
        "occurrences": number, "resolved_at": None,
        "details": {
            "remediation": "Enable row level security.", "dagster_run_id": str(uuid4()),
            "metadata": {"fix": f"alter table {LONG} enable row level security;"},
            "resolved_because": "absent from 2 evaluations in a row",
        },
    }  # fmt: skip


def report() -> str:
    days = [
        {"day": date(2026, 11, 20) + timedelta(days=number), "completed": 30 + number,
         "failed": number % 2, "canceled": number % 3, "deleted": number * 88637, "alerts": number}
        for number in range(7)
    ]  # fmt: skip
    tasks = [
        {"task_name": name, "completed": 1234, "failed": 2, "other": 1, "canceled": 1,
         "deleted": 1867051, "seconds": 754.2}
        for name in ("run_automated_security_checks", "cleanup_old_security_alerts")
    ]  # fmt: skip
    failed = [
        {"task_name": "cleanup_old_audit_logs", "started_at": NOW,
         "error_message": "permission denied for table audit_logs", "advice": "Grant it."}
    ]  # fmt: skip
    alerts = [
        {"severity": "high", "title": "T", "description": f"{LONG} is open", "created_at": NOW,
         "occurrences": 1}
    ] * 20  # fmt: skip
    counts = {
        "open_alerts": 74, "failed_runs": 3, "resolved_alerts": 1204, "orgs_without_backup": None,
        "backups_overdue": 1, "failed_backups": 0, "last_proven_at": None,
    }  # fmt: skip
    figures = Figures(tasks, failed, days, alerts, counts, *storage())
    return report_page(figures, 7, SETTINGS, "app")


def storage() -> tuple[list[dict], list[tuple[date, float]]]:
    """Forecasts of a disk that gets full, and of two tables; and the days before."""
    gigabyte = 2.0**30
    disk = {
        "schema_name": "", "relation_name": "", "bytes": 286 * gigabyte,
        "low_bytes": 314 * gigabyte, "likely_bytes": 317 * gigabyte, "high_bytes": 321 * gigabyte,
        "bytes_per_day": gigabyte, "disk_bytes": 400 * gigabyte, "full_early": date(2027, 2, 28),
        "full_likely": date(2027, 3, 17), "full_late": date(2027, 4, 10),
    }  # fmt: skip
    schema, _, table = LONG.partition(".")
    tables = [
        {**disk, "schema_name": schema, "relation_name": name, "disk_bytes": None}
        for name in (table, "audit_logs")
    ]
    days = [(date(2026, 11, number), (250 + number) * gigabyte) for number in range(1, 28)]
    return [disk, *tables], days


PAGES = {
    "mail": lambda: alert_message([notification(1)], SETTINGS, "app").html,
    "digest": lambda: alert_message([notification(n) for n in range(42)], SETTINGS, "app").html,
    "report": report,
}


@pytest.mark.parametrize("width", few([375, 1280, 1440]))
@pytest.mark.parametrize("name", few(PAGES))
def test_it_fits_and_can_be_read(page, name, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(PAGES[name]())
    picture(page, f"{name}-{width}")
    seen = page.evaluate(MEASURE)
    assert seen["beyond"] == seen["silent"] == seen["untitled"] == 0, seen
    assert seen["contrast"] >= 4.5, seen


def test_the_report_counts_what_it_leaves_out():
    html = report()
    assert "and 54 more" in html and "and 2 more" in html
    assert "1,204 resolved" in html and "3,734,102" in html and "2 canceled" in html
