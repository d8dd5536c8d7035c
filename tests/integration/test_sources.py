"""An application of other names and shapes is mapped by commands; then all works on it."""

import json
import re
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.checks.run import run_check, run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sources.parts import Relation, list_sources, set_no_source, set_source
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.cli import Cli
from tests.dev import environment
from tests.other_names import UTC, arguments


@pytest.fixture
def maint(home, other, storage):
    databases = {"MAINT_DATABASE_URL": other, "MAINT_DAGSTER_DATABASE_URL": storage}
    return Cli({**environment(home), **databases})


def test_commands_map_an_application_of_other_names(maint, others, worker):
    before = {row["part"]: row for row in maint.json("sources")}
    assert before["audit_log"]["status"] == "not there"
    assert "mass_read" in before["audit_log"]["checks"]
    said = {}
    for part in ("audit_log", "backup_runs"):
        answer = maint(*arguments(part))
        assert answer.returncode == 0, answer.stderr
        said[part] = " ".join(answer.stdout.split())
    assert "cleanup_old_audit_logs deletes rows whose created_at" in said["audit_log"]
    assert 'grant usage on schema "ops" to "maint_owner"' in said["backup_runs"]
    states = {row["part"]: row for row in list_sources(worker)}
    assert states["audit_log"]["status"] == "mapped" and not states["audit_log"]["checks"]
    assert states["audit_log"]["columns"]["ip_address"] == "meta->>'ip'"
    # Organizations are not mapped yet, which backup runs are joined to.
    assert states["backup_runs"]["status"] == "mapped"
    assert "backup_failed" in states["organizations"]["checks"]
    trigger = others.execute(
        "select tgrelid::regclass::text from pg_trigger where tgname = 'maint_tell_backup_failure'"
    ).fetchall()
    assert trigger == [("ops.backups",)]
    changes = worker.execute(
        "select object from maint.changes where table_name = 'sources'"
    ).fetchall()
    assert {row["object"] for row in changes} == {"audit_log", "backup_runs"}

    refused = maint("sources", "set", "audit_log", "--column", "user_id=nobody")
    assert refused.returncode == 2 and "no column nobody" in refused.stderr
    set_no_source(worker, "profiles")
    rows = {row["name"]: row for row in json.loads(maint("doctor", "--json").stdout)}
    assert rows["source profiles"]["ok"] is None
    assert "backup_failed" in rows["source organizations"]["finding"]
    assert "source audit_log" not in rows


def test_nobody_is_a_new_administrator_because_somebody_else_is_looked_at(mapped):
    run_checks(mapped, "security")
    set_source(mapped, "user_roles", columns={"role": "case when user_id > 5 then 'admin' end"})
    run_checks(mapped, "security")
    assert run_check(mapped, "new_administrator")["findings"] == 0
    assert run_check(mapped, "many_administrators")["findings"] == 1


def test_the_built_in_policy_follows_and_deletes(mapped, others, other):
    others.execute(
        "insert into public.activity_logs (actor_id, event, created_at) "
        f"select 1, 'read', {UTC} - interval '100 days' from generate_series(1, 50)"
    )

    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    outcome = run_recorded(other, "cleanup_old_audit_logs", RunContext("cli"), purge)
    assert outcome.details["deleted_count"] == 50
    answer = others.execute("select public.cleanup_old_audit_logs()").fetchone()[0]
    assert answer["success"] is True and answer["deleted_count"] == 0


def test_a_policy_that_was_pointed_elsewhere_stays(mapped, others):
    others.execute(
        "create table public.other_log (id int, at timestamptz); "
        "grant select, delete, update on public.other_log to maint_owner; "
        "update maint.retention_policies set table_name = 'other_log', time_column = 'at' "
        "where name = 'cleanup_old_audit_logs'; "
        "create table public.third_log (id int, time timestamptz); "
        "grant select, delete, update on public.third_log to maint_owner"
    )
    set_source(mapped, "audit_log", Relation("public", "third_log"))
    row = mapped.execute(
        "select table_name, time_column from maint.retention_policies "
        "where name = 'cleanup_old_audit_logs'"
    ).fetchone()
    assert row == {"table_name": "other_log", "time_column": "at"}


def test_the_application_goes_on_altering_its_tables(mapped, others):
    run_checks(mapped, "security")
    others.execute("alter table public.activity_logs alter actor_id type text")
    others.execute("alter table public.activity_logs rename meta to details")
    others.execute("alter table public.tenants rename title to label")
    others.execute("alter table ops.backups rename began to begun")
    # Between the alteration and the next run the checks are not applicable, and no error.
    words = mapped.execute(
        "select maint.missing_needs('{audit_log.user_id, backup_runs.started_at}') as words"
    ).fetchone()["words"]
    assert len(words) == 2 and all("has changed since" in word for word in words)

    summary, _ = run_checks(mapped, "security")
    assert summary["failed_checks"] == {}
    assert "details" not in summary["not_applicable"]["failed_sign_ins_from_address"]
    assert "ip_address" in summary["not_applicable"]["failed_sign_ins_from_address"]
    assert "mass_read" in summary["findings_by_check"]
    assert summary["findings_by_check"]["source_lost"] == 2
    summary, _ = run_checks(mapped, "backups")
    assert summary["failed_checks"] == {}
    assert "started_at" in summary["not_applicable"]["backup_overdue"]
    assert "organization_without_backup" in summary["findings_by_check"]
    # Its own migrations go through: nothing depends on its columns.
    others.execute("alter table public.activity_logs drop column details, drop column event")
    others.execute("drop table ops.backups")
    assert run_checks(mapped, "backups")[0]["failed_checks"] == {}
    others.execute("insert into public.activity_logs (actor_id) values (5)")

    set_source(
        mapped, "audit_log", columns={"ip_address": None, "user_agent": None, "action": None}
    )
    set_no_source(mapped, "backup_runs")
    assert run_check(mapped, "source_lost")["findings"] == 0


