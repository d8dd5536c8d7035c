"""Which runs count: one answer for alerts, missed runs, health, metrics; and what they deleted."""

from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from maint_pipeline.alerts.tasks import FailedLaunch, sync_failed_tasks
from maint_pipeline.database.connection import connect
from maint_pipeline.definitions import defs
from maint_pipeline.errors import NotApplicableError, UsageError
from maint_pipeline.ops import all_tasks
from maint_pipeline.reports.figures import collect
from maint_pipeline.reports.health import check_health, health_figures
from maint_pipeline.reports.metrics import MaintenanceCollector, exposition
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from maint_pipeline.task_runs.rows import close_lost_runs

TASK = "cleanup_old_audit_logs"
UNKNOWN = "6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b"


@pytest.fixture(autouse=True)
def installed(superuser):
    superuser.execute("update maint.installation set installed_at = '2026-01-01'")


def attempt(url: str, work, task: str = TASK, **origin) -> None:
    with pytest.raises((RuntimeError, UsageError, KeyboardInterrupt)):
        run_recorded(url, task, RunContext("manual", **origin), work)


def fail(run):
    raise RuntimeError("no space")


def ask_wrongly(run):
    raise UsageError("no such thing")


def cancel(run):
    raise KeyboardInterrupt


def find_nothing(run):
    raise NotApplicableError("nothing there")


def told(owner) -> dict[str, bool]:
    """Everything that says whether the task works: whether it complains."""
    missed = missed_runs(owner, [all_tasks()[TASK]], Settings(), datetime.now(UTC))
    judged = {j.name: j.ok for j in check_health(owner)}
    sync_failed_tasks(owner, [TASK])
    alert = owner.execute(
        "select resolved from public.security_alerts where fingerprint = %s",
        [f"task_failed:{TASK}"],
    ).fetchone()
    metrics = {
        sample.name: sample.value
        for family in text_string_to_metric_families(
            exposition(MaintenanceCollector(lambda: connected(owner)))
        )
        for sample in family.samples
        if sample.labels.get("task") == TASK
    }
    return {
        "alert": alert is not None and not alert["resolved"],
        "health": not judged["latest_runs_succeeded"],
        "metric": metrics.get("maint_task_last_run_failed") == 1.0,
        "missed": bool(missed),
        "never completed": "maint_task_last_completion_timestamp_seconds" not in metrics,
    }


def connected(owner):
    return closing(connect(owner.info.dsn, application_name="test"))


ALL = dict.fromkeys(("alert", "health", "metric", "missed", "never completed"), True)
NONE = dict.fromkeys(ALL, False)


def do_not_count(url: str) -> None:
    """Run the task in all the ways that are no outcome."""
    run_recorded(url, TASK, RunContext("manual", dry_run=True), lambda run: {})
    attempt(url, cancel)
    attempt(url, ask_wrongly)

    def find_it_held(run):
        assert run_recorded(url, TASK, RunContext("cli"), lambda run: {}).status == "skipped"
        return {}

    run_recorded(url, TASK, RunContext("cli", dry_run=True), find_it_held)


def test_nothing_but_a_real_success_ends_a_failure(database, owner):
    attempt(database, fail)
    assert told(owner) == ALL
    do_not_count(database)
    assert told(owner) == ALL
    run_recorded(database, TASK, RunContext("cli"), find_nothing)
    assert told(owner) == {**ALL, "missed": False}  # an answer, but no success
    run_recorded(database, TASK, RunContext("cli"), lambda run: {})
    assert told(owner) == NONE


def test_nothing_but_a_real_failure_is_one(database, owner):
    run_recorded(database, TASK, RunContext("cli"), lambda run: {})
    attempt(database, fail, dry_run=True)
    do_not_count(database)
    assert told(owner) == NONE
    attempt(database, fail)
    assert told(owner) == {**ALL, "missed": False, "never completed": False}


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_job_says_that_it_only_looks(database, owner, monkeypatch, dry_run):
    monkeypatch.setenv("MAINT_DATABASE_URL", database)
    task = all_tasks()["cleanup_expired_rows"]
    owner.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('own', 'audit_logs', 'time', '90 days')"
    )
    config = {"ops": {task.name: {"config": {"dry_run": dry_run}}}}
    assert defs.resolve_job_def(task.name).execute_in_process(run_config=config).success
    rows = owner.execute("select task_name from maint.latest_runs").fetchall()
    names = {"cleanup_expired_rows", "cleanup_expired_rows:own"}
    assert {row["task_name"] for row in rows} == (set() if dry_run else names)


def test_a_mistyped_alert_is_wrong_usage_and_nobody_is_called(cli, owner):
    answer = cli("run", "update_security_alert", "--set", f"alert_id={UNKNOWN}")
    assert answer.returncode == 2 and "no security alert" in answer.stdout + answer.stderr
    run = owner.execute("select status, details from public.maintenance_task_runs").fetchone()
    assert run["status"] == "failed" and run["details"]["wrong_usage"] is True
    assert run["details"]["on_request"] is True
    assert sync_failed_tasks(owner, all_tasks())["created"] == 0
    assert {j.name: j.ok for j in check_health(owner)}["latest_runs_succeeded"]


