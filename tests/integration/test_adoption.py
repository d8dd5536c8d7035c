"""Adopting the database that a team already has: all of theirs stays, and it works at last."""

import re
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.database.columns import ALERT_COLUMNS, LEDGER_COLUMNS
from maint_pipeline.database.connection import connect
from maint_pipeline.database.preflight import CannotMigrateError
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.installation.install import install, is_installed, plan, remove
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application, load_sample_data
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import TASKS
from tests.integration import snapshots

LEGACY = (Path(__file__).parent / "legacy.sql").read_text()
OURS = {column.name for column in ALERT_COLUMNS}
OUR_LEDGER = {column.name for column in LEDGER_COLUMNS}


@pytest.fixture(autouse=True)
def maint_home(tmp_path_factory, monkeypatch):
    """Where a removal writes what it takes out."""
    monkeypatch.setenv("MAINT_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def legacy_url(new_database) -> str:
    """An application with data and the first implementation of maintenance, never migrated."""
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        connection.execute(LEGACY)
        load_sample_data(connection, rows=2_000, organization_count=10)
    return url


@pytest.fixture
def legacy(legacy_url):
    """A superuser's connection to it, rows as dictionaries."""
    with closing(connect(legacy_url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        yield connection


def call(connection, task: str) -> dict:
    return connection.execute(f"select maint.{task}() as answer").fetchone()["answer"]


@pytest.mark.parametrize("entity_id_type", ["uuid", "text"])
def test_everything_of_the_application_stays_and_every_task_works(
    legacy, legacy_url, entity_id_type
):
    legacy.execute(f"alter table public.audit_logs alter entity_id type {entity_id_type}")
    columns, grants = snapshots.columns(legacy), snapshots.grants(legacy)
    rows = snapshots.rows(legacy)
    # They are no earlier version of ours by all signs, so somebody has to say it.
    assert install(legacy_url, replace=TASKS) is True

    assert snapshots.rows(legacy) == rows
    added = snapshots.columns(legacy) - columns
    assert columns <= snapshots.columns(legacy)
    assert {name for table, name, *_ in added if table == "security_alerts"} == OURS
    assert {name for table, name, *_ in added if table == "maintenance_task_runs"} == OUR_LEDGER
    assert len(added) == len(OURS | OUR_LEDGER)
    # The ledger alone is closed to those who may write everything by default.
    lost = grants - snapshots.grants(legacy)
    assert {table for table, *_ in lost} == {"maintenance_task_runs"}
    assert {role for table, role, _ in snapshots.grants(legacy) - grants} == {"maint_owner"}

    for task in TASKS:
        answer = legacy.execute(f"select public.{task}() as answer").fetchone()["answer"]
        assert answer["success"] is True, answer
    assert legacy.execute("select public.nightly()").fetchone() is not None

    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    outcome = run_recorded(legacy_url, "cleanup_old_audit_logs", RunContext("cli"), purge)
    assert outcome.status == "completed"


def test_a_legacy_run_that_never_ended_is_closed(legacy, legacy_url):
    install(legacy_url)
    assert call(legacy, "cleanup_old_audit_logs")["success"] is True
    runs = legacy.execute(
        "select status, count(*) from public.maintenance_task_runs "
        "where task_name in ('cleanup_old_audit_logs', 'some_other_task') "
        "and dagster_run_id is null and started_by is null or status = 'running' group by 1"
    ).fetchall()
    statuses = {row["status"]: row["count"] for row in runs}
    assert "running" not in statuses and statuses["odd status"] == 1
    assert statuses["failed"] >= 1


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "create view public.dashboard as select public.verify_backup_health() as health",
            "view public.dashboard",
        ),
        (
            "create materialized view public.cached as select public.verify_backup_health() as h",
            "materialized view public.cached",
        ),
        (
            "create function public.wrapper() returns jsonb language sql "
            "begin atomic select public.verify_backup_health(); end",
            "function public.wrapper()",
        ),
        (
            "create table public.t (health jsonb default public.verify_backup_health())",
            "default value for column health of table public.t",
        ),
    ],
)
def test_a_legacy_function_on_which_something_depends_is_not_replaced(
    legacy, legacy_url, statement, named
):
    legacy.execute(statement)
    before = snapshots.catalog(legacy)
    for refused in (install, plan):
        with pytest.raises(CannotMigrateError) as error:
            refused(legacy_url, replace=["verify_backup_health"])
        assert "public.verify_backup_health() can't be replaced" in str(error.value)
        assert f"because {named} depends on it" in str(error.value)
    assert snapshots.catalog(legacy) == before
    assert not is_installed(legacy_url)
    said = []
    install(legacy_url, said.append)
    assert any(words.startswith("verify_backup_health is maint.verify_") for words in said)
    assert call(legacy, "verify_backup_health")["success"] is True


