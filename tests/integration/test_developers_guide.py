"""The developer's guide, followed literally in a copy of the package."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from tests.pages import console_steps

pytestmark = [pytest.mark.full, pytest.mark.any_version]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "developer.md"
FILES = re.compile(r"`((?:maint_pipeline|tests)/[\w/.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
APPLICATION = """
create table public.outbox (id integer primary key, created_at timestamptz not null,
    delivered_at timestamptz);
grant select, delete, update (delivered_at) on public.outbox to maint_owner;
insert into public.outbox values (1, now() - interval '40 days', now() - interval '39 days'),
    (2, now() - interval '2 hours', null);
create table public.activity_logs (id uuid, created_at timestamptz not null, actor_id uuid);
"""


@pytest.fixture
def copy(tmp_path) -> Path:
    """A copy of the package and its tests with the files that the page shows."""
    for folder in ("maint_pipeline", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    found = FILES.findall(PAGE.read_text())
    assert [Path(name).name for name, _ in found] == [
        "prune_outbox.py", "outbox_stuck.sql", "outbox_stuck.sql",
    ]  # fmt: skip
    for name, text in found:
        assert not (ROOT / name).exists()
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def run(copy, new_database, storage, tmp_path):
    """Runs a module of the copy on a database of its own."""
    url = new_database()

    def run(*arguments: str, **variables: str) -> str:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAINT_", "DAGSTER_"))}
        answer = subprocess.run(
            [sys.executable, *arguments], cwd=copy, capture_output=True, text=True, check=False,
            timeout=240,
            env={
                **kept, "PYTHONPATH": str(copy), "MAINT_DATABASE_URL": url,
                "MAINT_DAGSTER_DATABASE_URL": storage, "MAINT_HOME": str(tmp_path / "home"),
                **variables,
            },
        )  # fmt: skip
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    run("-m", "maint_pipeline.cli", "migrate")
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(APPLICATION)
    return run


@pytest.fixture
def channel():
    """A server that takes what a channel sends it."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"ops=json://127.0.0.1:{server.server_port}/alerts", got
    server.shutdown()


def test_what_the_page_adds_works(run, channel):
    url, got = channel
    told = run("-m", "maint_pipeline.cli", "run", "prune_outbox")
    assert "1 row deleted" in told
    assert "1 messages wait for delivery" in run(
        "-m", "maint_pipeline.cli", "checks", "run", "outbox_stuck"
    )
    for command, _ in console_steps(PAGE):
        run("-m", "maint_pipeline.cli", *shlex.split(command)[1:], MAINT_NOTIFY_URLS=url)
    assert "old_messages" in run("-m", "maint_pipeline.cli", "policies")
    assert len(got) == 1


def test_the_case_of_the_check_passes(copy):
    # A test run of its own, that shares no folder with this one.
    own = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "tests/integration/test_check_cases.py", "-k", "outbox_stuck"],
        cwd=copy, capture_output=True, text=True, check=False, timeout=240,
        env={**own, "PYTHONPATH": str(copy)},
    )  # fmt: skip
    assert answer.returncode == 0 and " passed" in answer.stdout, answer.stdout
