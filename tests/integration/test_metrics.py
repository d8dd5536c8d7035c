"""Metrics: the SQL views, the endpoint for Prometheus, the dashboard over both, the report page."""

import json
import re
import signal
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from maint_pipeline.checks.run import run_checks
from tests.application import CREATE_OLD_ROWS
from tests.dev import eventually, free_port

VIEWS = ("task_runs_by_day", "failures_by_week", "task_state", "backup_state", "alert_state")
DOCS = Path(__file__).parents[2] / "docs"
DASHBOARD = Path(__file__).parents[2] / "deploy" / "grafana" / "maintenance.json"


@pytest.fixture
def history(superuser, owner):
    """A day of yesterday with successes and a failure, checks evaluated, an alert."""
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute("insert into public.orgs (name) values ('Acme')")
    superuser.execute(
        "insert into public.maintenance_task_runs "
        "(task_name, status, started_at, finished_at, details, error_message) values "
        "('cleanup_old_audit_logs', 'completed', now() - interval '1 day', "
        "now() - interval '1 day' + interval '3 s', '{\"deleted_count\": 40}', null), "
        "('cleanup_old_audit_logs', 'completed', now() - interval '25 hours', "
        "now() - interval '25 hours' + interval '1 s', '{\"deleted_count\": 2}', null), "
        "('cleanup_old_audit_logs', 'failed', now() - interval '2 hours', "
        "now() - interval '2 hours' + interval '1 s', '{}', 'no')"
    )
    run_checks(owner, "backups")
    return superuser


def samples(text: str) -> dict[tuple, float]:
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_figures_are_the_ledgers(cli, history):
    answer = cli("metrics")
    assert answer.returncode == 0, answer.stderr
    seen = samples(answer.stdout)
    assert seen["maint_task_runs_total", "cleanup_old_audit_logs", "completed"] == 2
    assert seen["maint_task_runs_total", "cleanup_old_audit_logs", "failed"] == 1
    assert seen["maint_rows_deleted_total", "cleanup_old_audit_logs"] == 42
    assert seen["maint_task_duration_seconds_sum", "cleanup_old_audit_logs"] == 4
    assert seen["maint_task_duration_seconds_count", "cleanup_old_audit_logs"] == 2
    assert seen["maint_task_last_run_failed", "cleanup_old_audit_logs"] == 1
    assert seen["maint_organizations_with_backup_problem", "without_backup"] == 1
    assert seen["maint_open_alerts", "high"] == 1 and seen["maint_open_alerts", "critical"] == 0
    assert seen["maint_check_findings", "backups", "organization_without_backup"] == 1
    assert seen["maint_policy_table_bytes", "cleanup_old_audit_logs"] > 0


def test_what_is_exposed_is_documented_and_the_other_way_round(cli, history):
    documented = set(re.findall(r"`(maint_\w+)`", (DOCS / "metrics.md").read_text()))
    documented.remove("maint_owner")
    history.execute(
        "insert into maint.restore_tests (source, started_at, finished_at, is_proven) "
        "values ('s', now(), now(), true)"
    )
    history.execute(
        "insert into maint.notification_channels (name, default_min_severity) values ('ops', 'low')"
    )
    history.execute(
        "insert into maint.notifications (alert_id, channel, event, severity) "
        "values (gen_random_uuid(), 'ops', 'raised', 'high')"
    )
    history.execute(
        "insert into maint.storage_forecasts values "
        "(current_date, '', '', 1, 1, 1, 1, 1, null, null, 9, current_date, null, null), "
        "(current_date, 'public', 'orgs', 1, 1, 1, 1, 1, null, null, null, null, null, null)"
    )
    exposed = {
        name.removesuffix("_count").removesuffix("_sum") if "duration" in name else name
        for name, *_ in samples(cli("metrics").stdout)
    }
    # Those of a registry are in test_fleet.py.
    assert exposed == documented - {"maint_up", "maint_registry_mistakes"}


def test_a_textfile_is_whole_and_a_served_page_is_fresh(cli, history, tmp_path):
    file = tmp_path / "maint.prom"
    assert cli("metrics", "--textfile", str(file)).returncode == 0
    assert ("maint_open_alerts", "high") in samples(file.read_text())

    port = free_port()
    server = cli.start("metrics", "--listen", str(port))

    def scrape() -> dict[tuple, float] | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as page:
                return samples(page.read().decode())
        except OSError:
            return None

    assert eventually(scrape)["maint_open_alerts", "high"] == 1
    history.execute("update public.security_alerts set resolved = true")
    assert scrape()["maint_open_alerts", "high"] == 0
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=60)
    assert server.returncode == 0


def test_views_tell_days_and_weeks(history):
    rows = history.execute(
        "select task_name, sum(runs) as runs, sum(completed) as completed, sum(failed) as failed, "
        "sum(rows_deleted) as deleted, max(seconds_max) as longest "
        "from maint.task_runs_by_day group by task_name"
    ).fetchall()
    assert [dict(row) for row in rows] == [
        {"task_name": "cleanup_old_audit_logs", "runs": 3, "completed": 2, "failed": 1,
         "deleted": 42, "longest": 3.0}
    ]  # fmt: skip
    weeks = history.execute("select sum(failed) as failed from maint.failures_by_week").fetchone()
    assert weeks["failed"] == 1
    state = history.execute(
        "select last_status, last_error, is_failing from maint.task_state"
    ).fetchone()
    assert state == {"last_status": "failed", "last_error": "no", "is_failing": True}


@pytest.mark.parametrize("view", VIEWS)
def test_views_show_nothing_to_who_is_no_administrator(history, view):
    with history.transaction(force_rollback=True):
        history.execute("set local role authenticated")
        history.execute('set local request.jwt.claims = \'{"role": "authenticated"}\'')
        rows = history.execute(f"select * from maint.{view}").fetchall()
        assert [row for row in rows if any(value is not None for value in row.values())] == []


def test_the_dashboard_asks_only_for_what_there_is(cli, history):
    dashboard = json.loads(DASHBOARD.read_text())
    names = {key[0] for key in samples(cli("metrics").stdout)} | {
        "maint_last_proven_restore_timestamp_seconds",
        "maint_task_last_completion_timestamp_seconds",
        "maint_notifications",
    }
    targets = [target for panel in dashboard["panels"] for target in panel.get("targets", [])]
    assert len(targets) >= 8
    for target in targets:
        if "expr" in target:
            assert set(re.findall(r"\bmaint_\w+", target["expr"])) <= names, target["expr"]
        else:
            query = re.sub(r"\$__timeFilter\((\w+)\)", r"\1 > now() - interval '7 days'",
                           target["rawSql"])  # fmt: skip
            history.execute(query.encode())
    identifiers = [panel["id"] for panel in dashboard["panels"]]
    assert len(identifiers) == len(set(identifiers))


def test_the_report_is_one_page_with_its_pictures(cli, history, tmp_path):
    page = tmp_path / "report.html"
    answer = cli("report", "--days", "3", "--out", str(page))
    assert answer.returncode == 0, answer.stderr
    text = page.read_text()
    assert text.count("data:image/png;base64,") == 3 and "cid:" not in text
    assert not re.findall(r"(?:src|href)=\"(?!data:)", text)
    assert "<b>42</b> rows deleted" in text and "<b>1</b> alerts open" in text
    days = cli.json("report", "--days", "3")
    assert [day["deleted"] for day in days][-2:] in ([42, 0], [40, 0], [2, 40], [0, 42])
