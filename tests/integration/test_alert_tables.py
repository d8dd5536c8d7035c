"""Where alerts go: the application's table where it fits and is closed, our own everywhere else."""

import json
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database import alerts_table
from maint_pipeline.database.connection import connect
from maint_pipeline.installation import install, plan
from maint_pipeline.sample import create_sample_application
from tests.integration import snapshots

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
        "create view public.shown as select title from public.security_alerts",
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
    return connection.execute("select maint.alert_home()::text as home").fetchone()["home"]


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
