"""Where alerts go: the application's table where it fits and is closed, our own everywhere else."""

import json
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database import alerts_table
from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install, plan
from maint_pipeline.sample import create_sample_application
from tests.integration import snapshots
from tests.server import fresh_server

LEGACY = """
drop table public.security_alerts;
create table public.security_alerts (
    id uuid primary key default gen_random_uuid(), alert_type text not null, severity text not null,
    title text not null, description text not null, details jsonb,
    resolved boolean not null default false, resolved_at timestamptz, resolved_by uuid,
    created_at timestamptz not null default now()
);
alter table public.security_alerts enable row level security;
create policy "Only admins can manage security alerts" on public.security_alerts for all
    to authenticated using (public.has_role(auth.uid(), 'admin'))
    with check (public.has_role(auth.uid(), 'admin'));
revoke truncate on public.security_alerts from anon, authenticated;
"""
ALTER = "alter table public.security_alerts"
# What is done to the legacy table, and what is said of it.
UNFIT = {
    "missing": ("drop table public.security_alerts", "there is none"),
    "row security off": (f"{ALTER} disable row level security", "its row security is off"),
    "id bigint": (
        f"{ALTER} drop id; {ALTER} add id bigint generated always as identity primary key",
        "its column id is of type bigint, not uuid",
    ),
    "without title": (f"{ALTER} drop title", "it has no column title of type text"),
    "without resolved and details": (
        f"{ALTER} drop resolved, drop details",
        "it has no column details of type jsonb; it has no column resolved of type boolean",
    ),
    "extra column": (
        f"{ALTER} add tenant_id uuid not null",
        "its column tenant_id is NOT NULL and has no default",
    ),
    "a view": (
        f"{ALTER} rename to alerts; create view public.security_alerts as "
        "select * from public.alerts",
        "it is no plain table",
    ),
    "partitioned": (
        "drop table public.security_alerts; create table public.security_alerts (id uuid) "
        "partition by hash (id)",
        "it is no plain table",
    ),
    "a check of the type": (
        f"{ALTER} add constraint known check (alert_type in ('a', 'b'))",
        "its constraint known may refuse our alerts",
    ),
    "unique titles": (f"{ALTER} add unique (title)", "may refuse our alerts"),
    "truncate": (
        "grant truncate on public.security_alerts to authenticated",
        "authenticated may truncate it",
    ),
    "open to the signed-in": (
        "create policy everybody on public.security_alerts for select using (true)",
        "its policy everybody is not only for administrators",
    ),
    "inserts by everybody": (
        "create policy system on public.security_alerts for insert with check (true)",
        "its policy system is not only for administrators, and anon and authenticated may insert",
    ),
    "a view of its owner": (
        "create view public.shown as select title from public.security_alerts; "
        "grant select on public.shown to authenticated",
        "public.shown shows its rows to the API",
    ),
    "a column of ours": (
        f"{ALTER} add fingerprint bytea",
        "its column fingerprint is of type bytea, not text",
    ),
}
FIT = {
    "legacy": "select",
    "no policy": 'drop policy "Only admins can manage security alerts" on public.security_alerts',
    "an inlined test": "create policy more on public.security_alerts for select to authenticated "
    "using ((select public.has_role((select auth.uid()), 'admin')))",
    "inserts by nobody": "create policy system on public.security_alerts for insert "
    "with check (true); revoke insert on public.security_alerts from anon, authenticated",
    "the service role": "create policy service on public.security_alerts for all to service_role "
    "using (true)",
    "an invoker's view": "create view public.shown with (security_invoker = true) as "
    "select title from public.security_alerts",
}
FINDING = {
    "name": "x", "title": "A problem", "severity": "high", "category": "security", "object": "o",
    "detail": "It is so.", "remediation": "Fix it.", "metadata": {},
}  # fmt: skip


def sync(connection, *objects: str, alert_type: str = "x") -> dict:
    findings = [{**FINDING, "object": each, "fingerprint": f"x:{each}"} for each in objects]
    return connection.execute(
        "select maint.sync_alerts(%s, %s::jsonb) as changes", [alert_type, json.dumps(findings)]
    ).fetchone()["changes"]


def home(connection) -> str:
    query = (
        "select format('%I.%I', relnamespace::regnamespace, relname) as home from pg_class "
        "where oid = maint.alert_home()"
    )
    return connection.execute(query).fetchone()["home"]


