"""A policy that is disabled deletes nothing, on every path; one whose table is gone fails."""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.connection import connect
from maint_pipeline.definitions import defs
from maint_pipeline.reports.health import check_health
from maint_pipeline.retention.policies import set_policy_enabled
from tests.application import CREATE_OLD_ROWS, count

BUILT_IN = "cleanup_old_audit_logs"
OWN = "cleanup_expired_rows"
ADD_OWN = (
    "insert into maint.retention_policies (name, table_name, time_column, keep) "
    "values ('own', 'audit_logs', 'time', '90 days')"
)


@pytest.fixture
def launch(database, monkeypatch):
    """Launches the job of a task with a config, and gives its ledger row."""
    monkeypatch.setenv("MAINT_DATABASE_URL", database)

    def launch(task: str, **config):
        defs.resolve_job_def(task).execute_in_process(
            run_config={"ops": {task: {"config": config}}},
            raise_on_error=False,
        )
        return latest(database, task)

    return launch


def latest(url: str, task: str) -> dict:
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        return connection.execute(
            "select status, details, error_message from public.maintenance_task_runs "
            "where task_name = %s order by started_at desc limit 1",
            [task],
        ).fetchone()


def by_job(launch, superuser, cli):
    return launch(BUILT_IN)


def by_sql(launch, superuser, cli):
    answer = superuser.execute(f"select public.{BUILT_IN}() as answer").fetchone()["answer"]
    assert answer["success"] is True and answer["skipped"] is True
    return latest(superuser.info.dsn, BUILT_IN)


def by_command(launch, superuser, cli):
    answer = cli("run", BUILT_IN)
    assert answer.returncode == 0 and "disabled" in answer.stdout
    return latest(superuser.info.dsn, BUILT_IN)


def by_own_policy(launch, superuser, cli):
    return launch(OWN, policy="own")


@pytest.mark.parametrize("path", [by_job, by_sql, by_command, by_own_policy])
def test_every_path_obeys_and_says_why(launch, superuser, owner, cli, path):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(ADD_OWN)
    for name in (BUILT_IN, "own"):
        set_policy_enabled(owner, name, enabled=False)
    row = path(launch, superuser, cli)
    assert row["status"] == "skipped" and "is disabled: maint policies enable" in str(
        row["details"]
    )
    assert count(superuser) == 300
    for name in (BUILT_IN, "own"):
        set_policy_enabled(owner, name, enabled=True)
    assert launch(BUILT_IN)["status"] == "completed" and count(superuser) == 0


def test_who_only_disables_a_policy_can_not_slip_in_another_condition(superuser, owner):
    with pytest.raises(psycopg.errors.CheckViolation, match="boolean expression"):
        owner.execute(
            "update maint.retention_policies set enabled = false, condition = 'true) or (true'"
        )


def test_who_disables_it_stops_the_purge_at_its_next_batch(superuser, owner):
    superuser.execute(CREATE_OLD_ROWS)
    set_policy_enabled(owner, BUILT_IN, enabled=False)
    for statement in (
        "select * from maint.purge_blocks(%s, now(), 'public.audit_logs', 0, 10)",
        "select * from maint.archive_statements(%s, now(), 'public.audit_logs', 0, 10)",
    ):
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="been disabled"):
            owner.execute(statement, [BUILT_IN])
    assert count(superuser) == 300


def test_a_failed_policy_that_is_disabled_is_nobodys_worry(superuser, owner, launch):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(ADD_OWN)
    superuser.execute("revoke delete on public.audit_logs from maint_owner")
    assert launch(BUILT_IN)["status"] == launch(OWN)["status"] == "failed"
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["created"] == 3
    set_policy_enabled(owner, BUILT_IN, enabled=False)
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["resolved"] == 1
    set_policy_enabled(owner, "own", enabled=False)
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["resolved"] == 1
    assert launch(OWN)["status"] == "completed"
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["resolved"] == 1
    (judged,) = [j for j in check_health(owner) if j.name == "latest_runs_succeeded"]
    assert judged.ok
    # Enabled again, it is as failed as it was.
    superuser.execute("grant delete on public.audit_logs to maint_owner")
    set_policy_enabled(owner, BUILT_IN, enabled=True)
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["reopened"] == 1


def test_a_table_that_was_never_there_is_waited_for(superuser, launch):
    superuser.execute("drop table public.audit_logs cascade")
    row = launch(BUILT_IN)
    assert row["status"] == "skipped" and "does not exist" in row["details"]["reason"]
    answer = superuser.execute(f"select public.{BUILT_IN}() as answer").fetchone()["answer"]
    assert answer["skipped"] is True and "does not exist" in answer["reason"]


def test_a_table_that_vanished_is_a_failure(superuser, owner, launch):
    superuser.execute(ADD_OWN)
    assert launch(BUILT_IN)["status"] == "completed"
    superuser.execute("alter table public.audit_logs rename to audit_logs_2")
    for task in (BUILT_IN, OWN):
        row = launch(task)
        assert row["status"] == "failed" and "no longer exists, though" in row["error_message"]
    answer = superuser.execute(f"select public.{BUILT_IN}() as answer").fetchone()["answer"]
    assert "42P01" in answer["error"] and latest(superuser.info.dsn, BUILT_IN)["status"] == "failed"
    assert sync_failed_tasks(owner, [BUILT_IN, OWN])["created"] == 3
    # Disabled policies need no table.
    superuser.execute("update maint.retention_policies set enabled = false")
    assert launch(BUILT_IN)["status"] == "skipped"
