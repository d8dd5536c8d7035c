"""An application of other names and shapes is mapped by commands; then all works on it."""

import json
import re
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from maint_pipeline.checks.run import run_check, run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.errors import UsageError
from maint_pipeline.installation import install
from maint_pipeline.ledger import Origin, run_recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sources.parts import Relation, list_sources, set_no_source, set_source
from tests.cli import Cli
from tests.dev import environment

APPLICATION = (Path(__file__).parent / "other_names.sql").read_text()
COMMANDS = {
    "audit_log": (
        "public.activity_logs",
        "time=created_at", "user_id=actor_id", "action=event", "entity=subject_type",
        "entity_id=subject_id", "payload_hash=case when blocked then 'rate_limited' end",
        "ip_address=meta->>'ip'", "user_agent=meta->>'agent'",
    ),
    "organizations": (
        "tenants", "name=title",
        "deleted_at=case when removed then '-infinity'::timestamptz end",
    ),
    "user_roles": ("public.members", "role=case when is_admin then 'admin' end"),
    "backup_runs": (
        "ops.backups",
        "org_id=tenant", "started_at=began", "finished_at=ended", "rows_count=bytes",
        "file_url=path", "notes=remarks",
        "status=case when succeeded then 'ok' when ended is null then 'running' else 'failed' end",
    ),
    "backup_settings": (
        "ops.backup_config",
        "org_id=tenant", "enabled=active", "bucket=target", "created_at=since",
        "access_key_encrypted=secrets->>'key'", "secret_key_encrypted=secrets->>'secret'",
    ),
}  # fmt: skip
UTC = "(now() at time zone 'UTC')"


def log(  # noqa: PLR0917
    user: int, event: str, entity: str, count: int, more: str = "", at: str = UTC
) -> str:
    """Write rows of an hour."""
    columns, values = ("", "") if not more else more.split("=", 1)
    extra = (f", {columns}", f", {values}") if columns else ("", "")
    return (
        f"insert into public.activity_logs (actor_id, event, subject_type, subject_id, created_at"
        f"{extra[0]}) select {user}, '{event}', '{entity}', i, {at} - i * interval '1 second'"
        f"{extra[1]} from generate_series(1, {count}) as i"
    )


PROBLEMS = {
    "mass_delete": log(3, "delete", "invoice", 60),
    "mass_read": log(4, "read", "invoice", 1100),
    "mass_export": log(5, "export", "report", 12),
    "id_enumeration": log(6, "update", "invoice", 600),
    "failed_sign_ins": log(7, "create", "auth_session", 12, "blocked=true"),
    "failed_sign_ins_from_address": log(
        8, "create", "auth_session", 35, 'blocked, meta=true, \'{"ip": "198.51.100.1"}\''
    ),
    "address_trying_many_users": "insert into public.activity_logs "
    "(actor_id, event, subject_type, blocked, meta, created_at) "
    f"select i, 'create', 'auth_session', true, '{{\"ip\": \"203.0.113.5\"}}', {UTC} "
    "from generate_series(1, 8) as i",
    "rate_limit_abuse": log(9, "read", "invoice", 60, "blocked=true"),
    "sign_in_after_failures": log(10, "create", "auth_session", 6, "blocked=true") + ";"
    f"insert into public.activity_logs (actor_id, event, subject_type, created_at) "
    f"values (10, 'create', 'auth_session', {UTC} + interval '0 seconds')",
    "profile_enumeration": log(11, "read", "profile_access", 120),
    "tax_number_reads": log(12, "read", "customer_tin", 25),
    "first_tax_number_read": log(13, "read", "customer_tin", 1),
    "privileges_granted": log(14, "create", "role", 1),
    "activity_burst": None,
    "audit_rows_misdated": log(15, "read", "x", 1, at=f"{UTC} + interval '3 days'"),
    "audit_log_gap": "delete from public.activity_logs "
    f"where created_at between {UTC} - interval '30 minutes' and {UTC}",
    "new_administrator": "update public.members set is_admin = true where user_id = 16",
    "many_administrators": "update public.members set is_admin = true where user_id < 10",
    "admin_from_new_origin": log(
        1, "read", "x", 1, 'meta=\'{"ip": "198.51.100.77", "agent": "curl"}\''
    ),
    "admin_outside_working_hours": "update maint.check_thresholds set value = '0,9' "
    "where check_name = 'admin_outside_working_hours' and name = 'days'; " + log(2, "read", "x", 1),
    "audit_log_silent": None,
    "organization_without_backup": "insert into public.tenants (id, title) values (20, 'New')",
    "backup_settings_incomplete": "update ops.backup_config set secrets = '{}' where tenant = 1",
    "backup_overdue": "delete from ops.backups where tenant = 2",
    "backup_failed": "insert into ops.backups (tenant, succeeded, began, ended, remarks) "
    "values (3, false, now(), now(), 'no space')",
    "backup_stuck": "insert into ops.backups (tenant, began) "
    "values (4, now() - interval '7 hours')",
    "backup_empty": "insert into ops.backups (tenant, succeeded, began, ended, bytes, path) "
    "values (5, true, now(), now(), 0, 's3://b/f')",
    "backup_shrunk": "insert into ops.backups (tenant, succeeded, began, ended, bytes, path) "
    "values (4, true, now(), now(), 10, 's3://b/f')",
}
"""What each check of behaviour and of backups is to find; None where it takes weeks of a past."""


