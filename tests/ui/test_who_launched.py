"""Whom a proxy has signed in is who launched a run, in the ledger and the history of changes."""

import json

import pytest

import tests.dev
from tests.dev import Dev
from tests.integration.test_alerts import finding
from tests.ui.browser import launch_in_browser

pytestmark = pytest.mark.full

HEADER = "X-Forwarded-User"
HISTORY = (
    "select action, object, changed_by from public.get_maintenance_changes() "
    "where changed_by -> 'claimed' ->> 'dagster_run_id' = %s order by id"
)


def start(tmp_path_factory, monkeypatch, **variables: str) -> Dev:
    plain = tests.dev.environment
    monkeypatch.setattr(tests.dev, "environment", lambda home: {**plain(home), **variables})
    return Dev(tmp_path_factory.mktemp("dev") / "home")


@pytest.fixture(scope="module")
def dev(tmp_path_factory):
    """`maint dev` behind a proxy: the browser sends what a proxy would add."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        running = start(tmp_path_factory, monkeypatch, MAINT_USER_HEADER=HEADER)
    try:
        yield running.wait_until_up()
    finally:
        if running.process.poll() is None:
            running.stop()


def claimed(dev, run_id: str) -> list[str | None]:
    """Whom the ledger and each change of a run name."""
    started_by = dev.ledger(run_id)["started_by"]
    changes = [row["changed_by"] for row in dev.sql(HISTORY, [run_id])]
    return [by["claimed"].get("user") for by in (started_by, *changes)]


def test_the_signed_in_user_resolves_an_alert_from_the_launchpad(dev, page):
    dev.sql("select maint.sync_alerts('check', %s::jsonb)", [json.dumps([finding("a")])])
    (alert,) = dev.sql("select id from public.security_alerts where fingerprint = 'check:a'")
    page.set_extra_http_headers({HEADER: "ada@example.com"})
    config = (
        "ops:\n  update_security_alert:\n    config:\n"
        f"      alert_id: {alert['id']}\n      action: resolve\n      note: rotated\n"
    )
    run_id = launch_in_browser(dev, page, "update_security_alert", config)
    assert dev.finished(run_id) == "SUCCESS"
    assert claimed(dev, run_id) == ["ada@example.com"] * 3
    rows = dev.sql(HISTORY, [run_id])
    assert [row["action"] for row in rows] == ["launched", "resolved"]
    assert rows[1]["object"] == str(alert["id"])


def test_without_the_header_a_typed_tag_names_nobody(dev):
    parameters = {
        "selector": {
            "repositoryLocationName": "maint_pipeline",
            "repositoryName": "__repository__",
            "jobName": "verify_backup_health",
        },
        "executionMetadata": {"tags": [{"key": "maint/user", "value": "the boss"}]},
    }
    launched = dev.graphql(tests.dev.LAUNCH, parameters=parameters)["launchRun"]
    run_id = launched["run"]["runId"]
    assert dev.finished(run_id) == "SUCCESS"
    assert claimed(dev, run_id) == [None, None]