def fingerprints(connection, table: str) -> list[str]:
    query = f"select fingerprint from {table} where resolved is not true order by 1"
    return [row["fingerprint"] for row in connection.execute(query).fetchall()]


def unresolved(connection) -> list[dict]:
    return connection.execute("select * from public.get_unresolved_security_alerts()").fetchall()


@pytest.fixture
def application(new_database):
    """A superuser's connection to an application that was never migrated."""
    with closing(connect(new_database(), application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        create_sample_application(connection)
        connection.execute(LEGACY)
        yield connection


def test_the_application_s_table_is_used_where_it_fits(application):
    connection = application
    for case, statements in FIT.items():
        with connection.transaction(force_rollback=True):
            connection.execute(statements)
            connection.execute("set local search_path = pg_catalog, pg_temp")
            assert alerts_table.problem(connection) is None, case


def test_where_it_does_not_fit_the_reason_is_told(application):
    for case, (statements, reason) in UNFIT.items():
        with application.transaction(force_rollback=True):
            application.execute(statements)
            application.execute("set local search_path = pg_catalog, pg_temp")
            assert reason in (alerts_table.problem(application) or ""), case


@pytest.mark.parametrize("case", ["row security off", "id bigint", "without title", "missing"])
def test_a_migration_leaves_out_what_does_not_fit_and_alerts_come_to_our_table(application, case):
    application.execute(UNFIT[case][0])
    before = snapshots.catalog(application)
    url = application.info.dsn
    assert f"Alerts go to maint.alerts, not to public.security_alerts: {UNFIT[case][1]}" in plan(
        url
    )
    told: list[str] = []
    install(url, told.append)
    assert any("Alerts go to maint.alerts" in words for words in told)

    after = snapshots.catalog(application)
    for kind in ("columns", "policies"):
        of_alerts = [
            {row for row in found[kind] if row[0] == "security_alerts"} for found in (before, after)
        ]
        assert of_alerts[0] == of_alerts[1], kind
    is_on = "select relrowsecurity from pg_class where oid = to_regclass('public.security_alerts')"
    if case == "row security off":
        assert application.execute(is_on).fetchone()["relrowsecurity"] is False
    for task in ("run_automated_security_checks", "cleanup_old_security_alerts"):
        answer = application.execute(f"select public.{task}() as answer").fetchone()["answer"]
        assert answer["success"] is True, answer
        assert not answer.get("failed_checks"), answer
    assert home(application) == "maint.alerts"
    raised = application.execute("select id from maint.alerts").fetchall()
    assert raised
    assert {row["id"] for row in unresolved(application)} >= {row["id"] for row in raised}


def test_nobody_of_the_api_reads_or_writes_our_table(application):
    application.execute("drop table public.security_alerts")
    install(application.info.dsn)
    application.execute("select public.run_automated_security_checks()")
    assert fingerprints(application, "maint.alerts")
    for role in ("anon", "authenticated"):
        for deed in (
            "select count(*) as n from maint.alerts",
            "insert into maint.alerts (alert_type, severity, title) values ('a', 'low', 'a')",
            "update maint.alerts set resolved = true",
            "delete from maint.alerts",
            "truncate maint.alerts",
        ):
            with application.transaction(force_rollback=True):
                application.execute(f"set local role {role}")
                try:
                    rows = application.execute(deed).fetchall()
                except psycopg.errors.InsufficientPrivilege:
                    continue
                assert rows == [{"n": 0}], (role, deed)


def test_losing_it_moves_new_alerts_tells_it_once_and_loses_nothing(superuser, owner):
    assert home(owner) == "public.security_alerts"
    sync(owner, "a", "b")
    superuser.execute("alter table public.security_alerts disable row level security")
    assert home(owner) == "maint.alerts"
    # What is open is known by its fingerprint, in whichever table.
    assert sync(owner, "a", "b", "c") == {
        "created": 1, "repeated": 2, "reopened": 0, "resolved": 0,
    }  # fmt: skip
    assert fingerprints(owner, "public.security_alerts") == ["x:a", "x:b"]
    assert fingerprints(owner, "maint.alerts") == ["x:c"]

    for _ in range(2):
        superuser.execute("select public.run_automated_security_checks()")
    told = [row for row in unresolved(superuser) if row["alert_type"] == "alerts_table_unfit"]
    assert len(told) == 1 and "its row security is off" in told[0]["description"]
    assert "alerts_table_unfit:public.security_alerts" in fingerprints(owner, "maint.alerts")

    # Those in the application's table are resolved by people and by themselves.
    (first,) = [row["id"] for row in unresolved(superuser) if row["fingerprint"] == "x:a"]
    resolve = "select public.resolve_security_alert(%s) as done"
    assert superuser.execute(resolve, [first]).fetchone()["done"] is True
    sync(owner, "c")
    assert sync(owner, "c")["resolved"] == 1
    assert fingerprints(owner, "public.security_alerts") == []

    # And back.
    superuser.execute("alter table public.security_alerts enable row level security")
    assert sync(owner, "c", "d")["created"] == 1
    assert fingerprints(owner, "public.security_alerts") == ["x:d"]
    superuser.execute("select public.run_automated_security_checks()")
    superuser.execute("select public.run_automated_security_checks()")
    assert "alerts_table_unfit" not in {row["alert_type"] for row in unresolved(superuser)}


@pytest.mark.parametrize(
    "change",
    [
        "drop table public.security_alerts",
        "alter table public.security_alerts rename to elsewhere",
        "alter table public.security_alerts drop fingerprint",
        "alter table public.security_alerts alter id type text using id::text",
        "revoke select on public.security_alerts from maint_owner",
    ],
)
def test_the_application_may_change_its_table_at_any_time(superuser, owner, change):
    sync(owner, "a")
    superuser.execute(change)
    assert sync(owner, "a", "b")["created"] == 2
    assert fingerprints(owner, "maint.alerts") == ["x:a", "x:b"]
    assert {row["fingerprint"] for row in unresolved(superuser)} >= {"x:a", "x:b"}
    for task in ("run_automated_security_checks", "verify_backup_health"):
        answer = superuser.execute(f"select public.{task}() as answer").fetchone()["answer"]
        assert answer["success"] is True and answer["failed_checks"] == {}, answer


def test_alerts_of_the_application_in_a_table_of_other_shape_are_served(application):
    application.execute("alter table public.security_alerts drop title")
    application.execute(
        "insert into public.security_alerts (alert_type, severity, description, resolved_at, "
        "resolved) values ('theirs', 'high', 'By the application', null, false), "
        "('old', 'low', 'Old', now() - interval '40 days', true)"
    )
    install(application.info.dsn)
    application.execute(
        "insert into maint.alerts (alert_type, severity, title, resolved, resolved_at) values "
        "('ours', 'low', 'Old', true, now() - interval '40 days'), "
        "('ours', 'low', 'New', true, now() - interval '20 days')"
    )
    (theirs,) = unresolved(application)
    assert (theirs["alert_type"], theirs["title"], theirs["occurrences"]) == ("theirs", None, None)

    preview = application.execute(
        "select public.preview_cleanup('cleanup_old_security_alerts') as preview"
    ).fetchone()["preview"]
    assert preview["expired_count"] == 2
    answer = application.execute("select public.cleanup_old_security_alerts() as answer")
    assert answer.fetchone()["answer"]["deleted_count"] == 2
    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState, match="can only be resolved"):
        application.execute("select public.acknowledge_security_alert(%s)", [theirs["id"]])
    application.execute("select public.resolve_security_alert(%s, 'seen')", [theirs["id"]])
    assert unresolved(application) == []
    left = application.execute(
        "select details ->> 'resolution_notes' as n from public.security_alerts"
    )
    assert [row["n"] for row in left.fetchall()] == ["seen"]


def test_looking_for_a_fingerprint_uses_the_indexes_of_both_tables(owner):
    plan = owner.execute(
        "explain (format json) select from maint.known_alerts() as alert "
        "where alert.fingerprint = 'x:a' and alert.resolved is not true"
    ).fetchone()
    assert "Function Scan" not in str(plan) and "CTE Scan" not in str(plan)
    assert str(plan).count("'Relation Name'") == 2


PLATFORM = """
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
revoke usage on schema public from public;
grant usage on schema public to anon, authenticated, service_role;
"""
OWN_ALL = """
do $$
declare
    _table regclass;
begin
    for _table in
        select oid from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    loop
        execute format('alter table %s owner to app', _table);
    end loop;
    alter function public.has_role owner to app;
end
$$
"""
# As the owner of the database, who is no superuser, or as one.
AS_OTHERS = {
    "untrusted": (
        "alter table public.security_alerts owner to stranger",
        "it belongs to stranger, who is not trusted: maint migrate --trust stranger",
    ),
    "a trigger of somebody": (
        "create function public.spy() returns trigger language plpgsql as 'begin return new; end'; "
        "alter function public.spy() owner to stranger; create trigger spy before insert on "
        "public.security_alerts for each row execute function public.spy()",
        "its trigger spy runs a function of stranger, who is not trusted",
    ),
    "not to be altered": (
        "grant select on public.security_alerts to app; "
        "alter table public.security_alerts owner to trusted",
        "it belongs to trusted, and app may not add our columns",
    ),
}


@pytest.fixture
def server(tmp_path):
    with fresh_server(tmp_path) as url:
        yield url


def test_a_role_that_is_no_superuser_decides_the_same(server):
    with closing(psycopg.connect(server, autocommit=True)) as connection:
        connection.execute(
            "create role app login createrole; create role stranger; create role trusted"
        )
        connection.execute("create database app owner app")
    url = database_url(server, "app")
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        create_sample_application(connection)
        connection.execute(LEGACY)
        connection.execute(PLATFORM)
        connection.execute(OWN_ALL)
        as_app = psycopg.conninfo.make_conninfo(url, user="app")
        with closing(connect(as_app, application_name="test", as_owner=False)) as app:
            cases = {**UNFIT, **AS_OTHERS}
            del cases["partitioned"], cases["missing"]
            for case, (statements, reason) in cases.items():
                with connection.transaction(force_rollback=True):
                    if case in UNFIT:
                        connection.execute("set local role app")
                    connection.execute(statements)
                    connection.execute("set local role app")
                    connection.execute("set local search_path = pg_catalog, pg_temp")
                    trust = ["trusted"] if case == "not to be altered" else []
                    assert reason in (alerts_table.problem(connection, trust) or ""), case
            assert alerts_table.problem(app) is None

        connection.execute(UNFIT["extra column"][0])
        install(as_app)
        answer = connection.execute("select public.run_automated_security_checks() as answer")
        assert answer.fetchone()["answer"]["success"] is True
        assert home(connection) == "maint.alerts" and fingerprints(connection, "maint.alerts")
        open_to = connection.execute(
            "select relname::text from pg_class where relnamespace = 'maint'::regnamespace "
            "and relkind in ('r', 'p', 'v') and (has_any_column_privilege('anon', oid, 'select') "
            "or has_table_privilege('anon', oid, 'insert, update, delete, truncate'))"
        ).fetchall()
        assert open_to == []
        # Once the table fits, the next migration takes it, with what is open in ours.
        before = fingerprints(connection, "maint.alerts")
        connection.execute("alter table public.security_alerts drop tenant_id")
        install(as_app)
        assert home(connection) == "public.security_alerts"
        connection.execute("select public.run_automated_security_checks()")
        assert fingerprints(connection, "public.security_alerts") == []
        assert fingerprints(connection, "maint.alerts") == before


def test_a_table_that_we_once_made_stays_in_use_and_is_closed(application):
    application.execute(
        """
        drop table public.security_alerts;
        create table public.security_alerts (id uuid default gen_random_uuid() primary key,
            alert_type text not null, severity text not null, title text not null,
            description text, details jsonb default '{}', resolved boolean default false,
            resolved_at timestamptz, resolved_by uuid, created_at timestamptz default now());
        comment on table public.security_alerts is 'maint_pipeline: findings';
        grant all on public.security_alerts to anon, authenticated;
        """
    )
    install(application.info.dsn)
    assert home(application) == "public.security_alerts"
    sync(application, "a")
    assert fingerprints(application, "public.security_alerts") == ["x:a"]
    grants = application.execute(
        "select grantee::regrole::text || ' ' || privilege_type as g from pg_class "
        "cross join aclexplode(relacl) where oid = 'public.security_alerts'::regclass "
        "and grantee in (0, 'anon'::regrole, 'authenticated'::regrole)"
    ).fetchall()
    assert [row["g"] for row in grants] == ["authenticated SELECT"]


def test_no_policy_and_no_grant_of_the_application_s_table_is_changed(application):
    before = snapshots.catalog(application)
    install(application.info.dsn)
    assert home(application) == "public.security_alerts"
    after = snapshots.catalog(application)
    assert before["policies"] <= after["policies"]
    made = after["policies"] - before["policies"]
    assert not [row for row in made if row[0] == "security_alerts"]
    lost = {row for row in before["grants"] - after["grants"] if row[0] == "security_alerts"}
    gained = {row for row in after["grants"] - before["grants"] if row[0] == "security_alerts"}
    assert lost == set() and {role for _, role, _ in gained} == {"maint_owner"}
