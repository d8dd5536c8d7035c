"""The tutorial, line by line: each command runs, and what stands below it is in its output."""

import re
import shlex
from pathlib import Path

import pytest

from tests.dev import Dev, maint
from tests.pages import console_steps

TUTORIAL = Path(__file__).parents[2] / "docs" / "first-hour.md"


@pytest.fixture
def dev(tmp_path):
    """One of its own: it deletes rows that other tests want to find."""
    running = Dev(tmp_path / "home")
    yield running.wait_until_up()
    running.stop()


@pytest.mark.full
def test_the_tutorial_does_what_it_says(dev):
    assert len(console_steps(TUTORIAL)) > 20
    for command, promised in console_steps(TUTORIAL):
        program, *arguments = shlex.split(command)
        assert program == "maint"
        answer = maint(dev.home, *arguments)
        said = " ".join((answer.stdout + answer.stderr).split())
        assert answer.returncode == 0, f"{command}: {said}"
        for line in promised:
            assert " ".join(line.split()) in said, f"{command}: no {line!r} in {said}"


@pytest.mark.parametrize("page", sorted(TUTORIAL.parent.glob("*.md")), ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text()):
        name, _, anchor = target.partition("#")
        other = (page.parent / name).resolve() if name else page
        assert other.exists(), f"{page.name}: {target}"
        if anchor and other.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", other.read_text(), flags=re.MULTILINE)
            anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
            assert anchor in anchors, f"{page.name}: {target}"
