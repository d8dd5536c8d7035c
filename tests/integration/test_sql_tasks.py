"""The tasks as SQL functions: the same life cycle within one transaction."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from uuid import UUID

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import TASKS
from tests.dev import eventually


def call(connection, task: str):
    return connection.execute(f"select public.{task}() as answer").fetchone()["answer"]


def history(connection):
    return connection.execute("select * from public.get_maintenance_task_history()").fetchall()


@pytest.mark.parametrize("task", TASKS)
def test_every_task_succeeds_and_is_recorded(superuser, task):
    answer = call(superuser, task)
    assert answer["success"] is True
    (row,) = history(superuser)
    assert row["id"] == UUID(answer["task_id"])
    assert row["task_name"] == task and row["status"] == "completed"
    assert row["duration_seconds"] > 0


def test_answers_carry_what_their_callers_read(superuser):
    assert call(superuser, "cleanup_old_audit_logs")["deleted_count"] == 0
    assert {"orgs_without_backup", "failed_backups", "alerts_created"} <= set(
        call(superuser, "verify_backup_health")
    )
    assert {"findings", "alerts_created", "alerts_resolved"} <= set(
        call(superuser, "run_automated_security_checks")
    )


def test_failure_leaves_its_row_and_is_reported(superuser):
    superuser.execute(
        "create function public.refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'not today'; end $$"
    )
    superuser.execute(
        "create trigger refuse before delete on public.security_alerts "
        "for each row execute function public.refuse()"
    )
    superuser.execute(
        "insert into public.security_alerts "
        "(id, alert_type, severity, title, resolved, resolved_at) "
        "values (gen_random_uuid(), 'x', 'low', 'x', true, now() - interval '40 days')"
    )
    answer = call(superuser, "cleanup_old_security_alerts")
    assert answer["success"] is False and "not today" in answer["error"]
    (row,) = history(superuser)
    assert row["status"] == "failed" and "not today" in row["error_message"]
    assert row["duration_seconds"] > 0


EVERY_CLASS = [
    "division_by_zero", "unique_violation", "foreign_key_violation", "serialization_failure",
    "deadlock_detected", "out_of_memory", "disk_full", "insufficient_privilege", "internal_error",
    "data_corrupted", "assert_failure", "query_canceled", "admin_shutdown", "lock_not_available",
    "no_data_found", "raise_exception", "statement_too_complex", "invalid_text_representation",
]  # fmt: skip


def replace_purge(superuser, body: str) -> None:
    superuser.execute(
        "create or replace function maint.purge(_policy_name text) returns jsonb language plpgsql "
        f"as $body$ begin insert into public.orgs (name) values ('half done'); {body} "
        "return '{}'; end $body$"
    )
    superuser.execute("grant insert on public.orgs to maint_owner")


@pytest.mark.parametrize("condition", EVERY_CLASS)
def test_an_error_of_every_class_is_recorded_and_undoes_the_work(superuser, condition):
    replace_purge(superuser, f"raise {condition} using message = 'the [{condition}] message';")
    answer = call(superuser, "cleanup_old_audit_logs")
    assert answer["success"] is False and f"the [{condition}] message" in answer["error"]
    (row,) = history(superuser)
    assert row["id"] == UUID(answer["task_id"]) and row["status"] == "failed"
    assert row["error_message"] == answer["error"]
    assert superuser.execute("select count(*) from public.orgs").fetchone()["count"] == 0


def test_statement_timeout_is_recorded(superuser):
    replace_purge(superuser, "perform pg_sleep(30);")
    superuser.execute("set statement_timeout = '200ms'")
    answer = call(superuser, "cleanup_old_audit_logs")
    superuser.execute("reset statement_timeout")
    assert answer["success"] is False and "57014" in answer["error"]
    assert history(superuser)[0]["status"] == "failed"


@contextmanager
def interrupted(database: str, superuser, function: str):
    """The future of a cleanup that another session's pg_FUNCTION(pid) hits while it works."""
    replace_purge(superuser, "perform pg_sleep(30);")
    hit = (
        f"select {function}(pid) from pg_stat_activity "
        "where application_name = 'victim' and wait_event = 'PgSleep'"
    )
    with closing(connect(database, application_name="victim", as_owner=False)) as victim:
        with ThreadPoolExecutor() as pool:
            answer = pool.submit(call, victim, "cleanup_old_audit_logs")
            eventually(lambda: superuser.execute(hit).fetchone())
            yield answer


def test_cancel_is_recorded(database, superuser):
    with interrupted(database, superuser, "pg_cancel_backend") as answer:
        assert "57014" in answer.result(timeout=60)["error"]
    assert history(superuser)[0]["status"] == "failed"


def test_a_terminated_connection_leaves_no_row_and_no_lock(database, superuser):
    with interrupted(database, superuser, "pg_terminate_backend") as answer:
        with pytest.raises(psycopg.OperationalError):
            answer.result(timeout=60)
    assert history(superuser) == []
    replace_purge(superuser, "")
    assert call(superuser, "cleanup_old_audit_logs")["success"] is True


def test_a_dagster_run_at_work_makes_the_sql_call_skip(database, superuser):
    def work(run):
        return {"answer": call(superuser, "cleanup_old_audit_logs")}

    outcome = run_recorded(database, "cleanup_old_audit_logs", RunContext("schedule"), work)
    answer = outcome.details["answer"]
    assert answer["success"] is False
    assert answer["error"].startswith("skipped: already running since")


def test_a_sql_call_at_work_makes_the_job_skip(database, superuser, owner):
    with superuser.transaction():
        call(superuser, "cleanup_old_audit_logs")
        outcome = run_recorded(
            database, "cleanup_old_audit_logs", RunContext("cli"), lambda run: {}
        )
    assert outcome.status == "skipped"


@pytest.mark.parametrize("days", [0, -1, None, 3651, 2147483647])
def test_history_refuses_a_senseless_number_of_days(superuser, days):
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="1 to 3650"):
        superuser.execute("select * from public.get_maintenance_task_history(%s::int)", [days])


def test_a_preview_changes_nothing_and_tells_what_would_go(superuser):
    superuser.execute("insert into auth.users (email) values ('a@b.example')")
    superuser.execute("insert into public.profiles (id) select id from auth.users")
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select 'invoice', 'read', id, now() - interval '200 days' from public.profiles"
    )
    preview = superuser.execute("select public.preview_cleanup() as p").fetchone()["p"]
    assert preview["expired_count"] == 1 and len(preview["by_day"]) == 1
    assert history(superuser) == []
    assert call(superuser, "cleanup_old_audit_logs")["deleted_count"] == 1
    with pytest.raises(psycopg.errors.UndefinedObject, match="no retention policy nonsense"):
        superuser.execute("select public.preview_cleanup('nonsense')")
