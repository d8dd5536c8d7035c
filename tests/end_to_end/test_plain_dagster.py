"""Dagster's own commands with workspace.yaml: bare, and after `eval "$(maint env)"`."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from maint_pipeline.database.keeper import keep_running, stop_keeping
from tests.dev import DagsterUi, eventually, free_port, maint
from tests.shells import is_loaded, shells

pytestmark = pytest.mark.full

REPOSITORY = Path(__file__).parents[2]
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def kept_home(tmp_path_factory):
    """A home whose embedded server is up until the end of this file."""
    folder = tmp_path_factory.mktemp("plain") / "it's a home"
    yield folder
    stop_keeping(folder)


def test_definitions_validate_with_nothing_else(tmp_path):
    answer = subprocess.run(
        [BIN / "dagster", "definitions", "validate", "-w", "workspace.yaml"],
        cwd=REPOSITORY, env={"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    assert "All code locations passed validation" in answer.stderr + answer.stdout


@pytest.mark.parametrize(
    "commands",
    [
        ["dagster dev -p {port}"],
        ["dagster-webserver -w workspace.yaml -p {port}", "dagster-daemon run -w workspace.yaml"],
    ],
    ids=["dagster dev", "web server and daemon"],
)
def test_a_job_runs_from_plain_dagster(kept_home, commands):
    port = free_port()
    ui = DagsterUi(f"http://127.0.0.1:{port}")
    with shells(kept_home, *(command.format(port=port) for command in commands)):
        eventually(lambda: is_loaded(ui), seconds=180)
        run_id = ui.launch("cleanup_old_security_alerts")
        assert ui.finished(run_id) == "SUCCESS"
    completed = "select dagster_run_id from maintenance_task_runs where status = 'completed'"
    assert run_id in maint(kept_home, "psql", "-Atc", completed).stdout


def keepers(home: Path) -> list[psutil.Process]:
    return [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] and
            "maint_pipeline.database.keeper" in p.info["cmdline"]
            and str(home) in p.info["cmdline"]]  # fmt: skip


def servers(home: Path) -> list[psutil.Process]:
    # In a folder whose name means something to a shell, the server is started by a relative path.
    return [p for p in psutil.process_iter(["cmdline", "cwd"])
            if p.info["cwd"] == str(home / "postgres")
            and "-D" in (p.info["cmdline"] or [])]  # fmt: skip


def test_the_lines_are_for_a_shell_and_the_server_stays_until_stopped(tmp_path):
    home = tmp_path / "a home with 'quotes' & more"
    first = maint(home, "env")
    assert first.returncode == 0, first.stderr
    assert all(line.startswith("export ") for line in first.stdout.splitlines())
    names = dict(shlex.split(line)[1].split("=", 1) for line in first.stdout.splitlines())
    assert names["MAINT_HOME"] == str(home)
    assert Path(names["DAGSTER_HOME"], "dagster.yaml").is_file()
    # Later commands in that shell still know that the embedded database is meant.
    assert "MAINT_DATABASE_URL" not in names

    (keeper,) = keepers(home)
    assert maint(home, "env").stdout == first.stdout
    assert keepers(home) == [keeper]
    assert len(servers(home)) == 1
    assert maint(home, "psql", "-Atc", "select 40 + 2").stdout == "42\n"
    assert len(servers(home)) == 1

    assert maint(home, "env", "--stop").returncode == 0
    assert not keepers(home)
    assert not servers(home)
    assert maint(home, "env", "--stop").returncode == 0


def test_the_server_gets_no_secret_of_the_shell(tmp_path, monkeypatch):
    monkeypatch.setenv("MAINT_NOTIFY_URLS", "mailto://user:s3cret@localhost")
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    home = tmp_path / "home"
    keep_running(home)
    try:
        for process in [*keepers(home), *servers(home)]:
            assert "s3cret" not in str(process.environ())
    finally:
        stop_keeping(home)


def test_a_killed_keeper_is_replaced_and_nobody_else_is_ever_ended(tmp_path):
    home = tmp_path / "home"
    keep_running(home)
    (keeper,) = keepers(home)
    keeper.kill()
    keeper.wait()
    # The number may be somebody else's by now.
    (home / "env.lock").write_text(str(os.getpid()))
    assert not stop_keeping(home)
    keep_running(home)
    assert len(keepers(home)) == 1
    assert stop_keeping(home)
    eventually(lambda: not servers(home))


def test_a_home_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "home").write_text("a file")
    answer = maint(tmp_path / "home", "env")
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "home" in answer.stderr and "Traceback" not in answer.stderr


def test_databases_of_ones_own_need_no_server(cli):
    answer = cli("env")
    assert answer.returncode == 0, answer.stderr
    assert not keepers(Path(cli.variables["MAINT_HOME"]))
    assert cli.variables["MAINT_DATABASE_URL"] not in answer.stdout
    assert "MAINT_DAGSTER_STORAGE_URL='postgresql+psycopg2://" in answer.stdout
