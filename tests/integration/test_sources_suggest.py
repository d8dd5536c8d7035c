"""Which relations are proposed for which part, in applications of other styles."""

import shlex
import subprocess
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.database.connection import connect, reading_only
from maint_pipeline.installation.install import install
from maint_pipeline.retention.suggest import suggest_policies
from maint_pipeline.sources.grants import grant_access
from maint_pipeline.sources.likeness import COLUMNS
from maint_pipeline.sources.parts import list_sources, parse_relation, set_no_source, set_source
from maint_pipeline.sources.suggest import suggest_sources

APPLICATIONS = Path(__file__).parent.parent / "applications"
PROPOSED = {
    "django": {
        "audit_log": "public.auditlog_logentry",
        "organizations": "public.companies_company",
        "profiles": "public.auth_user",
        "user_roles": "public.auth_user",
        "admin_test": "user_roles",
    },
    "rails": {
        "audit_log": "public.audits",
        "organizations": "public.organizations",
        "profiles": "public.users",
        "user_roles": "public.users",
        "admin_test": "user_roles",
    },
    "laravel": {
        "audit_log": "public.activity_log",
        "organizations": "public.tenants",
        "profiles": "public.users",
        "user_roles": "public.role_user",
        "admin_test": "user_roles",
        "backup_runs": "public.backups",
    },
    "prisma": {
        "audit_log": 'public."AuditEvent"',
        "organizations": 'public."Workspace"',
        "profiles": 'public."User"',
        "user_roles": 'public."User"',
        "admin_test": "user_roles",
        "data_export_requests": 'public."DataExportJob"',
    },
    "tenants": {
        "audit_log": "app.security_audit_trail",
        "organizations": "app.tenants",
        "profiles": "app.user_profiles",
        "user_roles": "app.platform_admins",
        "backup_settings": "app.tenant_backup_config",
        "backup_runs": "app.backup_history",
        "admin_test": "app.is_platform_admin()",
    },
}


@pytest.fixture
def application(request, empty_database):
    empty_database.execute((APPLICATIONS / f"{request.param}.sql").read_text())
    return empty_database


def suggested(connection: psycopg.Connection):
    with closing(connect(url_of(connection), application_name="test", as_owner=False)) as opened:
        with reading_only(opened):
            return suggest_sources(opened)


def url_of(connection: psycopg.Connection) -> str:
    return connection.info.dsn


def by_part(connection: psycopg.Connection):
    return {s.part: s for s in suggested(connection) if s.state == "proposed"}


@pytest.mark.parametrize(
    ("application", "expected"), PROPOSED.items(), indirect=["application"], ids=PROPOSED
)
def test_the_relation_that_is_proposed_for_each_part(application, expected):
    assert {part: s.relation for part, s in by_part(application).items()} == expected


@pytest.mark.parametrize(
    ("application", "part", "columns"),
    [
        ("django", "audit_log", {
            "time": '"timestamp"', "user_id": "actor_id", "action": "action::text",
            "entity": "content_type_id::text", "entity_id": "object_id",
            "ip_address": "remote_addr"}),
        ("django", "user_roles", {"user_id": "id",
            "role": "case when is_superuser then 'admin' else 'user' end"}),
        ("prisma", "profiles", {"id": "id"}),
        ("django", "organizations", {"name": "name",
            "deleted_at": "case when not is_active then timestamptz '-infinity' end"}),
        ("rails", "audit_log", {"time": "created_at", "entity": "auditable_type",
            "entity_id": "auditable_id", "ip_address": "remote_address"}),
        ("laravel", "audit_log", {"time": "created_at", "action": "event",
            "user_id": "causer_id", "entity": "subject_type", "entity_id": "subject_id"}),
        ("laravel", "user_roles", {"role":
            "(select roles.name from public.roles as roles where roles.id = role_id)"}),
        ("prisma", "audit_log", {"time": '"occurredAt"', "user_id": '"actorId"',
            "action": '"actionType"', "user_agent": '"userAgent"'}),
        ("prisma", "user_roles", {"user_id": "id", "role": "case when role::text in "
            "('SUPER_ADMIN') then 'admin' else role::text end"}),
        ("tenants", "backup_runs", {"status": "state", "started_at": "begun_at",
            "finished_at": "ended_at", "rows_count": "total_rows", "org_id": "tenant_id"}),
    ],
    indirect=["application"],
)  # fmt: skip
def test_the_columns_that_are_proposed(application, part, columns):
    suggestion = by_part(application)[part]
    assert suggestion.columns.items() >= columns.items()
    # What is proposed can be read as it stands.
    chosen = ", ".join(suggestion.columns.values())
    application.execute(f"select {chosen} from {suggestion.relation}".encode())


