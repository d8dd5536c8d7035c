"""Nothing is called well that nobody looked at, and a skip for a good reason alarms nobody."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from maint_pipeline.checks.catalog import CATEGORIES
from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.installation.install import install
from maint_pipeline.ops import all_tasks
from maint_pipeline.reports.figures import collect
from maint_pipeline.reports.weekly import report_message
from maint_pipeline.retention.policies import set_policy_enabled
from maint_pipeline.retention.purge import Purge
from maint_pipeline.schedules.missed import missed_runs
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.requests import ADMIN, create_people, request

CLEANUP = "cleanup_old_audit_logs"
SECURITY = "run_automated_security_checks"
SET_ADMIN_TEST = "update maint.settings set value = %s where name = 'admin_test'"


@pytest.fixture
def bare(new_database):
    """A superuser's connection to a migrated database in which nothing has a name that we know."""
    url = new_database()
    install(url)
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        yield connection


def call(connection, task: str) -> dict:
    return connection.execute(f"select public.{task}() as answer").fetchone()["answer"]


def diagnoses(url: str) -> dict:
    # Dagster's storage is not what this is about.
    return {d.name: d for d in examine(ApplicationUrls(url), url)}


# D10


def test_a_scheduled_cleanup_without_a_table_is_not_missed(bare):
    url = bare.info.dsn
    bare.execute("update maint.installation set installed_at = '2026-01-01'")

    def work(run):
        return Purge(CLEANUP).run(run.connection, lambda progress: None, [])

    assert run_recorded(url, CLEANUP, RunContext("schedule"), work).status == "skipped"
    with closing(connect(url, application_name="test")) as owner:
        assert missed_runs(owner, [all_tasks()[CLEANUP]], Settings(), datetime.now(UTC)) == []


# D11: a skipped cleanup


@pytest.mark.parametrize("task", [CLEANUP, "cleanup_old_security_alerts"])
def test_a_cleanup_with_nothing_to_work_on_says_so_and_succeeds(bare, task):
    with closing(connect(bare.info.dsn, application_name="test")) as owner:
        set_policy_enabled(owner, task, enabled=False)
    answer = call(bare, task)
    assert answer["success"] is True and answer["skipped"] is True
    assert "is disabled" in answer["reason"] and "error" not in answer
    # Nothing was counted.
    assert answer["deleted_count"] is None
    row = bare.execute("select * from public.get_maintenance_task_history()").fetchone()
    assert row["status"] == "skipped" and str(row["id"]) == answer["task_id"]


def test_a_cleanup_that_others_hold_is_not_called_done(database, superuser):
    def work(run):
        return {"answer": call(superuser, CLEANUP)}

    outcome = run_recorded(database, CLEANUP, RunContext("schedule"), work)
    answer = outcome.details["answer"]
    assert answer["success"] is False and answer["skipped"] is True
    assert answer["error"] == f"skipped: {answer['reason']}"
    assert answer["reason"].startswith("already running since")


def test_command_and_function_agree_on_a_cleanup_without_a_table(cli, superuser):
    superuser.execute("drop table public.audit_logs cascade")
    assert cli("run", CLEANUP).returncode == 0
    assert call(superuser, CLEANUP)["success"] is True


# D11: what was not looked at


def test_what_was_not_counted_is_null(bare):
    answer = call(bare, "verify_backup_health")
    assert answer["success"] is True
    assert answer["orgs_without_backup"] is None and answer["failed_backups"] is None
    with closing(connect(bare.info.dsn, application_name="test")) as owner:
        summary, _ = run_checks(owner, "backups")
        figures = collect(owner, 7, "UTC")
    assert summary["orgs_without_backup"] is None and summary["failed_backups"] is None
    assert figures.counts["orgs_without_backup"] is None
    text = report_message(figures, 7, Settings(), "app").text
    assert "Backups: organizations without: unknown" in text


def test_a_count_of_none_is_zero_where_somebody_looked(superuser):
    answer = call(superuser, "verify_backup_health")
    assert answer["orgs_without_backup"] == 0 and answer["failed_backups"] == 0


def test_a_check_that_is_off_counts_nothing(superuser):
    superuser.execute("update maint.checks set enabled = false where name = %s",
                      ["organization_without_backup"])  # fmt: skip
    assert call(superuser, "verify_backup_health")["orgs_without_backup"] is None


# D11: the doctor


def test_doctor_is_not_well_where_the_only_security_run_failed(database, superuser):
    def work(run):
        raise RuntimeError("permission denied for schema storage")

    with pytest.raises(RuntimeError):
        run_recorded(database, SECURITY, RunContext("schedule"), work)
    found = diagnoses(database)["latest runs"]
    assert found.ok is False and f"{SECURITY}: " in found.finding
    assert "permission denied for schema storage" in found.finding
    assert f"maint run {SECURITY}" in found.remedy


