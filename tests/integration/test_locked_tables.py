"""Tables that others keep locked: what fails, how soon, and whom it names."""

import re
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.alerts.tasks import sync_failed_tasks
from maint_pipeline.database.locks import LockedError
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sensors.backup_failures import watch_backup_failures
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import CREATE_OLD_ROWS
from tests.seeds import few

TASK = "cleanup_old_audit_logs"
SINCE = r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"


@pytest.fixture
def clerk(database, superuser):
    """Makes a connection of a role that may change security_alerts, and nothing of ours."""
    name = f"clerk_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    superuser.execute(f"grant select, update on public.security_alerts to {name}")
    superuser.execute(f"create policy clerk on public.security_alerts to {name} using (true)")
    url = conninfo.make_conninfo(database, user=name)
    with closing(psycopg.connect(url, application_name="books")) as connection:
        yield connection
    superuser.execute("drop policy clerk on public.security_alerts")
    superuser.execute(f"drop owned by {name}")
    superuser.execute(f"drop role {name}")


ALERT = """
insert into public.security_alerts
    (id, alert_type, severity, title, description, fingerprint, resolved)
values (gen_random_uuid(), 'organization_without_backup', 'high', 'x', 'x',
    'organization_without_backup:' || %s, false)
"""


def named(clerk, mode: str) -> str:
    return (
        rf"backend {clerk.info.backend_pid} of {clerk.info.user} \(books\) holds {mode} on "
        rf"(public\.)?security_alerts {SINCE}"
    )


BACKUPS = "verify_backup_health"


def check_backups(run):
    result = run.connection.execute("select maint.run_check('organization_without_backup') as r")
    return result.fetchone()["r"]


@pytest.mark.any_version
@pytest.mark.parametrize("mode", few(["SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE"]))
def test_a_locked_table_fails_only_what_needs_it_and_names_the_holder(
    database, superuser, clerk, mode
):
    # An alert without its finding: there is something to write.
    superuser.execute(ALERT, [uuid4()])
    clerk.execute(f"lock table public.security_alerts in {mode} mode")
    with pytest.raises(LockedError, match=named(clerk, mode)):
        run_recorded(database, BACKUPS, RunContext("schedule"), check_backups)
    answer = superuser.execute(f"select public.{BACKUPS}() as answer").fetchone()["answer"]
    assert answer["success"] is False and re.search(named(clerk, mode), answer["error"]), answer
    assert run_recorded(database, TASK, RunContext("cli"), lambda run: {}).status == "completed"
    assert superuser.execute(f"select public.{TASK}() as a").fetchone()["a"]["success"] is True
    rows = superuser.execute(
        "select error_message from public.maintenance_task_runs where task_name = %s", [BACKUPS]
    ).fetchall()
    assert len(rows) == 2
    assert all(re.search(named(clerk, mode), row["error_message"]) for row in rows)


def test_a_locked_alert_fails_its_check_alone_and_names_the_holder(database, superuser, clerk):
    org = superuser.execute("insert into orgs (name) values ('a') returning id").fetchone()["id"]
    superuser.execute(ALERT, [org])
    clerk.execute("select id from public.security_alerts for update")
    details = run_recorded(database, BACKUPS, RunContext("schedule"), check_backups).details
    assert details["status"] == "failed"
    assert re.search(named(clerk, "ROW SHARE"), details["problem"])


def test_a_purge_of_a_locked_table_ends_and_names_the_holder(database, superuser, monkeypatch):
    monkeypatch.setattr("maint_pipeline.retention.worker.TABLE_LOCK_ATTEMPTS", 2)
    superuser.execute(CREATE_OLD_ROWS)
    with closing(psycopg.connect(database, application_name="books")) as books:
        books.execute("lock table public.audit_logs in share mode")
        words = rf"backend {books.info.backend_pid} of \w+ \(books\) holds SHARE on .*{SINCE}"
        with pytest.raises(LockedError, match=words):
            run_recorded(
                database, TASK, RunContext("cli"), lambda run: Purge(TASK).run(run.connection)
            )
        row = superuser.execute("select * from public.maintenance_task_runs").fetchone()
        assert row["status"] == "failed" and re.search(words, row["error_message"])
        # Its failure is told, and so would a missed run be.
        assert sync_failed_tasks(superuser, [TASK])["created"] == 1


def test_a_sensor_raises_once_the_table_is_free(superuser, owner, clerk):
    org = superuser.execute("insert into orgs (name) values ('a') returning id").fetchone()["id"]
    superuser.execute(
        "insert into backup_runs (org_id, status, started_at, finished_at) "
        "values (%s, 'failed', now(), now())",
        [org],
    )
    clerk.execute("lock table public.security_alerts in exclusive mode")
    with pytest.raises(psycopg.errors.LockNotAvailable) as refused:
        watch_backup_failures(owner, 0)
    assert f"of {clerk.info.user} (books)" in str(refused.value)
    clerk.rollback()
    assert watch_backup_failures(owner, 0)[0]["created"] == 1


def test_every_function_that_others_call_has_a_limit(superuser):
    without = superuser.execute(
        "select oid::regprocedure::text as name from pg_proc "
        "where obj_description(oid, 'pg_proc') = 'maint_pipeline: called from outside' "
        "and pronamespace = 'maint'::regnamespace "
        "and not 'lock_timeout=5s' = any (coalesce(proconfig, '{}'))"
    ).fetchall()
    assert without == []
