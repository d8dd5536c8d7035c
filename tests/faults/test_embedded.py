"""The embedded PostgreSQL where something is in its way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from maint_pipeline.database.programs import user_options
from tests.dev import environment, eventually, maint
from tests.seeds import few


@pytest.mark.parametrize("command", few([["run", "cleanup_old_audit_logs"], ["history"]]))
def test_before_the_first_migration_it_is_said_what_to_do(tmp_path, command):
    home = tmp_path / "home"
    answer = maint(home, *command)
    assert answer.returncode == 2 and not home.exists()
    assert "There is no database yet" in answer.stderr and "maint dev" in answer.stderr
    assert psql(home) == "1\n"
    answer = maint(home, *command)
    assert answer.returncode == 2
    assert "run" in answer.stderr and "maint migrate" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_stale_pid_file_whose_number_is_somebody_elses(tmp_path):
    """As in containers, where the numbers of a former life come again."""
    home = tmp_path / "home"
    assert psql(home) == "1\n"
    with sleeping() as stranger:
        # Cut off: the file as a killed server leaves it, naming a process that lives.
        lines = [str(stranger.pid), str(home / "postgres"), "1700000000", "5432", "", "", "1 1"]
        file = home / "postgres" / "postmaster.pid"
        file.write_text("\n".join(lines) + "\n")
        if os.geteuid() == 0:
            os.chown(file, 65534, 65534)
        assert psql(home) == "1\n"
        assert stranger.poll() is None
        stranger.terminate()


@pytest.mark.full
@pytest.mark.parametrize(
    "name",
    ['a "quote"', "it's", "a,b", "$HOME", "a#b%20", "`id`", "grün 日本", "back\\slash", "x" * 180],
)
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_homes_with_unusual_names_work(tmp_path, name, locale):
    if locale == "C" and name.isascii():
        pytest.skip("the locale tells nothing about ASCII")
    home = tmp_path / name
    assert psql(home, LC_ALL=locale) == "1\n"
    assert postgres_of(home) == []


@pytest.mark.full
@pytest.mark.parametrize("name", ["line\nbreak", "/proc", "/sys"])
def test_homes_that_cannot_be_are_refused_in_a_sentence(tmp_path, name):
    home = tmp_path / name
    answer = run(home, "psql", "-Atc", "select 1")
    assert answer.returncode == 2 and "MAINT_HOME" in answer.stderr
    assert "another folder" in " ".join(answer.stderr.split())
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_command_that_is_ended_leaves_no_server(tmp_path, number):
    home = tmp_path / "home"
    assert psql(home) == "1\n"
    with subprocess.Popen(
        [sys.executable, "-m", "maint_pipeline.cli", "psql", "-c", "select pg_sleep(600)"],
        env=environment(home), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    ) as command:  # fmt: skip
        eventually(lambda: [p for p in postgres_of(home) if "SELECT" in " ".join(p.cmdline())])
        command.send_signal(number)
        command.wait(timeout=90)
    eventually(lambda: not postgres_of(home))


def postgres_of(home: Path) -> list[psutil.Process]:
    """The server of a home and its backends."""
    found = []
    for process in psutil.process_iter():
        try:
            if Path(process.cwd()) == home / "postgres":
                found.append(process)
        except psutil.Error:
            continue
    return found


def sleeping() -> "subprocess.Popen[bytes]":
    """A process that is no PostgreSQL, of the user that servers run as."""
    return subprocess.Popen(["timeout", "120", "sleep", "120"], **user_options())


def run(home: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "maint_pipeline.cli", *arguments],
        check=False, capture_output=True, text=True, timeout=200,
        env={**environment(home), **variables},
    )  # fmt: skip


def psql(home: Path, **variables: str) -> str:
    answer = run(home, "psql", "-Atc", "select 1", **variables)
    return answer.stdout + answer.stderr
