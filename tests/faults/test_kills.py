"""`maint dev` at its edges: ports, folders, a second start, kills, and what it leaves behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing, suppress

import psutil
import pytest

from tests.dev import Dev, environment, eventually, free_port, gone, maint

JOB = "cleanup_old_audit_logs"
# Of this job: another may have been due by its schedule just then.
JOBS_RUNS = (
    f"select status from maintenance_task_runs where task_name = '{JOB}' "
    "and dagster_run_id is not null"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("faults") / "a home with spaces"


@pytest.fixture
def start():
    """Starts `maint dev` on a home; what a failed test leaves running is stopped."""
    started: list[Dev] = []

    def start(home) -> Dev:
        started.append(Dev(home))
        return started[-1]

    yield start
    for dev in started:
        if dev.process.poll() is None:
            dev.stop()


@pytest.mark.full
def test_first_start_stop_and_what_is_left(home, start):
    dev = start(home).wait_until_up()
    second = maint(home, "dev", "--port", str(free_port()))
    assert second.returncode == 2
    assert f"pid {dev.process.pid}, http://127.0.0.1:{dev.port}" in second.stderr.replace("\n", " ")

    dev.sql("create table remember as select 42 as answer")
    run_id = dev.launch(JOB, duty_percent=1)
    dev.working(run_id)
    processes = dev.processes()
    assert len(processes) >= 6  # web server, daemon, code server, its child, the run, PostgreSQL
    assert dev.stop(signal.SIGTERM) == 0
    assert gone(processes)


@pytest.mark.full
def test_restart_finds_its_data_and_the_canceled_run(home, start):
    dev = start(home).wait_until_up()
    assert dev.sql("select answer from remember") == [{"answer": 42}]
    assert dev.sql("select count(*) from orgs")[0]["count"] == 50
    (row,) = dev.sql(JOBS_RUNS)
    assert row["status"] == "canceled"
    # Ctrl-C in a terminal reaches the whole process group at once.
    processes = dev.processes()
    os.killpg(dev.process.pid, signal.SIGINT)
    assert dev.process.wait(timeout=120) == 0
    assert gone(processes)


@pytest.mark.full
def test_killed_outright_its_servers_end_too(home, start):
    dev = start(home).wait_until_up()
    servers = dev.servers()
    dev.process.kill()
    dev.process.wait()
    eventually(lambda: gone(servers))


@pytest.mark.full
def test_everything_killed_at_once_is_cleared_up_by_the_next(home, start):
    dev = start(home).wait_until_up()
    run_id = dev.launch(JOB, duty_percent=1)
    dev.working(run_id)
    processes = dev.processes()
    for process in (psutil.Process(dev.process.pid), *processes):
        with suppress(psutil.NoSuchProcess):  # some end by themselves when the first is gone
            process.kill()
    dev.process.wait()
    eventually(lambda: gone(processes))

    again = start(home).wait_until_up()
    # Only the sensor is left to tell, the ledger as well as Dagster, which saw nothing of it.
    eventually(lambda: again.ledger(run_id)["status"] == "failed")
    assert again.finished(run_id) == "FAILURE"
    processes = again.processes()
    assert again.stop() == 0
    assert gone(processes)


@pytest.mark.full
def test_one_of_its_servers_dying_stops_all_and_says_which(home, start):
    dev = start(home).wait_until_up()
    processes = dev.processes()
    (daemon,) = [p for p in dev.servers() if "dagster._daemon" in " ".join(p.cmdline())]
    daemon.kill()
    assert dev.process.wait(timeout=120) == 1
    assert "daemon stopped" in dev.output.read_text()
    assert gone(processes)


@pytest.mark.full
def test_its_postgresql_killed_is_started_again_and_a_closed_terminal_stops_all(home, start):
    dev = start(home).wait_until_up()
    postmaster = int((home / "postgres" / "postmaster.pid").read_text().split("\n")[0])
    psutil.Process(postmaster).kill()
    eventually(lambda: "PostgreSQL had ended; it was started again" in dev.output.read_text())
    assert dev.sql("select answer from remember") == [{"answer": 42}]
    assert dev.finished(dev.launch("cleanup_old_security_alerts")) == "SUCCESS"
    processes = dev.processes()
    dev.stop(signal.SIGHUP)
    assert gone(processes)


@pytest.mark.full
def test_stopping_during_set_up_leaves_a_home_that_works(tmp_path, start):
    dev = start(tmp_path / "home")
    eventually(lambda: "Migrating" in dev.output.read_text())
    assert dev.stop(signal.SIGINT) == 0
    assert maint(tmp_path / "home", "psql", "-Atc", "select 1").stdout == "1\n"


def test_port_in_use(tmp_path):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = maint(tmp_path / "home", "dev", "--port", str(port))
    assert refused.returncode == 2
    assert f"Port {port}" in refused.stderr and "--port" in refused.stderr


@pytest.mark.parametrize("name", ["MAINT_UI_URL", "MAINT_ALLOWED_HOSTS"])
def test_addresses_that_are_none_are_said_before_anything_starts(tmp_path, name):
    home = tmp_path / "home"
    command = [sys.executable, "-m", "maint_pipeline.cli", "dev", "--port", str(free_port())]
    refused = subprocess.run(
        command, env={**environment(home), name: "*"}, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert name in refused.stderr and "Traceback" not in refused.stderr
    assert not (home / "postgres").exists()


def test_half_written_data_folder(tmp_path):
    data = tmp_path / "home" / "postgres"
    (data / "base").mkdir(parents=True)
    refused = maint(tmp_path / "home", "dev", "--port", str(free_port()))
    assert refused.returncode == 2
    message = " ".join(refused.stderr.split())
    assert "not a whole PostgreSQL data folder" in message and "delete it" in message
    shutil.rmtree(data)
    (tmp_path / "home" / "postgres.unfinished" / "base").mkdir(parents=True)
    assert maint(tmp_path / "home", "psql", "-Atc", "select 1").stdout == "1\n"


def test_home_that_is_a_file(tmp_path):
    (tmp_path / "home").write_text("not a folder")
    refused = maint(tmp_path / "home", "psql", "-c", "select 1")
    assert refused.returncode == 2
    assert "can't be used as a folder" in " ".join(refused.stderr.split())


NOBODY = {"user": 65534, "group": 65534, "extra_groups": []}


def nobody_can_run_us() -> bool:
    """Whether this is root, on a machine where others can reach the interpreter as well."""
    try:
        return subprocess.run([sys.executable, "-c", ""], check=False, **NOBODY).returncode == 0
    except PermissionError:
        return False


@pytest.mark.full
@pytest.mark.skipif(not nobody_can_run_us(), reason="can't become an ordinary user here")
def test_an_ordinary_user_on_a_machine_where_root_used_it_too(tmp_path):
    home = tmp_path / "nobody's"
    home.mkdir()
    os.chown(home, 65534, 65534)
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(folder.stat().st_mode | 0o011)
    answer = subprocess.run(
        [sys.executable, "-m", "maint_pipeline.cli", "psql", "-Atc", "select 1"],
        check=False, capture_output=True, text=True, cwd="/",
        env={**environment(home), "HOME": str(home)}, **NOBODY,
    )  # fmt: skip
    assert answer.stdout == "1\n", answer.stderr
