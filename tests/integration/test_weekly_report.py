"""The report: true figures, pictures, and mail that arrives through a real server."""

import json

import pytest

from maint_pipeline.reports.figures import collect
from tests.smtp import mail_server

pytestmark = pytest.mark.any_version

PNG = b"\x89PNG\r\n"


def ran(superuser, task: str, status: str, age: str = "1 hour", **details) -> None:
    superuser.execute(
        "insert into public.maintenance_task_runs "
        "(task_name, status, started_at, finished_at, error_message, details) values (%s, %s, "
        "now() - %s::interval, now() - %s::interval + interval '2 seconds', %s, %s::jsonb)",
        [task, status, age, age, "no <space>" if status == "failed" else None,
         json.dumps(details)],
    )  # fmt: skip


@pytest.fixture
def week(superuser):
    ran(superuser, "cleanup_old_audit_logs", "completed", deleted_count=1200)
    ran(superuser, "cleanup_old_audit_logs", "completed", "25 hours", deleted_count=34)
    ran(superuser, "cleanup_old_audit_logs", "failed", "49 hours")
    ran(superuser, "cleanup_old_audit_logs", "completed", "8 days", deleted_count=999)
    parts = {"mine": {"deleted_count": 5}}
    ran(superuser, "cleanup_expired_rows", "completed", deleted_count=5, by_policy=parts)
    ran(superuser, "cleanup_expired_rows:mine", "completed", deleted_count=5)
    superuser.execute(
        "update public.maintenance_task_runs set parent_id = gen_random_uuid() "
        "where task_name = 'cleanup_expired_rows:mine'"
    )
    superuser.execute(
        "insert into public.security_alerts (alert_type, severity, title, description) "
        "values ('x', 'high', 'Title', 'the <disk> is full')"
    )


def test_figures(owner, week):
    figures = collect(owner, 7, "UTC")
    by_task = {row["task_name"]: row for row in figures.tasks}
    assert by_task.keys() == {"cleanup_old_audit_logs", "cleanup_expired_rows"}
    logs = by_task["cleanup_old_audit_logs"]
    assert (logs["completed"], logs["failed"], logs["deleted"]) == (2, 1, 1234)
    assert logs["seconds"] == 2.0
    assert len(figures.days) == 7 and sum(day["deleted"] for day in figures.days) == 1239
    assert sum(day["failed"] for day in figures.days) == 1
    assert figures.days[-1]["alerts"] == 1 and figures.days[-2]["alerts"] == 0
    assert figures.counts["open_alerts"] == 1 and figures.counts["last_proven_at"] is None


def test_days_begin_in_the_configured_zone(superuser, owner):
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, status, started_at) values "
        "('cleanup_old_audit_logs', 'completed', "
        "date_trunc('day', now() at time zone 'Asia/Tokyo') at time zone 'Asia/Tokyo')"
    )
    days = collect(owner, 7, "Asia/Tokyo").days
    assert [day["completed"] for day in days] == [0, 0, 0, 0, 0, 0, 1]


def test_it_arrives_with_its_pictures(cli, superuser, week):
    with mail_server() as mailbox:
        told = cli.with_variables(
            MAINT_NOTIFY_URLS=mailbox.url(), MAINT_UI_URL="https://ui.example"
        )
        (run,) = told.json("run", "send_weekly_report")
    assert run["details"]["sent_to"] == 1
    (mail,) = mailbox.mails
    assert "1 failed run, 1 open alert" in mail["Subject"]
    text, page = mail.iter_parts()
    assert (
        "cleanup_old_audit_logs: 2 completed, 1 failed, 0 canceled, 1,234 rows deleted"
        in text.get_content()
    )
    html, *pictures = page.iter_parts()
    assert "no &lt;space&gt;" in html.get_content() and "&lt;disk&gt;" in html.get_content()
    shown = {picture["Content-ID"]: picture.get_content() for picture in pictures}
    assert shown.keys() == {"<runs>", "<deleted>", "<alerts>"}
    assert all(content.startswith(PNG) for content in shown.values())
    assert all(f"cid:{name.strip('<>')}" in html.get_content() for name in shown)


def test_an_empty_installation_has_a_report_too(cli):
    with mail_server() as mailbox:
        cli.with_variables(MAINT_NOTIFY_URLS=mailbox.url()).json("run", "send_weekly_report")
    assert "Maintenance report: no failed run" in mailbox.mails[0]["Subject"]


def test_a_channel_that_fails_fails_the_run_and_no_other_channel(cli):
    with mail_server() as mailbox:
        urls = f"gone=mailto://127.0.0.1:9?from=a@example.com&to=b@example.com ops={mailbox.url()}"
        answer = cli.with_variables(MAINT_NOTIFY_URLS=urls)("run", "send_weekly_report")
    assert answer.returncode == 1 and len(mailbox.mails) == 1


def test_without_a_channel_it_is_skipped(cli):
    (run,) = cli.json("run", "send_weekly_report")
    assert run["status"] == "skipped" and "MAINT_NOTIFY_URLS" in run["details"]["reason"]
