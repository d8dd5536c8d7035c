"""Attacks by people who may log in, or who reach the API: each has to end with nothing changed."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import conninfo, sql

from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import is_installed
from maint_pipeline.retention.purge import Purge
from tests.requests import ADMIN, USER, create_people, request

CLEANUP = "select public.cleanup_old_audit_logs() as answer"
OLD_ROW = (
    "insert into public.audit_logs (entity, action, user_id, time) "
    f"values ('invoice', 'read', '{USER}', now() - interval '200 days')"
)
# What an attacker wants: to find this out from inside our functions.
WITNESS = """
create table {schema}.witness (acted_as name);
grant all on {schema}.witness to public;
"""


@pytest.fixture
def application(database, superuser) -> str:
    create_people(superuser)
    superuser.execute(OLD_ROW)
    return database


@pytest.fixture
def mallory(application, superuser):
    """A login with a schema of its own and all that the platform grants to signed-in users."""
    name = f"mallory_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login in role authenticated")
    superuser.execute(f"create schema {name} authorization {name}")
    superuser.execute(f"grant usage on schema {name} to public")
    url = conninfo.make_conninfo(application, user=name)
    with closing(connect(url, application_name=name, as_owner=False)) as connection:
        connection.execute(WITNESS.format(schema=name))
        yield connection
    superuser.execute(f"drop owned by {name} cascade")
    superuser.execute(f"drop role {name}")


def name_of(connection) -> str:
    return connection.info.user


def witnesses(connection) -> list[str]:
    rows = connection.execute(f"select acted_as from {name_of(connection)}.witness").fetchall()
    return [row["acted_as"] for row in rows]


def spy(connection, name: str, result: str = "trigger") -> str:
    """A function that notes as whom it was called."""
    schema = name_of(connection)
    value = {"trigger": "old", "boolean": "true", "integer": "1"}[result]
    connection.execute(
        f"create function {schema}.{name}() returns {result} language plpgsql as $$ begin "
        f"insert into {schema}.witness values (current_user); return {value}; end $$"
    )
    connection.execute(f"grant execute on function {schema}.{name}() to public")
    return f"{schema}.{name}"


def expired(superuser) -> int:
    return superuser.execute(
        "select count(*) from public.audit_logs where time < now() - interval '90 days'"
    ).fetchone()["count"]


PLANTED = (
    "create temporary table audit_logs (time timestamptz, id uuid)",
    "create temporary table maintenance_task_runs (id uuid, task_name text, status text)",
    "create temporary table retention_policies (name text, keep interval)",
    "create temporary table user_roles (user_id uuid, role text)",
    "create temporary view security_alerts as select 1 as id, false as resolved",
    "create function pg_temp.has_role(uuid, public.app_role) returns boolean language sql "
    "as 'select true'",
    "create function pg_temp.now() returns timestamptz language sql "
    "as $$ select timestamptz '2100-01-01' $$",
    "create function pg_temp.jsonb_build_object() returns jsonb language sql "
    "as 'select null::jsonb'",
)


def test_temporary_objects_named_like_ours_fool_nobody(application, superuser):
    ((answer),) = request(application, "service_role", None, *PLANTED, CLEANUP)
    assert answer["answer"]["deleted_count"] == 1 and expired(superuser) == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(application, "authenticated", USER, *PLANTED, CLEANUP)
    assert superuser.execute("select count(*) from maintenance_task_runs").fetchone()["count"] == 1


def test_a_search_path_with_planted_functions_and_operators(application, mallory, superuser):
    schema = name_of(mallory)
    mallory.execute(
        f"create function {schema}.lies(timestamptz, timestamptz) returns boolean language sql "
        "as 'select true'"
    )
    mallory.execute(
        f"create operator {schema}.< (leftarg = timestamptz, rightarg = timestamptz, "
        f"function = {schema}.lies)"
    )
    mallory.execute(
        f"create function {schema}.to_flag(text) returns boolean language sql as 'select true'"
    )
    mallory.execute(
        f"create function {schema}.has_role(uuid, public.app_role) returns boolean "
        "language sql as 'select true'"
    )
    path = f"set local search_path = {schema}, public, pg_catalog"
    superuser.execute(
        f"insert into public.audit_logs (entity, action, user_id) values ('new', 'read', '{USER}')"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(application, "authenticated", USER, path, CLEANUP)
    ((answer),) = request(application, "authenticated", ADMIN, path, CLEANUP)
    assert answer["answer"]["deleted_count"] == 1  # the row of today stays
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mallory.execute("create cast (text as boolean) with inout as assignment")


@pytest.mark.parametrize("table", ["audit_logs", "security_alerts"])
def test_a_trigger_of_the_caller_on_a_table_that_we_write(application, mallory, superuser, table):
    superuser.execute("insert into public.orgs (name) values ('without backup')")
    superuser.execute("select public.verify_backup_health()")
    function = spy(mallory, "trap")
    # The platform grants TRIGGER to signed-in users on every table.
    mallory.execute(
        f"create trigger trap before insert or update or delete on public.{table} "
        f"for each row execute function {function}()"
    )
    task = {"audit_logs": "cleanup_old_audit_logs", "security_alerts": "verify_backup_health"}
    ((row),) = request(application, "authenticated", ADMIN, f"select public.{task[table]}() as a")
    assert witnesses(mallory) == []
    words = f"trigger trap on public.{table} runs a function of {name_of(mallory)}"
    if table == "audit_logs":
        assert row["a"].get("success") is False and words in str(row)
        with closing(connect(application, application_name="test")) as owner:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not trusted"):
                Purge("cleanup_old_audit_logs").run(owner)
        assert expired(superuser) == 1
    else:
        # Alerts go where the trigger is not.
        assert row["a"]["success"] is True
        told = superuser.execute(
            "select maint.alert_home()::text as home, maint.alerts_table_problem() as problem"
        ).fetchone()
        assert told["home"] == "maint.alerts" and "trigger trap" in told["problem"]
        with pytest.raises(psycopg.errors.NoDataFound):
            superuser.execute(
                "select public.resolve_security_alert((select id from public.security_alerts))"
            )
    assert witnesses(mallory) == []


def test_the_ledger_takes_no_triggers_of_others(mallory):
    function = spy(mallory, "trap")
    for statement in (
        "create trigger trap before insert on public.maintenance_task_runs "
        f"for each row execute function {function}()",
        "create trigger trap before insert on maint.checks "
        f"for each row execute function {function}()",
        "alter table maint.checks disable row level security",
        "create policy mine on public.maintenance_task_runs using (true)",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            mallory.execute(statement)


@pytest.mark.parametrize("kind", ["table", "view"])
def test_a_missing_table_that_somebody_else_provides(application, mallory, superuser, kind):
    superuser.execute("drop table public.backup_runs, public.audit_logs cascade")
    superuser.execute(f"grant create on schema public to {name_of(mallory)}")
    function = spy(mallory, "peek", "boolean")
    body = f"select now() - interval '1 year' as time, {function}() as id"
    mallory.execute(f"create {kind} public.audit_logs as {body}")
    mallory.execute(f"create {kind} public.backup_runs as {body}")
    mallory.execute("grant all on public.audit_logs, public.backup_runs to public")
    mallory.execute(f"delete from {name_of(mallory)}.witness")
    ((row),) = request(application, "service_role", None, CLEANUP)
    assert row["answer"]["success"] is False
    assert f"public.audit_logs belongs to {name_of(mallory)}, who is not trusted" in str(row)
    for task in ("verify_backup_health", "run_automated_security_checks"):
        ((row),) = request(application, "service_role", None, f"select public.{task}() as a")
        reasons = str(row["a"]["not_applicable"])
        assert "belongs to a role that is not trusted" in reasons
    with closing(connect(application, application_name="test")) as owner:
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="not trusted"):
            Purge("cleanup_old_audit_logs").preview(owner)
    assert witnesses(mallory) == []
    superuser.execute(f"drop {kind} public.audit_logs, public.backup_runs")


def test_create_on_public_makes_nobody_an_administrator(application, mallory, superuser):
    superuser.execute("drop function public.has_role(uuid, public.app_role) cascade")
    superuser.execute(f"grant create on schema public to {name_of(mallory)}")
    mallory.execute(
        "create function public.has_role(uuid, public.app_role) returns boolean "
        "language sql as 'select true'"
    )
    mallory.execute(
        "create function public.has_role(uuid, text) returns boolean language sql as 'select true'"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(application, "authenticated", USER, CLEANUP)
    # Functions of ours can't be replaced, and none can be put beside them to be preferred.
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mallory.execute(
            "create or replace function public.cleanup_old_audit_logs() returns jsonb "
            "language sql as $$ select '{}'::jsonb $$"
        )
    superuser.execute("drop function public.has_role(uuid, public.app_role)")
    assert expired(superuser) == 1


@pytest.mark.parametrize("claims", [ADMIN, USER])
def test_forged_claims_of_an_anonymous_request(application, superuser, claims):
    for query in (CLEANUP, "select maint.is_admin()", "select maint.purge('x')"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            request(application, "anon", claims, query)
    assert expired(superuser) == 1


@pytest.mark.parametrize("role", ["maint_owner", "service_role", "postgres"])
def test_another_role_can_not_be_claimed(application, mallory, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mallory.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mallory.execute("select set_config('role', %s, false)", [role])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mallory.execute(CLEANUP)


@pytest.mark.parametrize("days", [-1, 0, 3651, 2147483647, None])
def test_hostile_days(application, days):
    shown = "null" if days is None else days
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="1 to 3650"):
        request(
            application, "authenticated", ADMIN,
            f"select * from public.get_maintenance_task_history({shown})",
        )  # fmt: skip


def test_hostile_notes_and_ids(application, superuser):
    superuser.execute("insert into public.orgs (name) values ('without backup')")
    superuser.execute("select public.verify_backup_health()")
    (alert,) = superuser.execute("select id from public.security_alerts").fetchall()
    for identity in ("null", f"'{uuid4()}'"):
        with pytest.raises(psycopg.errors.NoDataFound):
            request(
                application, "service_role", None,
                f"select public.resolve_security_alert({identity})",
            )  # fmt: skip
    notes = "'); drop table public.orgs; --" + "x" * 1_000_000
    superuser.execute("select public.resolve_security_alert(%s, %s)", [alert["id"], notes])
    (row,) = superuser.execute("select details from public.security_alerts").fetchall()
    kept = row["details"]["resolution_notes"]
    assert kept.startswith("'); drop table") and len(kept) == 10_000
    assert superuser.execute("select to_regclass('public.orgs') as t").fetchone()["t"]


POLICY = (
    "insert into maint.retention_policies (name, table_schema, table_name, time_column, condition, "
    "keep) values ('evil', %(schema)s, %(table)s, %(column)s, %(condition)s, '30 days')"
)
SOUND = {"schema": "public", "table": "audit_logs", "column": "time", "condition": "true"}


@pytest.mark.parametrize(
    "changed",
    [
        {"table": "audit_logs; drop table public.orgs"},
        {"table": 'audit_logs" where true; --'},
        {"schema": "public.audit_logs; --"},
        {"schema": "pg_catalog", "table": "pg_class"},
        {"schema": "maint", "table": "checks"},
        {"column": "time < now(); drop table public.orgs; --"},
        {"column": "id"},
        {"column": "ctid"},
        {"condition": "true) or (true"},
        {"condition": "true; drop table public.orgs"},
        {"condition": "true) ; delete from public.orgs; --"},
        {"condition": "true from public.orgs --"},
        {"condition": "exists (delete from public.orgs returning true)"},
        {"condition": "'not a boolean expression'::text"},
        {"condition": ""},
        {"condition": "count(*) > 0"},
    ],
    ids=str,
)
def test_a_policy_row_that_carries_sql(application, owner, superuser, changed):
    with pytest.raises(psycopg.Error) as refused:
        owner.execute(POLICY, {**SOUND, **changed})
    assert "retention policy evil" in str(refused.value)
    assert superuser.execute("select to_regclass('public.orgs') as t").fetchone()["t"]


def test_strings_in_a_policy_stay_strings(application, owner, superuser):
    owner.execute(POLICY, {**SOUND, "condition": "entity = $q$'); drop table public.orgs; --$q$"})
    assert Purge("evil").run(owner)["deleted_count"] == 0
    assert Purge("evil").preview(owner)["expired_count"] == 0
    assert expired(superuser) == 1


def test_the_owner_of_a_database_is_not_fooled_when_migrating(new_database, superuser):
    """Objects planted in public before the first migration are not called by it."""
    from maint_pipeline.installation.install import install  # noqa: PLC0415

    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("create table public.witness (acted_as name)")
        for name in ("format(text)", "to_regclass(text)", "pg_has_role(name, name, text)"):
            connection.execute(
                f"create function public.{name} returns text language sql as "
                "$$ insert into public.witness values (current_user) returning acted_as $$"
            )
        connection.execute(
            f"alter database {connection.info.dbname} set search_path = public, pg_catalog"
        )
        install(url)
        assert connection.execute("select count(*) from public.witness").fetchone() == (0,)


PLANTED_IN_PUBLIC = """
create function public.obj_description(regnamespace, name) returns text language plpgsql as
    $$ begin raise 'planted code ran as %', current_user; end $$;
create function public.same(oid, regclass) returns boolean language plpgsql as
    $$ begin raise 'planted code ran as %', current_user; end $$;
create operator public.= (
    leftarg = oid, rightarg = regclass, function = public.same, restrict = eqsel);
"""


def test_no_session_of_ours_finds_what_fits_better_in_public(database, superuser, mallory):
    """Arguments that fit better win, wherever in the path they stand: first of all is the path."""
    superuser.execute(f"grant create on schema public to {name_of(mallory)}")
    superuser.execute("analyze pg_catalog.pg_shdepend")  # so that planning calls the operator
    mallory.execute(PLANTED_IN_PUBLIC)
    assert is_installed(database)
    for as_owner in (True, False):
        with closing(connect(database, application_name="test", as_owner=as_owner)) as session:
            row = session.execute("select current_setting('search_path') as path").fetchone()
            assert row == {"path": "pg_catalog, pg_temp"}
