"""The command line on a database of one's own; what only a process shows, in one of its own."""

import json
import signal
from contextlib import closing
from importlib.metadata import version
from uuid import uuid4

import psycopg
import pytest

from tests.application import CREATE_OLD_ROWS, SLOW_DELETES
from tests.dev import eventually

pytestmark = pytest.mark.any_version

CLEANUP = "cleanup_old_audit_logs"
REFUSED_DELETES = """
create function public.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the books are [closed]'; end $$;
create trigger refuse before delete on public.audit_logs
    for each row execute function public.refuse();
"""


@pytest.fixture
def dagster_status(storage):
    with closing(psycopg.connect(storage, autocommit=True)) as connection:

        def status(run_id: str) -> str:
            row = connection.execute("select status from runs where run_id = %s", [run_id])
            return row.fetchone()[0]

        yield status


def task_runs(connection) -> list[dict]:
    return connection.execute(
        "select * from public.maintenance_task_runs order by started_at"
    ).fetchall()


def test_a_run_that_completes(cli, superuser, dagster_status):
    superuser.execute(CREATE_OLD_ROWS)
    ran = cli.process("run", CLEANUP, "--set", "duty_percent=100", "--json")
    assert ran.returncode == 0, ran.stderr
    (row,) = json.loads(ran.stdout)
    assert row["status"] == "completed" and row["details"]["deleted_count"] == 300
    assert dagster_status(row["dagster_run_id"]) == "SUCCESS"
    assert superuser.execute("select count(*) from audit_logs").fetchone()["count"] == 0
    shown = cli("run", CLEANUP, "--dry-run")
    assert shown.returncode == 0 and "expired_count" in shown.stdout


def test_a_run_that_fails(cli, superuser, dagster_status):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(REFUSED_DELETES)
    failed = cli.process("run", CLEANUP)
    assert failed.returncode == 1
    assert "the books are [closed]" in failed.stdout
    (row,) = task_runs(superuser)
    assert row["status"] == "failed" and "the books are [closed]" in row["error_message"]
    assert dagster_status(row["dagster_run_id"]) == "FAILURE"


def test_a_run_that_is_skipped_says_why(cli, superuser):
    superuser.execute("select maint.try_lock(maint.task_lock(%s))", [CLEANUP])
    (row,) = cli.json("run", CLEANUP)
    assert row["status"] == "skipped"
    assert "already running since" in row["details"]["reason"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", CLEANUP, "--set", "retention_days=0"], "retention_days must be 1 to 36500, not 0"),
        (["run", CLEANUP, "--set", "retention_days=ninety"], "retention_days"),
        (["run", CLEANUP, "--set", "unknown=1"], "unknown"),
        (["run", CLEANUP, "--set", "workers=["], "workers takes a whole number"),
        (["run", "run_automated_security_checks", "--dry-run"], "Nothing can be set"),
        (["run", CLEANUP, "--set", "retention_days"], "KEY=VALUE"),
        (["run", "cleanup_everything"], CLEANUP),
        (["run"], "Missing argument"),
        (["history", "--days", "0"], "greater than or equal to 1"),
        (["alerts", "resolve", str(uuid4())], "no security alert"),
        (["alerts", "resolve", "nonsense"], "no security alert nonsense"),
        (["sample", "--rows", "0"], "greater than or equal to 1"),
        (["sample", "--rows", "10"], "sample"),
    ],
)
def test_wrong_usage_says_what_is_right_and_does_nothing(cli, superuser, arguments, said):
    refused = cli(*arguments)
    assert refused.returncode == 2, refused
    assert said in " ".join(refused.stderr.split())
    assert "Traceback" not in refused.stderr
    assert task_runs(superuser) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://app:s3cret@127.0.0.1:1/app", "Connection refused"),
        ("mysql://app:s3cret@localhost/app", "not a PostgreSQL URL"),
    ],
)
@pytest.mark.parametrize("command", [("history",), ("run", CLEANUP), ("migrate",)])
def test_a_database_out_of_reach_is_said_without_its_password(cli, url, said, command):
    cli.variables["MAINT_DATABASE_URL"] = url
    answer = cli(*command)
    assert answer.returncode == 2
    assert said in " ".join(answer.stderr.split())
    assert "s3cret" not in answer.stderr + answer.stdout and "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", [("history",), ("run", CLEANUP), ("alerts",), ("checks",)])
def test_a_database_that_was_never_migrated(cli, new_database, command):
    cli.variables["MAINT_DATABASE_URL"] = new_database()
    answer = cli(*command)
    assert answer.returncode == 2 and "maint migrate" in answer.stderr