@pytest.mark.parametrize(
    ("application", "never"),
    [
        ("django", ["blog_post", "events_event", "django_session", "django_migrations"]),
        ("rails", ["messages", "memberships", "projects", "schema_migrations"]),
        ("laravel", ["failed_jobs", "jobs", "migrations", "roles"]),
        ("prisma", ['"Account"', '"WebhookLog"', '"Project"']),
        ("tenants", ["price_alerts", "tenant_members", "security_audit_trail_2026_01",
                     "is_tenant_admin(uuid)"]),
    ],
    indirect=["application"],
)  # fmt: skip
def test_what_only_sounds_alike_is_not_proposed(application, never):
    relations = {s.relation.split(".", 1)[-1] for s in suggested(application)}
    assert not relations & set(never)


@pytest.mark.parametrize("application", ["tenants"], indirect=True)
def test_a_test_of_another_signature_is_named_but_no_command_accepts_it(application):
    application.execute(
        "create function app.is_super_admin(_who text) returns boolean language sql stable "
        "as 'select true'"
    )
    (other,) = [s for s in suggested(application) if s.relation == "app.is_super_admin(text)"]
    assert other.state == "closed" and other.command is None and "write a function" in other.problem


def test_a_function_that_makes_administrators_is_never_proposed(empty_database):
    """To accept it would be to try it."""
    for signature in ("make_first_admin(_user_id uuid)", "grant_super_admin()", "admin_exists()"):
        empty_database.execute(
            f"create function {signature} returns boolean language sql as 'select true'"
        )
    assert suggested(empty_database) == []
    empty_database.execute(
        "create function is_admin(_user_id uuid) returns boolean language sql as 'select true'"
    )
    (test,) = suggested(empty_database)
    assert test.state == "proposed" and "it may write" in " ".join(test.reasons)


def test_what_the_sample_application_has_is_in_use(superuser):
    states = {
        s.part: (s.state, s.relation, s.command)
        for s in suggested(superuser)
        if s.state != "alternative"
    }
    names = {"audit_log": "audit_logs", "organizations": "orgs"}
    parts = (
        "audit_log", "organizations", "backup_settings", "backup_runs", "user_roles", "profiles",
        "data_export_requests", "security_alerts",
    )  # fmt: skip
    expected = {part: ("in use", f"public.{names.get(part, part)}", None) for part in parts}
    test = ("in use", "public.has_role(uuid, public.app_role)", None)
    assert states == expected | {"admin_test": test}


def test_only_columns_that_something_reads_are_proposed(superuser):
    rows = superuser.execute("select part, name from maint.source_columns()").fetchall()
    read = {(row["part"], row["name"]) for row in rows}
    ours = {(part, c.name) for part in COLUMNS for c in COLUMNS[part] if c.is_read}
    # Keys and hashes of our own kind have no other name.
    own = {"payload_hash", "access_key_encrypted", "secret_key_encrypted"}
    assert ours == {(part, name) for part, name in read if name not in own}


@pytest.mark.parametrize("application", list(PROPOSED), indirect=True)
def test_what_is_proposed_is_accepted(application):
    """As `maint sources set` does it."""
    url = url_of(application)
    install(url)
    proposed = by_part(application)
    proposed.pop("admin_test", None)
    with (
        closing(connect(url, application_name="test")) as owner,
        closing(connect(url, application_name="test", as_owner=False)) as administrator,
    ):
        for part, suggestion in proposed.items():
            relation = parse_relation(owner, suggestion.relation)
            if suggestion.grant:
                administrator.execute(suggestion.grant.encode())
            grant_access(owner, administrator, relation, purge=part == "audit_log")
            set_source(owner, part, relation, suggestion.columns)
        states = {row["part"]: row for row in list_sources(owner)}
        for part, suggestion in proposed.items():
            assert states[part]["relation"] == suggestion.relation
            assert not set(suggestion.columns) & set(states[part]["not_mapped"])
        not_applicable = {name for part in proposed for name in states[part]["checks"]}
        for suggestion in proposed.values():
            assert not set(suggestion.enables) & not_applicable
        if "user_roles" in proposed:
            administrator.execute(
                "update maint.settings set value = 'user_roles' where name = 'admin_test'"
            )
        set_no_source(owner, "audit_log")
    again = {s.part: s.state for s in suggested(application) if s.state in ("in use", "proposed")}
    assert again.pop("admin_test", None) in (None, "proposed")
    del proposed["audit_log"]
    assert again == dict.fromkeys(proposed, "in use")


def test_what_a_part_would_enable(empty_database):
    empty_database.execute(AUDIT.format("activity"))
    (suggestion,) = suggested(empty_database)
    assert {"mass_read", "audit_log_silent", "cleanup_old_audit_logs"} <= set(suggestion.enables)
    assert suggestion.confidence > 0.7 and "created_at fits time" in suggestion.reasons


