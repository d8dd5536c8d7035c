"""The table of what monitors look at: every service has an answer, and what it names exists."""

import re
from pathlib import Path

import typer

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.cli import commands  # noqa: F401 - registers them
from maint_pipeline.cli.app import app
from maint_pipeline.ops import all_tasks

PAGE = Path(__file__).parents[2] / "docs" / "checks-compared.md"


def rows(heading: str) -> list[list[str]]:
    lines = PAGE.read_text().split(f"| {heading} |")[1].splitlines()[2:]
    table = lines[: next((n for n, line in enumerate(lines) if not line.startswith("|")), None)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_every_service_and_page_has_an_answer():
    assert len(rows("check_pgactivity")) == 48 and len(rows("PgHero")) == 18
    for service, here, why in rows("check_pgactivity") + rows("PgHero"):
        assert service and (here or why)


def test_what_is_named_exists():
    known = {check.name for check in load_checks()} | set(all_tasks())
    known |= {f"maint {name}" for name in typer.main.get_command(app).commands}
    known |= {"maint sessions end", "MAINT_WATCHDOG_URL"}
    named = {
        name
        for _, here, why in rows("check_pgactivity") + rows("PgHero")
        for name in re.findall(r"`([^`]+)`", here + why)
    }
    assert named and named <= known
