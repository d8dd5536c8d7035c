"""The guide to several databases, line by line, with its registry as it stands there."""

import re
import shlex
from pathlib import Path

import psycopg
import pytest

from tests.cli import Cli
from tests.dev import environment
from tests.pages import console_steps
from tests.server import fresh_server

GUIDE = Path(__file__).parents[2] / "docs" / "fleet.md"


@pytest.fixture
def three(tmp_path, home) -> Cli:
    """Three empty databases of a server, and the registry of the guide."""
    section = GUIDE.read_text().partition("## Step by step")[2]
    file = tmp_path / "databases.toml"
    file.write_text(re.findall(r"```toml\n(.*?)```", section, flags=re.DOTALL)[0])
    folder = tmp_path / "server"
    folder.mkdir()
    with fresh_server(folder) as url:
        with psycopg.connect(url, autocommit=True) as superuser:
            for name in ("shop", "tenant_1", "tenant_2", "other"):
                superuser.execute(f"create database {name}")
            superuser.execute("create database dagster")
        variables = {
            name: value for name, value in environment(home).items() if name != "MAINT_DATABASE_URL"
        }
        yield Cli({
            **variables,
            "MAINT_DATABASES_FILE": str(file),
            "MAINT_DAGSTER_DATABASE_URL": url.replace("/postgres?", "/dagster?"),
            "SHOP_URL": url.replace("/postgres?", "/shop?"),
            "TENANTS_URL": url,
        })  # fmt: skip


@pytest.mark.full
def test_the_guide_does_what_it_says(three):
    steps = console_steps(GUIDE)
    assert len(steps) >= 8
    for command, promised in steps:
        program, *arguments = shlex.split(command)
        assert program == "maint"
        answer = three.process(*arguments)
        said = " ".join((answer.stdout + answer.stderr).split())
        assert answer.returncode == 0, f"{command}: {said}"
        for line in promised:
            assert " ".join(line.split()) in said, f"{command}: no {line!r} in {said}"
    answer = three.process("fleet", "--json")
    assert '"other"' not in answer.stdout
