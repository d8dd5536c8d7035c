"""Ticks: what they launch, how late they say they are, and closed windows."""

from datetime import UTC, datetime, timedelta

import pytest
from dagster import RunRequest, build_schedule_context

from maint_pipeline.definitions import defs
from tests.resources import RESOURCES

pytestmark = pytest.mark.any_version


@pytest.fixture
def tick(database, monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", database)

    def evaluate(task: str, late: timedelta = timedelta(0)):
        schedule = defs.get_schedule_def(f"{task}_schedule")
        context = build_schedule_context(
            scheduled_execution_time=datetime.now(UTC) - late, resources=RESOURCES
        )
        return schedule.evaluate_tick(context)

    return evaluate


def close_all_windows(superuser, tasks: str = "{}") -> None:
    """Have the only window open for an hour, in twelve hours."""
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes, tasks) values ('night', "
        "(now() at time zone 'UTC' + interval '12 hours')::time, "
        "(now() at time zone 'UTC' + interval '13 hours')::time, %s)",
        [tasks],
    )


def test_a_tick_launches_a_run_that_names_its_time(tick):
    (request,) = tick("cleanup_old_audit_logs").run_requests
    assert isinstance(request, RunRequest)
    assert "maint/scheduled_for" in request.tags
    assert "maint/late_seconds" not in request.tags


def test_a_late_tick_still_runs_and_says_how_late(tick):
    (request,) = tick("cleanup_old_audit_logs", late=timedelta(hours=3)).run_requests
    assert 3 * 3600 <= int(request.tags["maint/late_seconds"]) < 3 * 3600 + 60


def test_a_closed_window_skips_heavy_tasks_and_names_the_opening(tick, superuser):
    close_all_windows(superuser)
    result = tick("cleanup_old_audit_logs", late=timedelta(hours=3))
    assert result.run_requests == []
    opening = datetime.now(UTC) + timedelta(hours=12)
    assert f"night is closed; it opens {opening:%Y-%m-%d %H:}" in result.skip_message
    # Checks are light: windows without a list of tasks don't bind them.
    assert len(tick("verify_backup_health").run_requests) == 1


def test_a_window_binds_the_tasks_it_names(tick, superuser):
    close_all_windows(superuser, "{verify_backup_health}")
    assert tick("verify_backup_health").run_requests == []
    assert len(tick("cleanup_old_audit_logs").run_requests) == 1


def test_an_open_window_says_in_the_tags_when_it_closes(tick, superuser):
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes) values ('now', "
        "(now() at time zone 'UTC' - interval '1 hour')::time, "
        "(now() at time zone 'UTC' + interval '1 hour')::time)"
    )
    (request,) = tick("cleanup_old_audit_logs").run_requests
    assert request.tags["maint/window"] == "now"
    closes = datetime.fromisoformat(request.tags["maint/window_closes"])
    assert timedelta(minutes=59) < closes - datetime.now(UTC) <= timedelta(hours=1)
    (request,) = tick("verify_backup_health").run_requests
    assert "maint/window" not in request.tags


def test_a_run_whose_window_has_closed_does_no_heavy_work(database, superuser, monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", database)
    tags = {"maint/window_closes": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()}
    job = defs.resolve_job_def("cleanup_old_audit_logs")
    superuser.execute("insert into auth.users (email) values ('a@b.example')")
    superuser.execute("insert into public.profiles (id) select id from auth.users")
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select 'invoice', 'read', id, now() - interval '200 days' from public.profiles"
    )
    assert job.execute_in_process(tags=tags).success
    (row,) = superuser.execute("select * from public.maintenance_task_runs").fetchall()
    assert row["details"]["deleted_count"] == 0
    assert "when the maintenance window closed" in row["details"]["unfinished"]
    assert job.execute_in_process().success
    assert superuser.execute("select count(*) as n from public.audit_logs").fetchone()["n"] == 0
