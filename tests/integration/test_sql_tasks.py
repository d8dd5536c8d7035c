"""The tasks as SQL functions: the same life cycle within one transaction."""

from contextlib import closing
from uuid import UUID

import psycopg
import pytest

from maint_pipeline.ledger import Origin, run_recorded

TASKS = (
    "run_automated_security_checks",
    "cleanup_old_audit_logs",
    "cleanup_old_security_alerts",
    "verify_backup_health",
)


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


def test_statement_timeout_is_recorded(superuser):
    superuser.execute("create table public.slow (time timestamptz)")
    superuser.execute(
        "create or replace function maint.purge(_policy_name text) returns jsonb language plpgsql "
        "as $$ begin perform pg_sleep(30); return '{}'; end $$"
    )
    superuser.execute("set statement_timeout = '200ms'")
    answer = call(superuser, "cleanup_old_audit_logs")
    superuser.execute("reset statement_timeout")
    assert answer["success"] is False and "57014" in answer["error"]
    assert history(superuser)[0]["status"] == "failed"


def test_a_dagster_run_at_work_makes_the_sql_call_skip(database, superuser):
    def work(run):
        return {"answer": call(superuser, "cleanup_old_audit_logs")}

    outcome = run_recorded(database, "cleanup_old_audit_logs", Origin("schedule"), work)
    answer = outcome.details["answer"]
    assert answer["success"] is False
    assert answer["error"].startswith("skipped: already running since")


def test_a_sql_call_at_work_makes_the_job_skip(database, superuser, owner):
    with superuser.transaction():
        call(superuser, "cleanup_old_audit_logs")
        outcome = run_recorded(database, "cleanup_old_audit_logs", Origin("cli"), lambda run: {})
    assert outcome.status == "skipped"


@pytest.mark.parametrize("days", [0, -1, None, 3651, 2147483647])
def test_history_refuses_a_senseless_number_of_days(superuser, days):
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="1 to 3650"):
        superuser.execute("select * from public.get_maintenance_task_history(%s::int)", [days])


def test_admin_may_and_others_may_not(database, superuser):
    admin, user = UUID(int=1), UUID(int=2)
    for person, role in ((admin, "admin"), (user, "user")):
        superuser.execute("insert into auth.users (id, email) values (%s, 'a@b')", [person])
        superuser.execute("insert into public.profiles (id, email) values (%s, 'a@b')", [person])
        superuser.execute(
            "insert into public.user_roles (id, user_id, role) values (gen_random_uuid(), %s, %s)",
            [person, role],
        )

    def as_role(role: str, person: UUID | None, query: str):
        with closing(psycopg.connect(database, autocommit=True)) as request:
            with request.transaction():
                request.execute(
                    "select set_config('request.jwt.claims', %s, true)",
                    [f'{{"sub": "{person}", "role": "{role}"}}' if person else ""],
                )
                request.execute(f"set local role {role}")
                return request.execute(query).fetchall()

    for task in TASKS:
        query = f"select public.{task}()"
        assert as_role("authenticated", admin, query)[0][0]["success"] is True
        assert as_role("service_role", None, query)[0][0]["success"] is True
        for role, person in (("authenticated", user), ("authenticated", None), ("anon", admin)):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                as_role(role, person, query)

    ledger = "select count(*) from public.maintenance_task_runs"
    assert as_role("authenticated", admin, ledger)[0][0] == 8
    assert as_role("authenticated", user, ledger)[0][0] == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("anon", None, ledger)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_role("authenticated", admin, "delete from public.maintenance_task_runs")
    policies = "select count(*) from maint.retention_policies"
    assert as_role("authenticated", admin, policies)[0][0] == 2
    assert as_role("authenticated", user, policies)[0][0] == 0