AUDIT = (
    "create table {} (id uuid primary key, created_at timestamptz default now(), actor_id uuid, "
    "action text, entity_type text, ip inet)"
)
NAMES = [
    "audit log",
    'audit_log"; drop table x; --',
    "audit'log",
    "audit\x1b[31m_log\r\n",
    "audit_$(touch x)`y`\\_log",
    "audit.log",
    "Audit_" + "é" * 26 + "_log",
    "audit_log_" + "x" * 53,
    "audit_\u202elog",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_quoted_for_sql_and_for_the_shell(empty_database, name):
    empty_database.execute(sql.SQL(AUDIT).format(sql.Identifier(name)))
    (suggestion,) = [s for s in suggested(empty_database) if s.part == "audit_log"]
    empty_database.execute(f"select from {suggestion.relation}".encode())
    assert suggestion.command.isprintable()
    given = subprocess.run(
        ["bash", "-c", f"printf '%s\\0' {suggestion.command}"], capture_output=True, check=True
    ).stdout.decode()
    words = given.split("\0")
    assert words[:4] == ["maint", "sources", "set", "audit_log"]
    assert words[5] == suggestion.relation and "time=created_at" in words


def test_what_is_not_looked_at(empty_database):
    empty_database.execute(
        "create schema other; create table other.audit_log (like pg_catalog.pg_class)"
    )
    empty_database.execute(AUDIT.format("other.activity_log"))
    empty_database.execute("create extension if not exists plpgsql")
    empty_database.execute("create temporary table audit_logs (at timestamptz, actor_id int)")
    empty_database.execute("drop role if exists guest_of_suggestions")
    empty_database.execute("create role guest_of_suggestions login")
    try:
        url = psycopg.conninfo.make_conninfo(url_of(empty_database), user="guest_of_suggestions")
        with closing(connect(url, application_name="test", as_owner=False)) as guest:
            (closed,) = suggest_sources(guest)
    finally:
        empty_database.execute("drop role guest_of_suggestions")
    assert closed.relation == "other.activity_log" and closed.command is None
    assert closed.state == "closed" and "lacks usage on schema other" in closed.problem
    assert suggested(empty_database)[0].state == "proposed"


def test_a_role_without_rights_on_what_is_ours_gets_suggestions_too(database, superuser):
    superuser.execute(AUDIT.format("other_audit_log"))
    superuser.execute("drop role if exists guest_of_a_migrated")
    superuser.execute("create role guest_of_a_migrated login")
    superuser.execute("grant select on other_audit_log to guest_of_a_migrated with grant option")
    superuser.execute("grant usage on schema public to guest_of_a_migrated")
    url = psycopg.conninfo.make_conninfo(database, user="guest_of_a_migrated")
    try:
        with closing(connect(url, application_name="test", as_owner=False)) as guest:
            with reading_only(guest):
                found = {s.relation: s for s in suggest_sources(guest)}
                assert suggest_policies(guest) == []
    finally:
        superuser.execute("drop owned by guest_of_a_migrated")
        superuser.execute("drop role guest_of_a_migrated")
    assert found["public.other_audit_log"].state == "proposed"
    assert found["public.audit_logs"].state == "closed"


def test_it_neither_writes_nor_waits_for_a_locked_table(empty_database):
    empty_database.execute(AUDIT.format("activity_log"))
    with closing(psycopg.connect(url_of(empty_database))) as other:
        other.execute("lock table activity_log in access exclusive mode")
        assert [s.relation for s in suggested(empty_database)] == ["public.activity_log"]


def test_the_command_line(cli, superuser):
    superuser.execute("alter table public.audit_logs rename to activity_logs")
    superuser.execute('alter table activity_logs rename column "time" to created_at')
    rows = cli.json("sources", "suggest")
    (audit,) = [row for row in rows if (row["part"], row["state"]) == ("audit_log", "proposed")]
    assert audit["relation"] == "public.activity_logs"
    assert audit["columns"]["time"] == "created_at"
    assert "time=created_at" in shlex.split(audit["command"])
    shown = cli("sources", "suggest").stdout
    assert audit["command"] in shown and "mass_read" in shown


def test_it_works_before_the_first_migration(cli, empty_database):
    empty_database.execute(AUDIT.format("activity_log"))
    rows = cli.with_variables(MAINT_DATABASE_URL=url_of(empty_database)).json("sources", "suggest")
    assert [row["relation"] for row in rows] == ["public.activity_log"]
    assert set(rows[0]) == set(asdict(suggested(empty_database)[0]))
