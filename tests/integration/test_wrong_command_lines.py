"""Hundreds of wrong command lines and settings: each ends in words, never in a traceback.

In this process, because a process for each would take many minutes.
"""

import os
import sys

import pytest

from maint_pipeline.cli import main

pytestmark = pytest.mark.any_version

CLEANUP = "cleanup_old_audit_logs"
FEW = ("", "'; select 1 --", "[/red]")
MORE = (
    " ", "-1", "9" * 60, "nan", "[", "{}", "\x1b[2J", "a" * 3000, "\udcff", "../**/up",
)  # fmt: skip
# Every X becomes each of FEW and MORE.
COMMANDS = (
    "X",
    "--X",
    "run X",
    f"run {CLEANUP} --set X",
    f"run {CLEANUP} --set retention_days=X",
    f"run {CLEANUP} --set vacuum=X",
    "run update_security_alert --set alert_id=X",
    "history --days X",
    "history --task X --status X",
    "history --task X",
    "alerts --severity X",
    "alerts --check X",
    "alerts show X",
    "alerts silence 00000000-0000-4000-8000-000000000001 --for X",
    "alerts resolve 00000000-0000-4000-8000-000000000001 --notes X",
    "policies preview X",
    "policies disable X",
    "policies add X --table X --time-column X --keep X",
    "policies add new --table audit_logs --time-column time --keep X",
    "policies add new --table audit_logs --time-column time --keep 1year --condition X",
    "checks run X",
    "checks explain X",
    "checks unignore X",
    "checks ignore X --reason why --for X",
    "windows add new --opens X --closes 05:00",
    "windows add new --opens 01:00 --closes 05:00 --days X",
    "windows add new --opens 01:00 --closes 05:00 --time-zone X",
    "windows remove X",
    "baseline approve X",
    "baseline approve function X",
    "report --days X",
    "metrics --listen X",
    "serve --port X",
    "dev --port X",
    "sample --rows X",
    "changes --X",
    "notifications X",
    "migrate --trust X --plan --down",
)
SETTINGS = (
    ("MAINT_DATABASE_URL", ("postgresql://%c9@h/app", "mysql://h", "host=", "\udcff", "=", "x")),
    ("MAINT_ADMIN_DATABASE_URL", ("postgresql://%c9@h/app", "\udcff")),
    ("MAINT_TIMEZONE", ("Mars/Olympus", "../..", "\udcff", "a" * 3000)),
    ("MAINT_HOME", ("~nobody-of-this-name/x", "/dev/null/x", "/proc", "a" * 3000)),
    ("DAGSTER_HOME", ("~nobody-of-this-name/x",)),
    ("MAINT_NOTIFY_MIN_SEVERITY", ("worst", "\udcff")),
    ("MAINT_USER_HEADER", ("X Y", "\udcff")),
)  # fmt: skip


@pytest.fixture
def maint(database, home, monkeypatch, capsys):
    """Calls `maint`; gives its exit code and what it said."""
    monkeypatch.chdir(home)
    for name, value in {
        "MAINT_DATABASE_URL": database,
        "MAINT_DAGSTER_DATABASE_URL": "postgresql://postgres@127.0.0.1:1/dagster",
        "MAINT_HOME": str(home),
    }.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["maint", *arguments])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out + said.err

    before = dict(os.environ)
    yield call
    os.environ.clear()
    os.environ.update(before)


def test_there_are_hundreds():
    assert len(COMMANDS) * len(FEW + MORE) + sum(len(values) for _, values in SETTINGS) > 300


@pytest.mark.parametrize("texts", [FEW, pytest.param(MORE, marks=pytest.mark.full)])
@pytest.mark.parametrize("command", COMMANDS)
def test_wrong_arguments(maint, command, texts):
    for text in texts:
        arguments = [word.replace("X", text) for word in command.split(" ")]
        code, said = maint(*arguments)
        assert code in (0, 1, 2), arguments
        assert "Traceback" not in said, arguments
        assert code == 0 or said.strip(), arguments


@pytest.mark.parametrize(("name", "values"), SETTINGS)
@pytest.mark.parametrize("command", [("migrate", "--plan"), ("run", CLEANUP)])
def test_wrong_settings(maint, monkeypatch, name, values, command):
    if name == "MAINT_HOME":
        monkeypatch.delenv("MAINT_DATABASE_URL")
    for value in values:
        monkeypatch.setenv(name, value)
        code, said = maint(*command)
        assert "Traceback" not in said, value
        assert code in (1, 2) and said.strip(), value


def test_a_storage_of_dagster_out_of_reach(maint):
    code, said = maint("run", CLEANUP)
    assert code == 2 and "Dagster's storage" in said and "Connection refused" in said


def test_a_working_directory_that_is_gone(maint, monkeypatch, tmp_path):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    monkeypatch.setenv("MAINT_HOME", ".maint")
    (tmp_path / "gone").rmdir()
    code, said = maint("history")
    assert code == 2 and "current directory was deleted" in " ".join(said.split())


@pytest.mark.parametrize(
    "command",
    [
        "history --task no_such_thing",
        "history --task no_such_thing:policy",
        "alerts --check no_such_thing",
        "windows add new --opens 01:00 --closes 05:00 --task no_such_thing",
    ],
)
def test_a_name_that_nothing_has_is_told(maint, superuser, command):
    code, said = maint(*command.split(" "))
    assert code == 2 and "no_such_thing" in said
    assert superuser.execute("select from maint.maintenance_windows").rowcount == 0


@pytest.mark.parametrize("command", [f"history --task {CLEANUP}", "alerts --check backup_failed"])
def test_a_name_of_which_there_is_nothing_yet(maint, command):
    assert maint(*command.split(" "))[0] == 0