def test_tasks_that_people_start_never_raise_an_alert(database, owner):
    attempt(database, fail, "update_security_alert", on_request=True)
    scheduled = [name for name, task in all_tasks().items() if task.cron]
    assert "update_security_alert" not in scheduled and TASK in scheduled
    assert sync_failed_tasks(owner, scheduled)["created"] == 0
    assert owner.execute("select from maint.latest_runs").fetchall() == []


def test_a_launch_that_failed_for_a_disabled_policy(owner):
    owner.execute("update maint.retention_policies set enabled = false where name = %s", [TASK])
    launch = FailedLaunch(TASK, "abc", datetime.now(UTC))
    assert sync_failed_tasks(owner, [TASK], [launch])["created"] == 0


def deleted(owner) -> set[int]:
    """The rows deleted, as everything that counts them tells."""
    by_day = owner.execute("select sum(rows_deleted)::int as n from maint.task_runs_by_day")
    figures = collect(owner, 7, "UTC")
    metrics = sum(
        sample.value
        for family in text_string_to_metric_families(
            exposition(MaintenanceCollector(lambda: connected(owner)))
        )
        for sample in family.samples
        if sample.name == "maint_rows_deleted_total"
    )
    return {
        by_day.fetchone()["n"],
        health_figures(owner)["rows_deleted_of_24_hours"],
        sum(row["deleted"] for row in figures.tasks),
        sum(row["deleted"] for row in figures.days),
        int(metrics),
    }


def deleting(count: int, error: type[BaseException] | None):
    def work(run):
        run.report(deleted_count=count, fraction=0.5)
        if error:
            raise error("it ends")
        return {"deleted_count": count}

    return work


def test_what_failed_canceled_and_lost_runs_deleted_is_gone_as_well(database, superuser, owner):
    run_recorded(database, TASK, RunContext("cli"), deleting(1, None))
    attempt(database, deleting(10, RuntimeError))
    attempt(database, deleting(100, KeyboardInterrupt))
    assert deleted(owner) == {111}

    def lose(run):
        run.note(progress={"deleted_count": 1000})
        superuser.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where datname = current_database() and application_name like 'maint %'"
        )
        raise SystemExit

    def never(*arguments):
        raise psycopg.OperationalError("gone too")

    with (
        pytest.MonkeyPatch.context() as patch,
        pytest.raises((SystemExit, psycopg.OperationalError)),
    ):
        patch.setattr("maint_pipeline.task_runs.rows.finish", never)
        run_recorded(database, TASK, RunContext("cli"), lose)
    assert [row["task_name"] for row in close_lost_runs(owner)] == [TASK]
    assert deleted(owner) == {1111}


def test_the_parts_of_a_task_count_once_however_it_ends(database, owner):
    def work(run):
        run.part("a", deleting(20, None))
        with pytest.raises(RuntimeError):
            run.part("b", deleting(3, RuntimeError))
        raise RuntimeError("1 of 2 failed")

    attempt(database, work, "cleanup_expired_rows")
    assert deleted(owner) == {23}

    def succeed(run):
        run.part("a", deleting(400, None))
        return {"deleted_count": 400, "by_policy": {"a": {}}}

    run_recorded(database, "cleanup_expired_rows", RunContext("cli"), succeed)
    assert deleted(owner) == {423}
    (runs,) = owner.execute("select runs, failed, completed from maint.task_runs_by_day").fetchall()
    assert runs == {"runs": 2, "failed": 1, "completed": 1}


def test_details_that_are_not_ours_break_nothing(superuser, owner):
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, status, finished_at, details) values "
        "('a', 'completed', now(), '{\"deleted_count\": \"many\", \"progress\": 3}'), "
        "('b', 'failed', now(), null), ('c', 'completed', now(), '[1]')"
    )
    assert deleted(owner) == {0}
    rows = owner.execute("select task_name, is_failing from maint.latest_runs").fetchall()
    assert {row["task_name"]: row["is_failing"] for row in rows} == {
        "a": False, "b": True, "c": False,
    }  # fmt: skip


def test_the_latest_attempt_is_told_whatever_became_of_it(database, superuser, owner):
    """maint.latest_runs tells of outcomes, maint.latest_attempts of the last try; each once."""
    run_recorded(database, TASK, RunContext("cli"), lambda run: {})
    attempt(database, fail)
    run_recorded(database, TASK, RunContext("cli"), find_nothing)
    run_recorded(database, TASK, RunContext("cli", dry_run=True), lambda run: {})
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, status, started_at) values "
        "('only tried', 'running', now() - interval '1 minute'), "
        "('only tried', 'canceled', now() - interval '2 minutes')"
    )
    outcomes = owner.execute("select task_name, status from maint.latest_runs").fetchall()
    assert outcomes == [{"task_name": TASK, "status": "failed"}]
    tries = owner.execute(
        "select task_name, status, reason from maint.latest_attempts order by task_name"
    ).fetchall()
    assert tries == [
        {"task_name": TASK, "status": "skipped", "reason": "nothing there"},
        {"task_name": "only tried", "status": "running", "reason": None},
    ]
