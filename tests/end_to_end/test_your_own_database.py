"""The guide to a database of other names, line by line, as a role that is no superuser."""

import shlex
from pathlib import Path

import psycopg
import pytest

from tests.cli import Cli
from tests.dev import environment
from tests.pages import console_steps
from tests.server import fresh_server

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "your-own-database.md"


@pytest.fixture
def booking(tmp_path, home) -> Cli:
    """An empty database on a server of its own, owned by a role that may create roles only."""
    with fresh_server(tmp_path) as url:
        with psycopg.connect(url, autocommit=True) as superuser:
            superuser.execute("create role app login createrole")
            superuser.execute("create database booking owner app")
            superuser.execute("create database dagster owner app")
        ours = url.replace("postgres@", "app@")
        yield Cli({
            **environment(home),
            "MAINT_DATABASE_URL": ours.replace("/postgres?", "/booking?"),
            "MAINT_DAGSTER_DATABASE_URL": ours.replace("/postgres?", "/dagster?"),
        })  # fmt: skip


@pytest.mark.full
def test_the_guide_does_what_it_says(booking, monkeypatch):
    monkeypatch.chdir(ROOT)
    steps = console_steps(GUIDE)
    assert len(steps) > 10
    for command, promised in steps:
        program, *arguments = shlex.split(command)
        assert program == "maint"
        # In a process of its own: psql writes to the terminal itself.
        answer = booking.process(*arguments)
        said = " ".join((answer.stdout + answer.stderr).split())
        assert answer.returncode == 0, f"{command}: {said}"
        for line in promised:
            assert " ".join(line.split()) in said, f"{command}: no {line!r} in {said}"
