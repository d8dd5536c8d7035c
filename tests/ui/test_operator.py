"""An operator's first minutes in the Dagster UI, in a real browser.

With MAINT_SCREENSHOTS set to a folder, the pictures of the documentation are taken along the way.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.dev import eventually

# The machine may be busy and the pages load data of their own.
expect.set_options(timeout=30_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
JOB = "cleanup_old_audit_logs"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("MAINT_TEST_REQUIRE_ALL"),
    reason="chromium is not installed",
)


@pytest.fixture(scope="module")
def browser():
    arguments = [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1360, "height": 860})
    opened.set_default_timeout(30_000)
    yield opened
    opened.close()


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("MAINT_SCREENSHOTS"):
        page.wait_for_timeout(1000)
        page.screenshot(path=Path(folder) / f"{name}.png")


def write_config(page: Page, text: str) -> None:
    """Replace what stands in the launchpad's editor."""
    editor = page.locator(".CodeMirror").first
    editor.click()
    editor.evaluate("(element, text) => element.CodeMirror.setValue(text)", text)


def test_jobs_are_listed_with_their_schedules(dev, page):
    page.goto(f"{dev.address}/jobs")
    for name in (
        "cleanup_old_audit_logs",
        "cleanup_old_security_alerts",
        "run_automated_security_checks",
        "verify_backup_health",
    ):
        expect(page.get_by_text(name, exact=True).first).to_be_visible()
    picture(page, "jobs")


def test_launching_from_the_form_shows_the_outcome(dev, page):
    page.goto(f"{dev.address}/locations/maint_pipeline/jobs/{JOB}/playground")
    expect(page.get_by_text("duty_percent").first).to_be_visible()
    picture(page, "launchpad")
    page.get_by_role("button", name="Launch Run").click()
    page.wait_for_url(re.compile("/runs/"))
    run_id = page.url.rpartition("/runs/")[2][:36]
    assert dev.finished(run_id) == "SUCCESS"
    assert dev.ledger(run_id)["status"] == "completed"
    page.goto(f"{dev.address}/runs/{run_id}?logs=type%3ASTEP_OUTPUT")
    expect(page.get_by_text("deleted_count").first).to_be_visible()
    picture(page, "run")


def test_findings_are_a_table_in_the_run_page(dev, page):
    run_id = dev.launch("verify_backup_health")
    dev.finished(run_id)
    page.goto(f"{dev.address}/runs/{run_id}?logs=type%3ASTEP_OUTPUT")
    expect(page.get_by_text("findings_table").first).to_be_visible()
    expect(page.get_by_text("remediation").first).to_be_visible()
    page.get_by_text("View full message").first.click()
    expect(page.get_by_role("dialog").get_by_text("remediation").first).to_be_visible()
    picture(page, "findings")


@pytest.mark.parametrize(("days", "said"), [("ninety", "Int"), ("0", "greater than or equal to 1")])
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
    dev.sql(
        "insert into audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from profiles limit 1), "
        "now() - interval '200 days', md5(i::text) from generate_series(1, 50000) as i"
    )
    run_id = dev.launch(JOB, duty_percent=1)
    dev.working(run_id)
    page.goto(f"{dev.address}/runs/{run_id}")
    page.get_by_role("button", name="Terminate").first.click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Terminate")).click()
    eventually(lambda: dev.ledger(run_id)["status"] == "canceled")
    assert dev.finished(run_id) == "CANCELED"
