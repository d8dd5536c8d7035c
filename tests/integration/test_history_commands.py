"""`maint history`: what each run did, in a terminal too, and all that is known of one."""

import json

import pytest

from tests.terminal import in_terminal

pytestmark = pytest.mark.any_version

CANCELED = {"progress": {"deleted_count": 761587, "expected_count": 1057000, "fraction": 0.7}}
DENIED = "InsufficientPrivilege: permission denied for table audit_logs\nCONTEXT:  SQL statement"


@pytest.fixture
def runs(superuser) -> None:
    for number, (status, details, error) in enumerate(
        [
            ("completed", {"deleted_count": 88637}, None),
            ("canceled", CANCELED, "canceled: the run was interrupted before it was done"),
            ("failed", {}, DENIED),
        ]
    ):
        superuser.execute(
            "insert into public.maintenance_task_runs (task_name, status, started_at, finished_at, "
            "details, error_message, dagster_run_id) values ('cleanup_old_audit_logs', %s, "
            "now() - %s * interval '1 hour', now() - %s * interval '1 hour' + interval '200 s', "
            "%s::jsonb, %s, %s)",
            [status, number + 1, number + 1, json.dumps(details), error, f"dagster-{status}"],
        )


@pytest.mark.parametrize("columns", [80, 120])
def test_each_run_says_what_it_did(cli, runs, columns):
    lines = in_terminal(["history"], cli.variables, columns=columns)
    said = " ".join(" ".join(lines).split())
    assert "88,637 rows deleted" in said and "3 min 20 s" in said
    assert "canceled after 761,587 of about 1,060,000 rows deleted" in said
    assert "permission denied for table audit_logs" in said and "CONTEXT" not in said
    assert all(len(line) <= columns for line in lines)
    for row in cli.json("history"):
        assert row["id"][:8] in said


def test_the_latest_ones(cli, superuser, runs):
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, status) "
        "select 'x', 'completed' from generate_series(1, 25)"
    )
    assert "The latest 20 of 28 in 7 days: --last shows more." in cli("history").stdout
    assert len(cli.json("history")) == 28 and len(cli.json("history", "--last", "3")) == 3
    assert "The latest" not in cli("history", "list", "--last", "30").stdout


def test_one_run_by_the_beginning_of_its_id(cli, runs):
    failed, canceled = cli.json("history", "--status", "failed"), "dagster-canceled"
    shown = cli("history", "show", failed[0]["id"][:8]).stdout
    assert shown.startswith("cleanup_old_audit_logs failed: permission denied")
    assert "What to do: Grant maint_owner" in " ".join(shown.split())
    (row,) = cli.json("history", "show", canceled)
    assert row["status"] == "canceled" and row["dagster_run_id"] == canceled
    assert cli("history", "show", "nonsense").returncode == 2
    several = cli("history", "show", "dagster-c")
    assert several.returncode == 2 and "Several task runs" in " ".join(several.stderr.split())