def test_a_column_of_ours_that_is_something_else_is_named(legacy, legacy_url):
    legacy.execute("alter table public.maintenance_task_runs add trigger bytea")
    with pytest.raises(CannotMigrateError, match="column trigger of type bytea already"):
        install(legacy_url)


def test_a_column_of_ours_that_is_there_is_used_and_stays(legacy, legacy_url):
    legacy.execute("alter table public.security_alerts add fingerprint text")
    install(legacy_url)
    assert call(legacy, "verify_backup_health")["success"] is True
    remove(legacy_url)
    names = {name for table, name, *_ in snapshots.columns(legacy) if table == "security_alerts"}
    assert "fingerprint" in names and not names & (OURS - {"fingerprint"})


def test_the_plan_tells_all_and_does_nothing(legacy, legacy_url):
    before = snapshots.catalog(legacy)
    text = plan(legacy_url, replace=["cleanup_old_audit_logs"])
    assert snapshots.catalog(legacy) == before
    assert "public.maintenance_task_runs (about" in text and "kB" in text
    assert "drop function public.cleanup_old_audit_logs();" in text
    assert "cleanup_old_security_alerts is maint.cleanup_old_security_alerts only" in text
    assert "create index maintenance_task_runs_started_at_idx" in text
    timeouts = re.findall(r"\n-- Locks: .*\n(?:begin;\n)?set (?:local )?lock_timeout", text)
    assert len(timeouts) == len(re.findall(r"\n\n-- [A-Z].*\n-- Locks:", text)) > 15


def test_the_plan_is_what_is_done(legacy_url):
    psql = [EMBEDDED_PROGRAMS / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", legacy_url]
    subprocess.run(psql, input=plan(legacy_url), text=True, check=True)
    assert is_installed(legacy_url)
    assert plan(legacy_url) == ""


def test_down_leaves_what_was_there_before(legacy, legacy_url):
    before, rows = snapshots.catalog(legacy), snapshots.rows(legacy)
    install(legacy_url, replace=["cleanup_old_audit_logs"])
    for task in TASKS[2:]:
        assert call(legacy, task)["success"] is True
    remove(legacy_url)
    after = snapshots.catalog(legacy)
    for kind in ("columns", "grants", "functions", "policies", "indexes"):
        assert after[kind] == before[kind], kind
    untouched = set(rows) - {"maintenance_task_runs", "security_alerts"}
    now = snapshots.rows(legacy)
    assert {t: now[t] for t in untouched} == {t: rows[t] for t in untouched}
    assert install(legacy_url) is True


def test_down_drops_the_history_that_it_created_after_writing_it_down(new_database):
    url = new_database()
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        install(url)
        call(connection, "verify_backup_health")
        file = remove(url)
        assert "verify_backup_health\t" in file.read_text()
        leftover = connection.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace "
            "union all select nspname from pg_namespace where nspname in ('maint', 'auth')"
        ).fetchall()
    assert leftover == []


def test_down_names_what_the_application_built_on_ours(legacy, legacy_url):
    install(legacy_url)
    legacy.execute("create view public.changes as select * from get_maintenance_changes()")
    before = snapshots.catalog(legacy)
    with pytest.raises(CannotMigrateError, match=r"view public\.changes"):
        remove(legacy_url)
    assert snapshots.catalog(legacy) == before


def test_optional_tables_that_are_missing_are_not_applicable(legacy, legacy_url):
    legacy.execute("drop table public.data_export_requests, public.backup_settings cascade")
    install(legacy_url)
    answer = call(legacy, "verify_backup_health")
    assert answer["success"] is True
    assert answer["not_applicable"]["backup_overdue"] == ("public.backup_settings does not exist")
    assert "backup_overdue" not in answer["findings_by_check"]


def test_plain_postgresql_gets_the_roles_and_functions_it_lacks(new_database):
    url = new_database()
    install(url)
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        assert call(connection, "run_automated_security_checks")["success"] is True
        assert call(connection, "cleanup_old_audit_logs")["skipped"] is True
        connection.execute("""select set_config('request.jwt.claims', '{"role": "x"}', false)""")
        row = connection.execute("select auth.role() as role, auth.uid() as uid").fetchone()
        assert row == {"role": "x", "uid": None}


def test_functions_that_the_platform_has_are_left_alone(legacy, legacy_url):
    query = "select oid, prosrc from pg_proc where pronamespace = 'auth'::regnamespace order by 1"
    before = legacy.execute(query).fetchall()
    install(legacy_url)
    assert legacy.execute(query).fetchall() == before
