"""Running checks, and each check of backups: its problem seen, repaired, and gone."""

import psycopg
import pytest

from maint_pipeline.checks.run import run_checks
from maint_pipeline.installation.install import install

ORG = "11111111-1111-1111-1111-111111111111"

RUN = (
    "insert into public.backup_runs "
    "(org_id, status, started_at, finished_at, rows_count, file_url, notes) values "
)
HEALTHY = (
    RUN + f"('{ORG}', 'ok', now() - interval '3 hours', now() - interval '2 hours', 9, 'f', null)"
)
MINUTES = "now() - interval '10 minutes'"

# Check: what plants the problem, what it is seen at, what repairs it.
CASES = {
    "organization_without_backup": (
        "update public.backup_settings set enabled = false",
        ORG,
        "update public.backup_settings set enabled = true",
    ),
    "backup_failed": (
        RUN + f"('{ORG}', 'failed', now() - interval '1 hour', now(), 0, null, 'no space')",
        "(select id::text from public.backup_runs where status = 'failed')",
        RUN + f"('{ORG}', 'ok', now(), now(), 9, 'f', null)",
    ),
    "backup_overdue": (
        "update public.backup_runs set started_at = now() - interval '30 hours', "
        "finished_at = now() - interval '27 hours'",
        ORG,
        HEALTHY,
    ),
    "backup_stuck": (
        RUN + f"('{ORG}', 'running', now() - interval '7 hours', null, 0, null, null)",
        "(select id::text from public.backup_runs where status = 'running')",
        "delete from public.backup_runs where status = 'running'",
    ),
    "backup_empty": (
        "update public.backup_runs set rows_count = 0",
        ORG,
        "update public.backup_runs set rows_count = 5",
    ),
    "backup_shrunk": (
        RUN.replace("rows_count,", "rows_count, tables_count,")
        + ", ".join(
            f"('{ORG}', 'ok', now() - interval '{hours} hours', now(), {rows}, 7, 'f', null)"
            for hours, rows in ((50, 100), (40, 110), (30, 120), (1, 40))
        ),
        ORG,
        "update public.backup_runs set rows_count = 60 where rows_count = 40",
    ),
    "backup_settings_incomplete": (
        "update public.backup_settings set bucket = ''",
        ORG,
        "update public.backup_settings set bucket = 'b'",
    ),
}


@pytest.fixture
def application(superuser):
    """One organization with a healthy backup."""
    superuser.execute("insert into public.orgs (id, name) values (%s, 'Acme')", [ORG])
    superuser.execute(
        "insert into public.backup_settings (org_id, enabled, bucket, access_key_encrypted, "
        "secret_key_encrypted, created_at) "
        "values (%s, true, 'b', 'k', 's', now() - interval '9 days')",
        [ORG],
    )
    superuser.execute(HEALTHY)
    return superuser


def findings(owner, check: str):
    return owner.execute(f"select * from maint.check_{check}()").fetchall()


# These need a server of their own: test_server_backups.py.
OF_THE_SERVER = {
    "archive_backlog",
    "archiver_discards",
    "archiver_failing",
    "base_backup_overdue",
    "replication_slot_inactive",
    "restore_unproven",
}


def test_every_check_has_a_case(owner):
    names = owner.execute("select name from maint.checks where category = 'backups'").fetchall()
    assert {row["name"] for row in names} == set(CASES) | OF_THE_SERVER


@pytest.mark.parametrize(
    ("check", "threshold", "value"),
    [
        ("backup_failed", "within", "30 minutes"),
        ("backup_overdue", "after", "30 hours"),
        ("backup_stuck", "after", "8 hours"),
        ("backup_shrunk", "below", "0.1"),
    ],
)
def test_an_administrator_changes_what_a_check_compares_with(
    application, owner, check, threshold, value
):
    problem = CASES[check][0].replace("now(), 0, null, 'no space'", f"{MINUTES}, 0, null, 'x'")
    application.execute(problem.replace(MINUTES, "now() - interval '40 minutes'"))
    assert len(findings(owner, check)) == 1
    application.execute(
        "update maint.check_thresholds set value = %s where check_name = %s and name = %s",
        [value, check, threshold],
    )
    assert findings(owner, check) == []


@pytest.mark.parametrize("value", ["soon", "-1 hour", "0", "1 hour; drop table x"])
def test_a_threshold_that_means_nothing_is_refused(superuser, value):
    with pytest.raises(psycopg.errors.CheckViolation, match="is no interval above zero"):
        superuser.execute(
            "update maint.check_thresholds set value = %s where check_name = 'backup_stuck'",
            [value],
        )


def test_migrating_again_keeps_the_administrators_thresholds(database, superuser):
    superuser.execute(
        "update maint.check_thresholds set value = '9 hours', default_value = '1 s' "
        "where check_name = 'backup_stuck'"
    )
    superuser.execute("comment on schema maint is 'maint_pipeline: of another version 0'")
    assert install(database)
    row = superuser.execute(
        "select value, default_value from maint.check_thresholds where check_name = 'backup_stuck'"
    ).fetchone()
    assert row == {"value": "9 hours", "default_value": "6 hours"}


