"""Who may do what, as each role, the way PostgREST, pg_cron and people come in."""

import json
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install
from tests.application import TASKS
from tests.requests import ADMIN, USER, create_people, request
from tests.seeds import few, spread

HISTORY = "select * from public.get_maintenance_task_history()"
CHANGES = "select * from public.get_maintenance_changes()"
ALERTS = "select * from public.get_unresolved_security_alerts()"
RESOLVE = (
    "select public.resolve_security_alert((select id from public.security_alerts "
    "where not resolved limit 1), 'seen')"
)
TABLES = (
    "public.maintenance_task_runs",
    "maint.retention_policies",
    "maint.checks",
    "maint.check_results",
    "maint.maintenance_windows",
    "maint.settings",
    "maint.changes",
)
REFUSED = [("anon", None), ("anon", ADMIN), ("authenticated", USER), ("authenticated", None)]
ALLOWED = [("authenticated", ADMIN), ("service_role", None)]


@pytest.fixture
def application(database, superuser) -> str:
    """URL of a database with people, one task run and open alerts."""
    create_people(superuser)
    superuser.execute("insert into public.orgs (name) values ('without backup')")
    superuser.execute("select public.verify_backup_health()")
    return database


@pytest.mark.parametrize(("role", "person"), REFUSED)
@pytest.mark.parametrize(
    "query",
    spread(
        [*(f"select public.{t}()" for t in (*TASKS, "preview_cleanup")), HISTORY, ALERTS, CHANGES],
        3,
    ),
)
def test_refused(application, superuser, role, person, query):
    with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
        request(application, role, person, query)
    assert refused.value.sqlstate == "42501"
    assert len(superuser.execute(HISTORY).fetchall()) == 1


@pytest.mark.parametrize(("role", "person"), REFUSED)
def test_refused_to_resolve(application, superuser, role, person):
    (alert,) = superuser.execute(ALERTS).fetchall()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(application, role, person, f"select public.resolve_security_alert('{alert['id']}')")
    assert len(superuser.execute(ALERTS).fetchall()) == 1


