"""The documented pg_cron jobs, run by a real pg_cron where the server has one."""

import os
import re
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.dev import eventually
from tests.server import fresh_server

PAGE = Path(__file__).parents[2] / "docs" / "pg_cron-and-rpc.md"
EXTENSION = Path("/usr/share/postgresql/15/extension/pg_cron.control")
OPTIONS = "-c shared_preload_libraries=pg_cron -c cron.database_name=app -c cron.host={folder}"
REFUSED_DELETES = """
create function public.refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the books are closed'; end $$;
create trigger refuse before delete on public.audit_logs
    for each row execute function public.refuse();
insert into auth.users (email) values ('a@b.example');
insert into public.profiles (id) select id from auth.users;
insert into public.audit_logs (entity, action, user_id, time)
    select 'invoice', 'read', id, now() - interval '200 days' from public.profiles;
"""


@pytest.fixture
def application(tmp_path):
    """A superuser's connection to a migrated database with pg_cron."""
    with fresh_server(tmp_path, OPTIONS.format(folder=tmp_path)) as server_url:
        with closing(psycopg.connect(server_url, autocommit=True)) as connection:
            connection.execute("create database app")
        url = database_url(server_url, "app")
        with closing(connect(url, application_name="test", as_owner=False)) as connection:
            connection.execute("reset search_path")
            create_sample_application(connection)
            install(url)
            connection.execute("create extension pg_cron")
            yield connection


@pytest.mark.skipif(
    "MAINT_TEST_BIN_DIR" not in os.environ or not EXTENSION.exists(),
    reason="this server has no pg_cron",
)
def test_the_documented_jobs_run_and_failures_are_failures(application):
    application.execute(REFUSED_DELETES)
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.S)
    # The page's own statement, only more often: pg_cron's shortest interval is a minute.
    application.execute(re.sub(r"'[0-9* ]{9,}'", "'* * * * *'", block).encode())
    jobs = application.execute("select jobname from cron.job order by 1").fetchall()
    assert [row["jobname"] for row in jobs] == [
        "cleanup_old_audit_logs", "cleanup_old_security_alerts",
        "run_automated_security_checks", "verify_backup_health",
    ]  # fmt: skip

    def all_have_run():
        rows = application.execute(
            "select jobname, status, return_message from cron.job_run_details "
            "join cron.job using (jobid) where status in ('succeeded', 'failed') order by runid"
        ).fetchall()
        found = {row["jobname"]: row for row in rows}
        return found if len(found) == len(jobs) else None

    seen = eventually(all_have_run, seconds=240, every=0.5)
    failed = seen.pop("cleanup_old_audit_logs")
    assert failed["status"] == "failed" and "the books are closed" in failed["return_message"]
    assert {row["status"] for row in seen.values()} == {"succeeded"}, seen
    ledger = application.execute(
        "select task_name, status, trigger, error_message from public.maintenance_task_runs"
    ).fetchall()
    assert {(row["task_name"], row["status"]) for row in ledger} == {
        ("cleanup_old_audit_logs", "failed"),
        *((task, "completed") for task in seen),
    }
    assert {row["trigger"] for row in ledger} == {"sql"}