def test_there_is_none_and_nobody_is_reminded(other, worker, others):
    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    answer = others.execute("select public.cleanup_old_audit_logs()").fetchone()[0]
    assert answer["success"] and answer["skipped"] and "does not exist" in answer["reason"]
    set_no_source(worker, "audit_log")
    set_no_source(worker, "backup_runs")
    set_no_source(worker, "user_roles")
    outcome = run_recorded(other, "cleanup_old_audit_logs", RunContext("cli"), purge)
    assert outcome.status == "skipped" and "no audit log" in str(outcome.details)
    for category in ("security", "backups"):
        summary, _ = run_checks(worker, category)
        assert summary["failed_checks"] == {}
    words = summary["not_applicable"]["backup_failed"]
    assert "the application has no backup_runs" in words
    answer = others.execute("select public.verify_backup_health()").fetchone()[0]
    assert answer["success"] and answer["failed_backups"] is None
    assert answer["orgs_without_backup"] is None


def test_an_audit_log_of_another_shape_is_not_applicable_with_the_remedy(new_database):
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(
            "create table public.audit_logs (id bigint, created_at timestamptz, user_id bigint, "
            "action text)"
        )
        install(url)
        answer = connection.execute("select public.run_automated_security_checks()").fetchone()[0]
        assert answer["success"] and answer["failed_checks"] == {}
        assert (
            "maint sources set audit_log --column time=COLUMN"
            in answer["not_applicable"]["mass_read"]
        )
        with closing(connect(url, application_name="test")) as worker:
            set_source(worker, "audit_log", columns={"time": "created_at"})
            assert run_check(worker, "mass_read")["status"] == "passed"
            # Only what needs the address is not applicable, by name.
            problem = run_check(worker, "failed_sign_ins_from_address")["problem"]
            assert "audit_log.ip_address" in problem and "audit_log.time" not in problem


def plan_of(connection, relation: str, condition: str) -> str:
    """Give a plan, whatever the relation is called in it."""
    rows = connection.execute(
        f"explain (costs off) select from {relation} as called where {condition}"
    ).fetchall()
    text = "\n".join(row["QUERY PLAN"] for row in rows)
    return re.sub(
        r"\bcalled\.| called$| on \w+_runs\b| on \w+_logs\b", "", text, flags=re.MULTILINE
    )


@pytest.mark.parametrize(
    ("part", "table", "condition", "used"),
    [
        ("audit_log", "audit_logs", "time > now() - interval '1 hour'", "Index Cond"),
        ("audit_log", "audit_logs", "row_ctid >= '(3,0)' and age(row_xmin) < 5", "TID Cond"),
        (
            "backup_runs", "backup_runs",
            "status <> 'ok' and coalesce(finished_at, started_at) > now()",
            "backup_runs_unfinished_idx",
        ),
        (
            "backup_runs", "backup_runs",
            "status = 'ok' and org_id = '00000000-0000-0000-0000-000000000001' "
            "order by started_at desc",
            "backup_runs_successes_idx",
        ),
        (
            "backup_runs", "backup_runs",
            "status = 'ok' and (coalesce(rows_count, 0) = 0 or coalesce(file_url, '') = '')",
            "backup_runs_empty_idx",
        ),
    ],
)  # fmt: skip
def test_the_planner_sees_the_table_itself(superuser, part, table, condition, used):
    superuser.execute(
        "set role maint_owner; set search_path = pg_catalog, pg_temp; set enable_seqscan = off"
    )
    by_function = plan_of(superuser, f"maint.{part}()", condition)
    plain = condition.replace("row_ctid", "ctid").replace("row_xmin", "xmin")
    assert by_function == plan_of(superuser, f"public.{table}", plain)
    assert used in by_function and "Function Scan" not in by_function


def test_administrators_by_their_roles(mapped, others):
    def is_admin(user: str) -> bool:
        with others.transaction():
            others.execute(
                "select set_config('request.jwt.claims', %s, true)", [json.dumps({"sub": user})]
            )
            return others.execute("select maint.is_admin()").fetchone()[0]

    assert not is_admin("1")  # a tenant's administrator is none of maintenance
    others.execute("update maint.settings set value = 'user_roles' where name = 'admin_test'")
    assert is_admin("1") and not is_admin("15") and not is_admin("x")


def test_a_schema_that_may_not_be_used_is_not_applicable(mapped, others):
    others.execute(
        "create schema storage; create table storage.buckets (id text, public boolean); "
        "create table storage.objects (id text)"
    )
    result = run_check(mapped, "public_bucket_lists")
    assert result["status"] == "not_applicable"
    assert "usage on schema storage" in result["problem"]