def test_doctor_says_what_no_check_has_looked_at_yet(database):
    found = diagnoses(database)["checks"]
    assert found.ok is None and "no check has been evaluated" in found.finding
    assert f"maint run {SECURITY}" in found.remedy


def test_doctor_names_the_checks_that_could_not_look(database, superuser, owner):
    run_checks(owner, "security")
    run_checks(owner, "backups")
    superuser.execute(
        "update maint.check_results set status = 'failed', problem = 'column time does not exist' "
        "where check_name = 'mass_read'"
    )
    found = diagnoses(database)["checks"]
    assert found.ok is False and "mass_read: column time does not exist" in found.finding


def test_doctor_says_what_is_not_looked_at_and_why(bare):
    with closing(connect(bare.info.dsn, application_name="test")) as owner:
        for category in CATEGORIES:
            run_checks(owner, category)
    bare.execute("update maint.checks set enabled = false where name = 'row_security_off'")
    found = diagnoses(bare.info.dsn)
    assert found["checks"].ok is True
    missing = found["not checked"]
    assert missing.ok is None
    assert "disabled: row_security_off" in missing.finding
    assert f"{CLEANUP}: the table of retention policy" in missing.finding
    source = found["source audit_log"]
    assert source.ok is None and "maint sources suggest" in source.remedy
    assert "public.audit_logs does not exist" in source.finding and "mass_read" in source.finding
    # Said once.
    assert "mass_read" not in missing.finding


def test_doctor_exits_with_1_only_where_something_is_wrong(cli, superuser, owner):
    answer = cli("doctor")
    assert answer.returncode == 0 and "no check has been evaluated" in answer.stdout
    rows = {row["name"]: row["ok"] for row in cli.json("doctor")}
    assert rows["checks"] is None and rows["connection"] is True
    superuser.execute(
        "insert into maint.check_results (check_name, status, findings, problem, evaluated_at) "
        "values ('mass_read', 'failed', 0, 'away', now())"
    )
    answer = cli("doctor")
    assert answer.returncode == 1 and "mass_read: away" in " ".join(answer.stdout.split())


# D12


@pytest.fixture
def staff(superuser):
    create_people(superuser)
    superuser.execute(
        "create schema app; grant usage on schema app to public; "
        "create function app.staff(_id uuid) returns boolean language sql stable "
        f"security definer as $$ select _id = '{ADMIN}' $$"
    )
    superuser.execute(SET_ADMIN_TEST, ["app.staff(uuid)"])
    return superuser


BROKEN = {
    "raises": "create or replace function app.staff(_id uuid) returns boolean language plpgsql as "
    "$$ begin raise 'the directory is away'; end $$",
    "asserts": "create or replace function app.staff(_id uuid) returns boolean language plpgsql as "
    "$$ begin assert false, 'the directory is away'; end $$",
    "gone": "drop function app.staff(uuid)",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_an_admin_test_that_breaks_later_is_told_and_raises_nowhere(database, staff, owner, broken):
    reads = (
        "select count(*) as n from public.maintenance_task_runs",
        "select count(*) as n from public.security_alerts",
        "select count(*) as n from maint.retention_policies",
    )
    call(staff, CLEANUP)
    assert request(database, "authenticated", ADMIN, reads[0]) == [{"n": 1}]
    assert diagnoses(database)["admin test"].ok is True
    staff.execute(BROKEN[broken])
    for read in reads:
        assert request(database, "authenticated", ADMIN, read) == [{"n": 0}]
    found = diagnoses(database)["admin test"]
    said = "no longer" if broken == "gone" else "the directory is away"
    assert found.ok is False and said in found.finding and "app.staff(uuid)" in found.finding
    owner.execute("select maint.run_check('admin_test_failing')")
    alert = staff.execute(
        "select * from maint.known_alerts() where alert_type = 'admin_test_failing'"
    ).fetchone()
    assert said in alert["description"] and alert["severity"] == "high"


def test_without_a_test_doctor_says_that_nobody_is_administrator(bare):
    found = diagnoses(bare.info.dsn)["admin test"]
    assert found.ok is None and "no signed-in user is an administrator" in found.finding
    assert "maint sources suggest" in found.remedy


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("app.none()", None),
        ("app.text(uuid)", "returns text language sql as $$ select 'yes'::text $$"),
        ("app.org(bigint)", "returns boolean language sql as $$ select true $$"),
        ("app.fails(uuid)", "returns boolean language plpgsql as $$ begin assert false; end $$"),
        ("not a signature", None),
    ],
)
def test_an_admin_test_that_can_not_work_is_refused(staff, signature, body):
    if body:
        staff.execute(f"create function {signature} {body}")
    with pytest.raises(Exception, match="admin_test"):
        staff.execute(SET_ADMIN_TEST, [signature])
    kept = staff.execute("select value from maint.settings where name = 'admin_test'").fetchone()
    assert kept["value"] == "app.staff(uuid)"
