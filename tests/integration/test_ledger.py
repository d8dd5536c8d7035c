"""The life of a task run, from Python."""

import threading
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from maint_pipeline.task_runs.rows import close_lost_runs

TASK = "cleanup_old_audit_logs"


def rows(connection):
    return connection.execute(
        "select *, extract(epoch from finished_at - started_at)::float8 as seconds "
        "from public.maintenance_task_runs order by started_at"
    ).fetchall()


def test_completed_run_has_details_duration_and_origin(database, owner):
    def work(run):
        run.connection.execute("select pg_sleep(0.2)")
        return {"deleted_count": 7}

    outcome = run_recorded(database, TASK, RunContext("schedule", "run-1"), work)
    (row,) = rows(owner)
    assert outcome.status == row["status"] == "completed"
    assert row["details"] == {"deleted_count": 7}
    assert row["trigger"] == "schedule" and row["dagster_run_id"] == "run-1"
    assert row["started_by"]["role"] == "maint_owner"
    assert 0.2 <= row["seconds"] < 60


def test_failure_is_recorded_and_raised_again(database, owner):
    def work(run):
        run.connection.execute("select 1 / 0")

    with pytest.raises(psycopg.errors.DivisionByZero):
        run_recorded(database, TASK, RunContext("cli"), work)
    (row,) = rows(owner)
    assert row["status"] == "failed"
    assert row["error_message"] == "DivisionByZero: division by zero"
    assert row["finished_at"] is not None


def test_lost_connection_is_recorded_as_failure(database, owner, superuser):
    def work(run):
        superuser.execute("select pg_terminate_backend(%s)", [run.connection.info.backend_pid])
        run.connection.execute("select 1")

    with pytest.raises(psycopg.OperationalError):
        run_recorded(database, TASK, RunContext("cli"), work)
    assert rows(owner)[0]["status"] == "failed"


def test_interruption_is_recorded_as_canceled_with_what_was_done(database, owner):
    def work(run):
        run.report(deleted_count=3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_recorded(database, TASK, RunContext("manual"), work)
    (row,) = rows(owner)
    assert row["status"] == "canceled"
    assert row["details"]["progress"] == {"deleted_count": 3}


def test_second_start_is_skipped_and_says_who_works(database, owner):
    second = []

    def work(run):
        second.append(run_recorded(database, TASK, RunContext("manual"), lambda run: {}))
        return {}

    run_recorded(database, TASK, RunContext("schedule", "run-1"), work)
    first_row, second_row = rows(owner)
    assert first_row["status"] == "completed"
    assert second_row["status"] == second[0].status == "skipped"
    assert f"maint {TASK}" in second_row["details"]["reason"]
    assert second_row["details"]["held_by"]["task_id"] == str(first_row["id"])
    assert second_row["details"]["held_by"]["dagster_run_id"] == "run-1"


def test_many_simultaneous_starts_never_overlap(database, owner):
    working, overlaps = threading.Lock(), []

    def work(run):
        if not working.acquire(blocking=False):
            overlaps.append(run.id)
        run.connection.execute("select pg_sleep(0.05)")
        working.release()
        return {}

    def start():
        run_recorded(database, TASK, RunContext("cli"), work)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not overlaps
    assert {row["status"] for row in rows(owner)} <= {"completed", "skipped"}
    assert len(rows(owner)) == 8


def test_other_tasks_are_not_held_up(database):
    def work(run):
        inner = run_recorded(database, "verify_backup_health", RunContext("cli"), lambda run: {})
        return {"inner": inner.status}

    assert run_recorded(database, TASK, RunContext("cli"), work).details == {"inner": "completed"}


@pytest.mark.parametrize("status", ["completed", "failed", "skipped", "canceled"])
def test_an_outcome_is_final(database, owner, superuser, status):
    """A worker that was given up for lost, and comes back, changes nothing."""

    def work(run):
        superuser.execute(
            "update public.maintenance_task_runs set status = %s, finished_at = now()", [status]
        )
        return {"deleted_count": 7}

    run_recorded(database, TASK, RunContext("cli"), work)
    (row,) = rows(owner)
    assert row["status"] == status and row["details"] == {}
    finish = "select maint.finish_task_run(%s, 'completed') as done"
    assert owner.execute(finish, [row["id"]]).fetchone()["done"] is False
    owner.execute("select maint.report_progress(%s, %s)", [row["id"], '{"late": true}'])
    assert rows(owner) == [row]


def test_nothing_to_work_on_is_skipped_with_the_reason(database, owner):
    def work(run):
        raise NotApplicableError("no such table")

    assert run_recorded(database, TASK, RunContext("cli"), work).status == "skipped"
    (row,) = rows(owner)
    assert (row["status"], row["details"]) == ("skipped", {"reason": "no such table"})


def test_lost_row_is_closed_by_the_next_run(database, owner):
    owner.execute("select maint.begin_task_run(%s, 'manual')", [TASK])
    messages = []
    run_recorded(database, TASK, RunContext("cli"), lambda run: {}, log=messages.append)
    lost, done = rows(owner)
    assert lost["status"] == "failed" and lost["error_message"].startswith("worker lost")
    assert done["status"] == "completed"
    assert str(lost["id"]) in messages[0]


def test_lost_rows_are_closed_from_outside_but_living_ones_are_not(database, owner):
    owner.execute("select maint.begin_task_run('verify_backup_health', 'manual')")

    def work(run):
        with closing(connect(database, application_name="sensor")) as sensor:
            closed = close_lost_runs(sensor)
        return {"closed": [row["task_name"] for row in closed]}

    assert run_recorded(database, TASK, RunContext("cli"), work).details == {
        "closed": ["verify_backup_health"]
    }
    assert [row["status"] for row in rows(owner)] == ["failed", "completed"]


def test_progress_is_visible_while_it_works(database, owner):
    def work(run):
        run.report(fraction=0.5)
        return {"seen": rows(owner)[0]["details"]}

    assert run_recorded(database, TASK, RunContext("cli"), work).details == {
        "seen": {"progress": {"fraction": 0.5}}
    }
    # What a run was up to on its way no longer matters once it is done.
    assert rows(owner)[0]["details"] == {"seen": {"progress": {"fraction": 0.5}}}


@pytest.mark.parametrize(
    ("interruption", "status"), [(KeyboardInterrupt, "canceled"), (RuntimeError, "failed")]
)
def test_what_was_done_before_the_end_is_told(database, owner, interruption, status):
    def work(run):
        run.report(deleted_count=1)
        run.report(deleted_count=2)  # too soon to be written by itself
        raise interruption

    with pytest.raises(interruption):
        run_recorded(database, TASK, RunContext("cli"), work)
    (row,) = rows(owner)
    assert row["status"] == status and row["details"] == {"progress": {"deleted_count": 2}}
