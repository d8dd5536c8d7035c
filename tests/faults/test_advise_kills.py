"""maint advise killed in the middle: neither its server nor its folder stays behind."""

import json
import signal

import psutil
import pytest

from tests.advised import QUERIES, advised_database
from tests.dev import eventually


@pytest.fixture
def advising(cli, server_url, tmp_path):
    load = tmp_path / "workload.json"
    load.write_text(json.dumps([
        {"query": text, "role": "authenticated", "calls": calls, "milliseconds": milliseconds}
        for text, calls, milliseconds in QUERIES
    ]))  # fmt: skip
    with advised_database(server_url, "advised_kills", 3000) as url:
        configured = cli.with_variables(
            MAINT_DATABASE_URL=url, MAINT_SCRATCH_DIR=str(tmp_path / "scratch"),
            TMPDIR=str(tmp_path / "short"),
        )  # fmt: skip
        (tmp_path / "short").mkdir()
        yield configured, ("advise", "--workload", str(load))


def servers(folder) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["cmdline", "name", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and any(str(folder) in part for part in process.info["cmdline"] or ())
    ]


@pytest.mark.parametrize(
    "number", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.full)]
)
def test_killed_in_the_middle_it_leaves_nothing(advising, tmp_path, number):
    cli, words = advising
    scratch, short = tmp_path / "scratch", tmp_path / "short"
    process = cli.start(*words)
    eventually(lambda: any("postgres" in p.info["name"] for p in servers(scratch)))
    assert list(scratch.iterdir()) and list(short.iterdir())
    process.send_signal(number)
    process.communicate()
    eventually(lambda: not servers(scratch))
    eventually(lambda: not list(scratch.iterdir()) and not list(short.iterdir()))