@pytest.mark.parametrize(("role", "person"), REFUSED)
@pytest.mark.parametrize("table", few(TABLES, 2))
def test_no_rows_and_no_writes(application, superuser, role, person, table):
    count = f"select count(*) from {table}"
    before = superuser.execute(count).fetchone()
    if role == "anon":
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request(application, role, person, count)
    else:
        assert request(application, role, person, count) == [{"count": 0}]
    for write in (f"delete from {table}", f"truncate {table}", f"insert into {table} select"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request(application, role, person, write)
    assert superuser.execute(count).fetchone() == before


def test_a_policy_of_the_application_can_not_open_the_ledger(application, superuser):
    """Ours is restrictive: it holds whatever others permit."""
    superuser.execute(
        "create policy open_to_all on public.maintenance_task_runs for select to authenticated "
        "using (true)"
    )
    count = "select count(*) from public.maintenance_task_runs"
    assert request(application, "authenticated", USER, count) == [{"count": 0}]
    assert request(application, "authenticated", ADMIN, count) == [{"count": 1}]


@pytest.mark.parametrize(("role", "person"), ALLOWED)
def test_allowed(application, superuser, role, person):
    for task in TASKS:
        ((answer),) = request(application, role, person, f"select public.{task}() as answer")
        assert answer["answer"]["success"] is True, answer
    assert len(request(application, role, person, HISTORY)) == 5
    assert len(request(application, role, person, ALERTS)) >= 1
    assert len(request(application, role, person, CHANGES)) >= 5
    for table in TABLES:
        count = f"select count(*) from {table}"
        assert request(application, role, person, count) == [superuser.execute(count).fetchone()]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request(application, role, person, f"delete from {table}")
    assert request(application, role, person, RESOLVE) == [{"resolve_security_alert": True}]


def test_the_one_who_ran_it_is_in_the_ledger(application, superuser):
    request(application, "authenticated", ADMIN, "select public.cleanup_old_audit_logs()")
    request(application, "service_role", None, "select public.cleanup_old_audit_logs()")
    superuser.execute("select public.cleanup_old_audit_logs()")
    rows = superuser.execute(
        "select started_by, trigger from public.maintenance_task_runs "
        "where task_name = 'cleanup_old_audit_logs' order by started_at"
    ).fetchall()
    by = [row["started_by"] for row in rows]
    assert [who["role"] for who in by] == ["authenticated", "service_role", "postgres"]
    assert by[0]["user_id"] == str(ADMIN) and "user_id" not in by[1]
    assert {who["login"] for who in by} == {"postgres"}
    assert {row["trigger"] for row in rows} == {"sql"}


def test_operators_are_members_of_the_owner_role(application, superuser):
    name = f"operator_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    operator_url = conninfo.make_conninfo(application, user=name)
    try:
        with closing(connect(operator_url, application_name="test", as_owner=False)) as operator:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                operator.execute("select public.verify_backup_health()")
            superuser.execute(f"grant maint_owner to {name}")
            row = operator.execute("select public.verify_backup_health() as answer").fetchone()
            assert row["answer"]["success"] is True
            assert len(operator.execute(HISTORY).fetchall()) == 2
    finally:
        superuser.execute(f"drop owned by {name}")
        superuser.execute(f"drop role {name}")


@pytest.fixture
def staffed(new_database):
    """A plain database without has_role, where app.is_staff() knows the administrators."""
    url = new_database()
    install(url)
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("create schema app")
        connection.execute(
            "create function app.is_staff(_user uuid) returns boolean language sql stable "
            f"set search_path = pg_catalog as $$ select _user = '{ADMIN}' $$"
        )
        connection.execute("grant usage on schema app to maint_owner")
        yield url, connection


def test_without_has_role_nobody_is_an_administrator_until_one_is_named(staffed):
    url, connection = staffed
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(url, "authenticated", ADMIN, HISTORY)
    connection.execute(
        "update maint.settings set value = 'app.is_staff(uuid)' where name = 'admin_test'"
    )
    assert request(url, "authenticated", ADMIN, HISTORY) == []
    for role, person in REFUSED:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request(url, role, person, HISTORY)


def test_an_admin_test_without_arguments(staffed):
    url, connection = staffed
    connection.execute(
        "create function app.is_admin_now() returns boolean language sql stable as "
        f"$$ select current_setting('request.jwt.claims')::jsonb ->> 'sub' = '{ADMIN}' $$"
    )
    connection.execute(
        "update maint.settings set value = 'app.is_admin_now()' where name = 'admin_test'"
    )
    assert request(url, "authenticated", ADMIN, HISTORY) == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(url, "authenticated", USER, HISTORY)


@pytest.mark.parametrize(
    "value", ["app.nobody(uuid)", "app.is_staff", "pg_sleep(double precision)", "; drop", ""]
)
def test_an_admin_test_that_can_not_work_is_refused(staffed, value):
    _, connection = staffed
    with pytest.raises(psycopg.errors.CheckViolation, match="admin_test"):
        connection.execute("update maint.settings set value = %s", [value])


@pytest.mark.parametrize(
    "claims", ["", "null", "[]", "nonsense", '{"sub": 7}', '{"sub": "x"}', "{"]
)
def test_claims_that_are_none_are_nobody(application, claims):
    with closing(psycopg.connect(application)) as connection:
        connection.execute("select set_config('request.jwt.claims', %s, true)", [claims])
        connection.execute("set local role authenticated")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(HISTORY)


def test_what_an_anonymous_request_sees_of_alerts(application):
    assert request(application, "anon", None, "select id from public.security_alerts") == []
    seen = request(application, "authenticated", ADMIN, "select id from public.security_alerts")
    assert len(seen) == 1
    assert request(application, "authenticated", USER, "select id from security_alerts") == []


def test_history_as_json_for_an_admin_page(application):
    (row,) = request(application, "authenticated", ADMIN, HISTORY)
    assert json.dumps(row, default=str)
    assert list(row) == [
        "id", "task_name", "started_at", "finished_at", "status", "details", "error_message",
        "duration_seconds",
    ]  # fmt: skip