@pytest.fixture(scope="module")
def other_template(server_url):
    """Name of a database with an application of other names, migrated and not mapped."""
    name = f"other_{uuid4().hex}"
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"create database {name}")
        url = database_url(server_url, name)
        with closing(psycopg.connect(url, autocommit=True)) as application:
            application.execute(APPLICATION)
        install(url)
        yield name
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def other(new_database, other_template):
    """URL of a clone of it."""
    return new_database(other_template)


@pytest.fixture
def maint(home, other, storage):
    databases = {"MAINT_DATABASE_URL": other, "MAINT_DAGSTER_DATABASE_URL": storage}
    return Cli({**environment(home), **databases})


@pytest.fixture
def application(other):
    """The application's superuser."""
    with closing(psycopg.connect(other, autocommit=True)) as connection:
        yield connection


@pytest.fixture
def worker(other):
    with closing(connect(other, application_name="test")) as connection:
        yield connection


def columns_of(part: str) -> dict[str, str]:
    return dict(column.split("=", 1) for column in COMMANDS[part][1:])


def relation_of(part: str) -> Relation:
    schema, _, name = COMMANDS[part][0].rpartition(".")
    return Relation(schema or "public", name)


def arguments(part: str) -> list[str]:
    named = [text for column in COMMANDS[part][1:] for text in ("--column", column)]
    return ["sources", "set", part, "--relation", COMMANDS[part][0], *named]


@pytest.fixture
def mapped(other, worker, application):
    """The worker's connection, once all parts are mapped."""
    application.execute("grant usage on schema ops to maint_owner")
    for part in COMMANDS:
        relation = relation_of(part)
        application.execute(
            f"grant select, delete, update on {relation.schema}.{relation.name} to maint_owner"
        )
        set_source(worker, part, relation, columns_of(part))
    return worker


def status(worker, part: str) -> dict:
    return {row["part"]: row for row in list_sources(worker)}[part]


