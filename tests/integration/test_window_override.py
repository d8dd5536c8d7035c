"""What a person starts by hand while a maintenance window is closed."""

import pytest

from tests.application import CREATE_OLD_ROWS

pytestmark = pytest.mark.any_version

TASK = "cleanup_old_audit_logs"


@pytest.fixture
def closed_window(superuser):
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes) values ('night', "
        "(now() + interval '3 hours')::time, (now() + interval '4 hours')::time)"
    )


def test_it_runs_and_the_ledger_says_so(cli, closed_window):
    (row,) = cli.json("run", TASK)
    assert row["status"] == "completed"
    assert (
        "(cli). Maintenance window night is closed; it opens" in row["details"]["window_override"]
    )


def test_also_when_it_fails(cli, superuser, closed_window):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute("revoke all on public.audit_logs from maint_owner")
    assert cli("run", TASK).returncode == 1
    row = superuser.execute("select status, details from public.maintenance_task_runs").fetchone()
    assert row["status"] == "failed" and "night is closed" in row["details"]["window_override"]


def test_light_tasks_have_no_window(cli, closed_window):
    (row,) = cli.json("run", "verify_backup_health")
    assert "window_override" not in row["details"]
