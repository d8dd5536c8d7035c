"""An operator's first minutes in the Dagster UI, in a real browser.

With MAINT_SCREENSHOTS set to a folder, the pictures of the documentation are taken along the way.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.dev import eventually
from tests.ui.browser import launch_in_browser, picture, show_result, write_config

pytestmark = pytest.mark.full

JOB = "cleanup_old_audit_logs"
TASKS = {
    "cleanup_old_audit_logs": "rows deleted",
    "cleanup_old_security_alerts": "rows deleted",
    "run_automated_security_checks": "findings",
    "verify_backup_health": "findings",
}


def test_jobs_are_listed_with_their_schedules(dev, page):
    page.goto(f"{dev.address}/jobs")
    for name in TASKS:
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    picture(page, "jobs")


def test_launching_from_the_form_shows_the_outcome(dev, page):
    page.goto(f"{dev.address}/locations/maint_pipeline/jobs/{JOB}/playground")
    expect(page.get_by_text("duty_percent").first).to_be_visible()
    picture(page, "launchpad")
    run_id = launch_in_browser(dev, page, JOB)
    assert dev.finished(run_id) == "SUCCESS"
    assert dev.ledger(run_id)["status"] == "completed"
    show_result(dev, page, run_id)
    expect(page.get_by_text("deleted_count").first).to_be_visible()
    picture(page, "run")


@pytest.mark.parametrize("task", TASKS)
def test_each_task_is_launched_and_its_result_comes_first(dev, page, task):
    run_id = launch_in_browser(dev, page, task)
    assert dev.finished(run_id) == "SUCCESS"
    show_result(dev, page, run_id)
    expect(page.get_by_text(TASKS[task]).first).to_be_visible()
    page.goto(f"{dev.address}/runs")
    expect(page.get_by_text("maint: ").first).to_be_visible()


def test_a_dry_run_is_one_click(dev, page):
    run_id = launch_in_browser(dev, page, f"{JOB}_dry_run")
    assert dev.finished(run_id) == "SUCCESS"
    show_result(dev, page, run_id)
    expect(page.get_by_text("rows would be deleted").first).to_be_visible()
    assert dev.ledger(run_id)["details"]["dry_run"] is True


def test_a_task_already_running_is_skipped_and_says_since_when(dev, page):
    add_expired_rows(dev)
    first = dev.launch(JOB, duty_percent=1)
    dev.working(first)
    second = launch_in_browser(dev, page, JOB)
    assert dev.finished(second) == "SUCCESS"
    show_result(dev, page, second)
    expect(page.get_by_text("already running since").first).to_be_visible()
    dev.terminate(first)


def test_a_failed_run_says_first_what_to_do(dev, page):
    dev.sql("alter table public.audit_logs rename column time to moment")
    try:
        run_id = launch_in_browser(dev, page, JOB)
        assert dev.finished(run_id) == "FAILURE"
        page.goto(f"{dev.address}/runs/{run_id}?logs=type%3ASTEP_FAILURE")
        expect(page.get_by_text("What to do:").first).to_be_visible()
    finally:
        dev.sql("alter table public.audit_logs rename column moment to time")


def test_a_closed_window_is_told_with_when_it_opens(dev, page):
    dev.sql(
        "insert into maint.maintenance_windows (name, days, opens, closes) values ('nights', "
        "array[extract(isodow from now() + interval '3 days')], '01:00', '05:00')"
    )
    try:
        page.goto(f"{dev.address}/locations/maint_pipeline/schedules/{JOB}_schedule")
        page.get_by_role("button", name="Preview tick").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Continue").click()
        expect(dialog.get_by_text(re.compile("opens")).first).to_be_visible()
        picture(page, "closed-window")
    finally:
        dev.sql("delete from maint.maintenance_windows")


def test_health_is_an_asset_whose_checks_turn_red_and_say_why(dev, page):
    run_id = launch_in_browser(dev, page, "maintenance_health")
    assert dev.finished(run_id) == "SUCCESS"
    page.goto(f"{dev.address}/assets/restore_test?view=checks")
    page.get_by_text("restore_proven", exact=True).first.click()
    expect(page.get_by_text("No backup has been restored yet").first).to_be_visible()
    picture(page, "health")
    page.goto(f"{dev.address}/assets/alerts?view=events")
    expect(page.get_by_text("open_alerts_high").first).to_be_visible()


def test_alerts_that_a_run_raised_are_named_in_its_page(dev, page):
    dev.sql("create table public.exposed (id integer primary key)")
    try:
        run_id = dev.launch("run_automated_security_checks")
        dev.finished(run_id)
        show_result(dev, page, run_id)
        expect(page.get_by_text("new_alerts").first).to_be_visible()
        expect(
            page.get_by_text("Table public.exposed has row level security off").first
        ).to_be_visible()
    finally:
        dev.sql("drop table public.exposed")


def test_findings_are_a_table_in_the_run_page(dev, page):
    run_id = dev.launch("verify_backup_health")
    dev.finished(run_id)
    page.goto(f"{dev.address}/runs/{run_id}?logs=type%3AASSET_OBSERVATION")
    expect(page.get_by_text("findings_table").first).to_be_visible()
    expect(page.get_by_text("remediation").first).to_be_visible()
    page.get_by_text("View full message").first.click()
    expect(page.get_by_role("dialog").get_by_text("remediation").first).to_be_visible()
    picture(page, "findings")


@pytest.mark.parametrize(("days", "said"), [("ninety", "Int"), ("0", "must be 1 to 36500")])
def test_nonsense_is_refused_with_what_is_allowed(dev, page, days, said):
    # Of this job: another may be due by its schedule just now.
    runs = f'{{ runsOrError(filter: {{ pipelineName: "{JOB}" }}) {{ ... on Runs {{ count }} }} }}'
    before = dev.graphql(runs)
    page.goto(f"{dev.address}/locations/maint_pipeline/jobs/{JOB}/playground")
    expect(page.get_by_text("duty_percent").first).to_be_visible()
    config = f"ops:\n  {JOB}:\n    config:\n      retention_days: {days}\n"
    write_config(page, config)
    launch = page.get_by_role("button", name="Launch Run")
    if days == "0":
        expect(launch).to_be_enabled()
        launch.click()
    expect(page.get_by_text(re.compile(said)).first).to_be_visible()
    assert dev.graphql(runs) == before


def test_canceling_in_the_run_page(dev, page):
    add_expired_rows(dev)
    run_id = dev.launch(JOB, duty_percent=1)
    dev.working(run_id)
    page.goto(f"{dev.address}/runs/{run_id}")
    page.get_by_role("button", name="Terminate").first.click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Terminate")).click()
    eventually(lambda: dev.ledger(run_id)["status"] == "canceled")
    assert dev.finished(run_id) == "CANCELED"


def add_expired_rows(dev) -> None:
    dev.sql(
        "insert into audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from profiles limit 1), "
        "now() - interval '200 days', md5(i::text) from generate_series(1, 50000) as i"
    )