def test_set_hands_on_a_text_as_it_was_written(cli, superuser):
    alert = superuser.execute(
        "insert into security_alerts (alert_type, severity, title, description) "
        "values ('t', 'low', 't', 'd') returning id"
    ).fetchone()["id"]
    (row,) = cli.json(
        "run", "update_security_alert", "--set", f"alert_id={alert}", "--set", "action=resolve",
        "--set", "note=key: rotated, 2026-02-30",
    )  # fmt: skip
    assert row["status"] == "completed"
    notes = "select * from security_alerts where id = %s"
    assert "key: rotated, 2026-02-30" in str(superuser.execute(notes, [alert]).fetchone())


def test_version(cli):
    answer = cli("--version")
    assert answer.returncode == 0 and answer.stdout == f"maint {version('maint-pipeline')}\n"


def test_ctrl_c_cancels_the_statement_and_the_run(cli, superuser, dagster_status):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(SLOW_DELETES)
    running = cli.start("run", CLEANUP)
    eventually(lambda: statements(superuser))
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 1
    assert not statements(superuser)
    (row,) = task_runs(superuser)
    assert row["status"] == "canceled", row
    assert dagster_status(row["dagster_run_id"]) == "CANCELED"


@pytest.mark.parametrize("at_once", [True, False])
def test_ctrl_c_twice_ends_the_same_in_the_ledger_and_in_dagster(
    cli, superuser, dagster_status, at_once
):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(SLOW_DELETES)
    running = cli.start("run", CLEANUP)
    eventually(lambda: statements(superuser))
    running.send_signal(signal.SIGINT)
    if not at_once:  # between the ledger's record and Dagster's
        eventually(lambda: task_runs(superuser)[0]["status"] == "canceled", every=0.001)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == 1
    (row,) = task_runs(superuser)
    assert row["status"] == "canceled", row
    assert dagster_status(row["dagster_run_id"]) == "CANCELED"


def test_kill_9_in_the_middle_of_a_statement_ends_it_on_the_server(cli, superuser):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(SLOW_DELETES)
    running = cli.start("run", CLEANUP)
    eventually(lambda: statements(superuser))
    running.kill()
    running.wait()
    # The statement itself would have gone on for ten minutes.
    eventually(lambda: not statements(superuser))
    assert task_runs(superuser)[0]["status"] == "running"

    superuser.execute("drop trigger dawdle on public.audit_logs")
    assert cli.json("run", CLEANUP)[0]["status"] == "completed"
    lost, completed = task_runs(superuser)
    assert lost["status"] == "failed" and lost["error_message"].startswith("worker lost")
    assert completed["details"]["deleted_count"] == 300


def statements(connection) -> list[dict]:
    """What the server works at for the task in this database."""
    return connection.execute(
        "select pid from pg_stat_activity where application_name = %s and state = 'active' "
        "and datname = current_database() and wait_event = 'PgSleep'",
        [f"maint {CLEANUP}"],
    ).fetchall()


def test_lists_have_the_columns_of_the_functions_behind_them(cli, superuser):
    cli.json("run", "run_automated_security_checks")
    for command, query in {
        "history": "select * from public.get_maintenance_task_history()",
        "alerts": "select * from public.get_unresolved_security_alerts()",
    }.items():
        cursor = superuser.execute(query)
        columns = [column.name for column in cursor.description]
        listed = cli.json(command)
        assert [list(row) for row in listed] == [columns] * len(cursor.fetchall())
    assert len(cli.json("history", "--status", "failed")) == 0
    assert {row["category"] for row in cli.json("checks")} == {"security", "backups", "health"}
    assert {row["name"] for row in cli.json("policies")} == {CLEANUP, "cleanup_old_security_alerts"}
    assert cli.json("windows") == []


def test_an_alert_resolved_by_hand(cli, superuser):
    superuser.execute("create table public.open_to_all (id integer); ")
    superuser.execute("grant select on public.open_to_all to anon")
    cli.json("run", "run_automated_security_checks")
    alert = next(row for row in cli.json("alerts") if "open_to_all" in row["description"])
    resolved = cli("alerts", "resolve", alert["id"], "--notes", "by intent")
    assert resolved.returncode == 0 and "Resolved." in resolved.stdout
    assert alert["id"] not in [row["id"] for row in cli.json("alerts")]
    assert "resolved before" in cli("alerts", "resolve", alert["id"]).stdout
