"""The guides have a place for everything that links to them."""

import json
import re
from pathlib import Path

import pytest

from maint_pipeline.alerts.messages import OF_MAINTENANCE, guide_link
from maint_pipeline.alerts.tasks import MISSED_RUN, TASK_FAILED
from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.ops.presentation import GUIDES
from maint_pipeline.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


def anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", (DOCS / page).read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "alert_type", [TASK_FAILED, MISSED_RUN, "check_failing:x", *(c.name for c in load_checks())]
)
def test_every_alert_links_to_what_it_means(alert_type):
    page, _, anchor = guide_link(alert_type, Settings()).removeprefix("docs/").partition("#")
    assert anchor in anchors(page)


def test_a_served_guide_is_linked_by_its_url():
    settings = Settings(docs_url="https://docs.example/maint/")
    assert guide_link("mass_read", settings) == "https://docs.example/maint/checks.md#mass_read"


def test_what_sensors_raise_is_known():
    assert {TASK_FAILED, MISSED_RUN} < set(OF_MAINTENANCE)


@pytest.mark.parametrize("guide", GUIDES.values())
def test_every_job_links_to_its_guide(guide):
    page, _, anchor = guide.partition("#")
    assert not anchor or anchor in anchors(page)


def test_how_old_a_proof_of_a_restore_may_be_is_the_same_everywhere():
    """The check has the number; the dashboard and the operator's guide repeat it."""
    (check,) = (c for c in load_checks() if c.name == "restore_unproven")
    (within,) = (t.default for t in check.thresholds if t.name == "within")
    days = int(within.removesuffix(" days"))
    assert f"the last successful restore test is older than {within}." in (DOCS / "operator.md").read_text()
    dashboard = json.loads((DOCS.parent / "deploy/grafana/maintenance.json").read_text())
    (panel,) = (p for p in dashboard["panels"] if "last_proven" in json.dumps(p))
    steps = panel["fieldConfig"]["defaults"]["thresholds"]["steps"]
    assert days * 86400 in [step["value"] for step in steps]
