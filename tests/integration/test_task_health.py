"""Alerts for tasks that failed, and for tasks that should have run and have not."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from psycopg.types.json import Jsonb

from maint_pipeline.alerts.tasks import (
    TASK_FAILED,
    FailedLaunch,
    MissedRun,
    NeverDue,
    sync_failed_tasks,
    sync_missed_runs,
)
from maint_pipeline.database.locks import try_lock
from maint_pipeline.ops import all_tasks
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.schedules.windows import shut_out_tasks
from maint_pipeline.sensors.messages import alert_changes
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import TASKS

DAILY = "cleanup_old_audit_logs"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)  # a Wednesday


def fail(url: str, task: str, error: str = "no space") -> None:
    def work(run):
        raise RuntimeError(error)

    with pytest.raises(RuntimeError):
        run_recorded(url, task, RunContext("schedule"), work)


def fail_part(url: str, task: str, part: str) -> None:
    def lose(run):
        raise RuntimeError("no space")

    def work(run):
        with pytest.raises(RuntimeError):
            run.part(part, lose)
        return {}

    run_recorded(url, task, RunContext("schedule"), work)


def succeed(url: str, task: str) -> None:
    run_recorded(url, task, RunContext("schedule"), lambda run: {})


def alerts(connection) -> dict[str, dict]:
    rows = connection.execute("select * from public.security_alerts").fetchall()
    return {row["fingerprint"]: row for row in rows}


def test_a_failure_is_one_alert_until_the_next_success(database, owner):
    fail(database, DAILY)
    for created in (1, 0, 0):
        assert sync_failed_tasks(owner, TASKS)["created"] == created
    alert = alerts(owner)[f"task_failed:{DAILY}"]
    assert alert["severity"] == "high" and "no space" in alert["description"]
    assert f"maint run {DAILY}" in alert["details"]["remediation"]
    assert alert["occurrences"] == 1

    fail(database, DAILY, "no space again")
    assert sync_failed_tasks(owner, TASKS)["repeated"] == 1
    succeed(database, "verify_backup_health")
    assert sync_failed_tasks(owner, TASKS)["resolved"] == 0
    succeed(database, DAILY)
    assert sync_failed_tasks(owner, TASKS)["resolved"] == 1
    assert alerts(owner)[f"task_failed:{DAILY}"]["resolved"] is True
    fail(database, DAILY)
    assert sync_failed_tasks(owner, TASKS)["reopened"] == 1


def test_a_policy_of_an_administrator_is_a_task_too(database, superuser, owner):
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('alerts', 'security_alerts', 'created_at', '1 year')"
    )
    fail_part(database, "cleanup_expired_rows", "alerts")
    assert sync_failed_tasks(owner, TASKS)["created"] == 1
    alert = alerts(owner)["task_failed:cleanup_expired_rows:alerts"]
    assert "maint run cleanup_expired_rows." in alert["details"]["remediation"]


def test_a_run_that_never_came_to_its_task(database, owner):
    launch = FailedLaunch(DAILY, "abc", datetime.now(UTC))
    assert sync_failed_tasks(owner, TASKS, [launch])["created"] == 1
    assert "Dagster could not start it" in str(alerts(owner))
    succeed(database, DAILY)
    # Dagster still knows of that failure, but it is over.
    assert sync_failed_tasks(owner, TASKS, [launch])["resolved"] == 1


def at(superuser, moment: datetime, task: str = DAILY, status: str = "completed") -> None:
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, started_at, finished_at, status) "
        "values (%s, %s, %s, %s)",
        [task, moment, None if status == "running" else moment, status],
    )


@pytest.fixture
def installed(superuser):
    superuser.execute("update maint.installation set installed_at = '2026-01-01'")
    superuser.execute("update maint.added_tasks set added_at = '2026-01-01'")


def missed(owner, now: datetime = NOON, **settings) -> dict[str, datetime]:
    found = missed_runs(owner, all_tasks().values(), Settings(**settings), now)
    return {run.task_name: run.due_at for run in found}


def test_nothing_was_due_before_the_installation(owner):
    assert missed(owner) == {}


def test_a_task_that_an_upgrade_brought_was_not_due_before(superuser, owner, installed):
    superuser.execute("update maint.added_tasks set added_at = '2026-03-04 06:00Z'")
    assert "record_storage" not in missed(owner)
    assert "record_storage" in missed(owner, NOON + timedelta(days=1))


def test_what_has_not_completed_since_it_was_due(superuser, owner, installed):
    assert missed(owner) == {
        "run_automated_security_checks": datetime(2026, 3, 4, 11, tzinfo=UTC),
        "cleanup_old_audit_logs": datetime(2026, 3, 4, 2, tzinfo=UTC),
        "cleanup_old_security_alerts": datetime(2026, 3, 1, 3, tzinfo=UTC),
        "cleanup_expired_rows": datetime(2026, 3, 4, 2, 30, tzinfo=UTC),
        "verify_backup_health": datetime(2026, 3, 4, 4, tzinfo=UTC),
        "maintenance_health": datetime(2026, 3, 4, 10, 10, tzinfo=UTC),
        "prune_dagster_history": datetime(2026, 3, 4, 3, 30, tzinfo=UTC),
        "record_storage": datetime(2026, 3, 4, 5, 25, tzinfo=UTC),
        "run_health_checks": datetime(2026, 3, 4, 10, 20, tzinfo=UTC),
        "advise_indexes": datetime(2026, 3, 3, 10, 35, tzinfo=UTC),
    }
    at(superuser, NOON - timedelta(hours=2))
    assert DAILY not in missed(owner)
    assert DAILY in missed(owner, NOON + timedelta(days=1))


@pytest.mark.parametrize("status", ["running", "failed", "skipped", "canceled"])
def test_what_does_not_count_as_done(superuser, owner, installed, status):
    """Nobody works on that running row any more."""
    at(superuser, NOON - timedelta(hours=2), status=status)
    assert DAILY in missed(owner)


@pytest.mark.parametrize(
    ("details", "is_missed"),
    [
        ({"reason": "public.audit_logs does not exist"}, False),
        ({"reason": "already running", "held_by": {"role": "postgres"}}, True),
        ({"reason": "already running elsewhere a moment ago", "held_by": None}, True),
    ],
)
def test_a_skipped_run_is_done_where_there_was_nothing_to_do(
    superuser, owner, installed, details, is_missed
):
    at(superuser, NOON - timedelta(hours=2), status="skipped")
    superuser.execute("update maintenance_task_runs set details = %s", [Jsonb(details)])
    assert (DAILY in missed(owner)) is is_missed


@pytest.mark.parametrize(
    ("began", "is_missed"),
    [
        (datetime(2026, 3, 3, 1, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 3, 2, 1, tzinfo=UTC), False),
        (datetime(2026, 3, 4, 2, 1, tzinfo=UTC), False),
    ],
)
def test_a_run_at_work_is_waited_for_but_not_beyond_the_next_tick(
    superuser, owner, installed, began, is_missed
):
    assert try_lock(superuser, f"task {DAILY}")
    at(superuser, began, status="running")
    assert (DAILY in missed(owner)) is is_missed


def test_who_finds_the_task_held_for_long_is_told_of_the_holder(
    database, superuser, owner, installed
):
    assert try_lock(superuser, f"task {DAILY}")
    run_recorded(database, DAILY, RunContext("schedule"), lambda run: {})
    late = datetime.now(UTC) + timedelta(days=1)
    found = missed_runs(owner, [all_tasks()[DAILY]], Settings(), late)
    assert sync_missed_runs(owner, found)["created"] == 1
    told = alerts(owner)[f"missed_run:{DAILY}"]["description"]
    assert re.search(r"was skipped at .* UTC: already running since .* UTC \(", told)
    assert f"backend {superuser.info.backend_pid}, test)" in told


def test_a_task_has_an_hour_for_it(superuser, owner, installed):
    at(superuser, datetime(2026, 3, 3, 2, 1, tzinfo=UTC))
    assert DAILY not in missed(owner, datetime(2026, 3, 4, 2, 59, tzinfo=UTC))
    assert DAILY in missed(owner, datetime(2026, 3, 4, 3, 1, tzinfo=UTC))


def test_ticks_in_a_closed_window_were_not_due(superuser, owner, installed):
    superuser.execute(
        "insert into maint.maintenance_windows (name, days, opens, closes) "
        "values ('weekend', '{6,7}', '00:00', '06:00')"
    )
    at(superuser, datetime(2026, 2, 28, 2, 1, tzinfo=UTC))
    assert missed(owner)[DAILY] == datetime(2026, 3, 1, 2, tzinfo=UTC)
    at(superuser, datetime(2026, 3, 1, 2, 1, tzinfo=UTC))
    assert DAILY not in missed(owner)


def test_a_change_of_the_clock_counts_as_it_does_for_the_scheduler(superuser, owner, installed):
    """At 02:00 in Berlin on 29 March 2026 it is 03:00: the tick comes at 01:00 UTC."""
    now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert missed(owner, now, timezone="Europe/Berlin")[DAILY] == datetime(
        2026, 3, 29, 1, tzinfo=UTC
    )


def test_one_alert_that_resolves_when_it_has_run(superuser, owner, installed):
    now = datetime.now(UTC)

    def sync():
        found = missed_runs(owner, [all_tasks()[DAILY]], Settings(), datetime.now(UTC))
        return sync_missed_runs(owner, found)

    assert sync()["created"] == 1 and sync()["repeated"] == 0
    alert = alerts(owner)[f"missed_run:{DAILY}"]
    assert "It has never run." in alert["description"]
    assert "maint doctor" in alert["details"]["remediation"]
    at(superuser, now)
    assert sync()["resolved"] == 1


def test_a_task_that_no_window_lets_start_has_an_alert(superuser, owner):
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes) "
        "values ('early', '00:30', '01:30')"
    )
    shut_out = shut_out_tasks(owner, [all_tasks()[DAILY]], Settings(), datetime.now(UTC))
    never = [NeverDue(task.task_name, str(task)) for task in shut_out]
    assert sync_missed_runs(owner, [], never)["created"] == 1
    alert = alerts(owner)[f"missed_run:{DAILY}"]
    assert alert["title"] == f"{DAILY} never starts by schedule"
    assert "has no tick within early" in alert["description"]
    # Late as well: one alert for a task.
    late = [MissedRun(DAILY, datetime.now(UTC), "It has never run.")]
    assert sync_missed_runs(owner, late, never)["created"] == 0
    assert sync_missed_runs(owner, [])["resolved"] == 1


def test_a_tick_names_the_alerts_that_it_raised(database, owner):
    fail(database, DAILY, "no space")
    changes = sync_failed_tasks(owner, TASKS)
    said = alert_changes(owner, TASK_FAILED, changes, 0.0)
    assert said.startswith(f"Alerts: 1 created. raised: {DAILY} failed at")
    assert "no space" in said
    succeed(database, DAILY)
    changes = sync_failed_tasks(owner, TASKS)
    said = alert_changes(owner, TASK_FAILED, changes, 0.0)
    assert said.startswith(f"Alerts: 1 resolved. resolved: {DAILY} failed at")
    assert alert_changes(owner, TASK_FAILED, {"created": 0}, 0.0) == ""


def test_doctor_tells_it_too(cli, superuser, installed):
    answer = cli("doctor")
    assert answer.returncode == 1 and f"{DAILY} since" in " ".join(answer.stdout.split())
    assert "Start the Dagster daemon" in " ".join(answer.stdout.split())