def test_commands_map_an_application_of_other_names(maint, application, worker):
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
    trigger = application.execute(
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


@pytest.mark.parametrize("check", [name for name, plant in PROBLEMS.items() if plant])
def test_every_check_finds_its_problem_there(mapped, application, check):
    category = mapped.execute(
        "select category from maint.checks where name = %s", [check]
    ).fetchone()["category"]
    summary, _ = run_checks(mapped, category)
    applicable = {name for name in PROBLEMS if name in summary["findings_by_check"]}
    expected = {name for name in PROBLEMS if name in summary["not_applicable"]}
    assert not expected and applicable and summary["failed_checks"] == {}
    assert summary["findings_by_check"][check] == (check == "organization_without_backup")
    application.execute(PROBLEMS[check])
    result = run_check(mapped, check)
    assert result["status"] == "findings", result
    assert result["findings"] > summary["findings_by_check"][check]


def test_the_built_in_policy_follows_and_deletes(mapped, application, other):
    application.execute(
        "insert into public.activity_logs (actor_id, event, created_at) "
        f"select 1, 'read', {UTC} - interval '100 days' from generate_series(1, 50)"
    )

    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    outcome = run_recorded(other, "cleanup_old_audit_logs", Origin("cli"), purge)
    assert outcome.details["deleted_count"] == 50
    answer = application.execute("select public.cleanup_old_audit_logs()").fetchone()[0]
    assert answer["success"] is True and answer["deleted_count"] == 0


def test_a_policy_that_was_pointed_elsewhere_stays(mapped, application):
    application.execute(
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


def test_the_application_goes_on_altering_its_tables(mapped, application):
    run_checks(mapped, "security")
    application.execute("alter table public.activity_logs alter actor_id type text")
    application.execute("alter table public.activity_logs rename meta to details")
    application.execute("alter table public.tenants rename title to label")
    application.execute("alter table ops.backups rename began to begun")
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
    application.execute("alter table public.activity_logs drop column details, drop column event")
    application.execute("drop table ops.backups")
    assert run_checks(mapped, "backups")[0]["failed_checks"] == {}
    application.execute("insert into public.activity_logs (actor_id) values (5)")

    set_source(
        mapped, "audit_log", columns={"ip_address": None, "user_agent": None, "action": None}
    )
    set_no_source(mapped, "backup_runs")
    assert run_check(mapped, "source_lost")["findings"] == 0


HOSTILE = {
    "two columns": "id, actor_id",
    "another table": "id from pg_catalog.pg_authid --",
    "a closing bracket": "1) or (1",
    "a second statement": "1) limit 0)); drop table public.tenants; select ((select 1",
    "a semicolon": "1; drop table public.tenants",
    "an aggregate": "count(*)",
    "a window": "row_number() over ()",
    "a set": "generate_series(1, 3)",
    "a comment without end": "id /*",
    "a star": "*",
    "a parameter": "$1",
    "a row": "activity_logs",
    "a function of a stranger": "public.evil(event)",
    "an operator of a stranger": "event operator(public.!!!) event",
    "a cast that fails on rows": "event::integer::text",
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_hostile_expressions_are_refused(mapped, application, attack):
    application.execute(
        "drop role if exists stranger; create role stranger; "
        "create function public.evil(text) returns text language sql as 'select $1'; "
        "create function public.evil_operator(text, text) returns text language sql "
        "as 'select $1'; "
        "create operator public.!!! "
        "(leftarg = text, rightarg = text, function = public.evil_operator); "
        "alter function public.evil(text) owner to stranger; "
        "alter function public.evil_operator(text, text) owner to stranger"
    )
    before = status(mapped, "audit_log")
    with pytest.raises(UsageError, match=r"audit_log\.entity"):
        set_source(mapped, "audit_log", columns={"entity": HOSTILE[attack]})
    assert status(mapped, "audit_log") == before
    assert application.execute("select count(*) from public.tenants").fetchone() == (7,)
    leftovers = application.execute("select count(*) from pg_proc where proname like 'probe%'")
    assert leftovers.fetchone() == (0,)
    application.execute(
        "drop operator public.!!! (text, text); drop function public.evil_operator; "
        "drop function public.evil; drop role stranger"
    )


def test_hostile_names_are_quoted(mapped, application):
    application.execute(
        'create table public."a""b; drop table tenants" ("i d" bigint, "TIME""" timestamptz); '
        'grant select, delete, update on public."a""b; drop table tenants" to maint_owner'
    )
    set_source(
        mapped, "audit_log", Relation("public", 'a"b; drop table tenants'),
        {"time": 'TIME"', "user_id": "i d"},
    )  # fmt: skip
    assert run_check(mapped, "mass_read")["status"] == "not_applicable"
    assert run_check(mapped, "audit_log_silent")["status"] == "passed"
    assert run_check(mapped, "activity_burst")["status"] == "passed"


def test_roles_of_the_application_see_nothing(mapped, application):
    for role in ("anon", "authenticated"):
        for query in (
            "select maint.audit_log()", "select maint.backup_settings()",
            "select maint.set_source('profiles')", "update maint.sources set columns = '{}'",
            "select maint.bind_sources()",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege), application.transaction():
                application.execute(f"set local role {role}")
                application.execute(query)
    with application.transaction():
        application.execute("set local role authenticated")
        assert application.execute("select count(*) from maint.sources").fetchone() == (0,)
    # A function that is made anew is closed as well, whatever default privileges say.
    application.execute(
        "alter default privileges for role maint_owner grant execute on functions to public"
    )
    application.execute(
        "alter table public.tenants alter id type numeric, alter title type varchar(99)"
    )
    run_checks(mapped, "backups")
    assert application.execute(
        "select has_function_privilege('anon', 'maint.organizations()', 'execute')"
    ).fetchone() == (False,)


def test_there_is_none_and_nobody_is_reminded(other, worker, application):
    def purge(run):
        return Purge("cleanup_old_audit_logs").run(run.connection)

    answer = application.execute("select public.cleanup_old_audit_logs()").fetchone()[0]
    assert answer["success"] is False and answer["error"].startswith("skipped: ")
    set_no_source(worker, "audit_log")
    set_no_source(worker, "backup_runs")
    set_no_source(worker, "user_roles")
    outcome = run_recorded(other, "cleanup_old_audit_logs", Origin("cli"), purge)
    assert outcome.status == "skipped" and "no audit log" in str(outcome.details)
    for category in ("security", "backups"):
        summary, _ = run_checks(worker, category)
        assert summary["failed_checks"] == {}
    words = summary["not_applicable"]["backup_failed"]
    assert "the application has no backup_runs" in words
    answer = application.execute("select public.verify_backup_health()").fetchone()[0]
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


def test_administrators_by_their_roles(mapped, application):
    def is_admin(user: str) -> bool:
        with application.transaction():
            application.execute(
                "select set_config('request.jwt.claims', %s, true)", [json.dumps({"sub": user})]
            )
            return application.execute("select maint.is_admin()").fetchone()[0]

    assert not is_admin("1")  # a tenant's administrator is none of maintenance
    application.execute("update maint.settings set value = 'user_roles' where name = 'admin_test'")
    assert is_admin("1") and not is_admin("15") and not is_admin("x")


def test_a_schema_that_may_not_be_used_is_not_applicable(mapped, application):
    application.execute(
        "create schema storage; create table storage.buckets (id text, public boolean); "
        "create table storage.objects (id text)"
    )
    result = run_check(mapped, "public_bucket_lists")
    assert result["status"] == "not_applicable"
    assert "usage on schema storage" in result["problem"]