@pytest.mark.parametrize("check", CASES)
def test_problem_seen_and_gone(application, owner, check):
    problem, where, repair = CASES[check]
    assert findings(owner, check) == []
    application.execute(problem)
    if where.startswith("("):
        where = application.execute(f"select {where} as o").fetchone()["o"]
    (found,) = findings(owner, check)
    assert found["name"] == check and found["object"] == where
    assert found["fingerprint"] == f"{check}:{where}"
    assert found["severity"] in ("low", "medium", "high", "critical")
    assert found["detail"] and found["remediation"] and found["metadata"]
    application.execute(repair)
    assert findings(owner, check) == []


def test_a_shrinking_backup_needs_something_to_compare_with(application, owner):
    """Two earlier ones prove nothing, and a row more or less is daily life."""
    for hours, rows in ((50, 100), (1, 10)):
        application.execute(
            RUN + f"('{ORG}', 'ok', now() - interval '{hours} hours', now(), {rows}, 'f', null)"
        )
    assert findings(owner, "backup_shrunk") == []


@pytest.mark.parametrize(
    ("span", "words"),
    [("1 hour", "1 hour"), ("48 hours", "48 hours"), ("1 day 90 min", "1 day 1 hour 30 minutes")],
)
def test_spans_of_time_are_said_in_words(owner, span, words):
    row = owner.execute("select maint.in_words(%s::interval) as words", [span]).fetchone()
    assert row["words"] == words


def test_deleted_organizations_are_nobodys_problem(application, owner):
    application.execute(CASES["organization_without_backup"][0])
    application.execute("update public.orgs set deleted_at = now()")
    assert findings(owner, "organization_without_backup") == []


def test_many_failures_of_one_organization_are_one_finding(application, owner):
    application.execute(
        RUN.removesuffix(" values ") + " select '" + ORG + "', 'failed', "
        "now() - i * interval '5 minutes', now(), 0, null, 'no' from generate_series(1, 6) as i"
    )
    (found,) = findings(owner, "backup_failed")
    assert found["object"] == ORG and found["metadata"]["failures"] == 6


def test_missing_relations_make_a_check_not_applicable(application, owner):
    application.execute("drop table public.backup_runs")
    summary, results = run_checks(owner, "backups")
    by_name = {result["check"]: result for result in results}
    assert by_name["backup_failed"]["status"] == "not_applicable"
    assert by_name["backup_failed"]["problem"] == "public.backup_runs does not exist"
    assert by_name["organization_without_backup"]["status"] == "passed"
    assert "backup_failed" in summary["not_applicable"]
    assert "backup_failed" not in summary["findings_by_check"]


def test_a_missing_privilege_makes_a_check_not_applicable(application, owner):
    application.execute("revoke select on public.backup_runs from maint_owner")
    _, results = run_checks(owner, "backups")
    problems = {result["check"]: result["problem"] for result in results}
    assert problems["backup_failed"] == "needs select on public.backup_runs for maint_owner"


def test_a_check_that_errors_raises_its_own_alert_and_resolves_nothing(application, owner):
    application.execute(CASES["backup_failed"][0])
    run_checks(owner, "backups")
    application.execute(
        "alter table public.backup_runs rename to backups; "
        "create view public.backup_runs as select id, org_id, status, started_at, finished_at, "
        "(1 / 0)::text as notes from public.backups; "
        "grant select on public.backup_runs to maint_owner"
    )
    for _ in range(3):
        summary, _ = run_checks(owner, "backups")
    assert "division by zero" in summary["failed_checks"]["backup_failed"]
    alerts = owner.execute(
        "select fingerprint, resolved, occurrences from public.security_alerts order by 1"
    ).fetchall()
    assert alerts[0]["fingerprint"].startswith("backup_failed:") and not alerts[0]["resolved"]
    assert alerts[1]["fingerprint"] == "check_failing:backup_failed"
    assert alerts[1]["occurrences"] == 3 and not alerts[1]["resolved"]

    application.execute(
        "drop view public.backup_runs; alter table public.backups rename to backup_runs"
    )
    run_checks(owner, "backups")
    row = owner.execute(
        "select resolved from public.security_alerts "
        "where fingerprint = 'check_failing:backup_failed'"
    ).fetchone()
    assert row["resolved"] is True


def test_job_and_sql_function_tell_the_same(application, owner):
    application.execute(CASES["organization_without_backup"][0])
    summary, _ = run_checks(owner, "backups")
    assert summary["orgs_without_backup"] == 1 and summary["alerts_created"] == 1
    answer = application.execute("select public.verify_backup_health() as a").fetchone()["a"]
    assert {**summary, "alerts_created": 0} == {
        key: value for key, value in answer.items() if key not in ("success", "task_id")
    }


def test_application_can_change_its_tables_freely(application):
    # Nothing of ours may stand in the way of the application's own migrations.
    application.execute("alter table public.audit_logs alter column entity type varchar(100)")
    application.execute("alter table public.backup_runs drop column notes")
    application.execute("drop table public.backup_runs")
