"""Who changed what: a history that is only ever added to."""

import getpass
import socket
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from dagster._core.storage.tags import PARENT_RUN_ID_TAG
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.definitions import defs
from maint_pipeline.instance.tags import USER_TAG
from tests.integration.test_alerts import finding, sync
from tests.requests import ADMIN, USER, create_people, request

CHANGES = "select * from public.get_maintenance_changes()"
ME = f"{getpass.getuser()}@{socket.gethostname()}"
DISABLE = (
    "update maint.retention_policies set enabled = false where name = 'cleanup_old_audit_logs'"
)
# Every table that an administrator writes: how a row comes, is changed, and goes.
WRITES = {
    "retention_policies": (
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('p', 'audit_logs', 'time', '60 days')",
        "update maint.retention_policies set keep = '70 days' where name = 'p'",
        "delete from maint.retention_policies where name = 'p'",
        ("p", {"keep": "60 days"}, {"keep": "70 days"}),
    ),
    "legal_holds": (
        "insert into maint.legal_holds (id, column_name, value, reason) "
        f"values ('{ADMIN}', 'entity', 'invoice', 'case 4711')",
        "update maint.legal_holds set released_at = '2026-01-02 03:04:05+05'",
        "delete from maint.legal_holds",
        (str(ADMIN), {"released_at": None}, {"released_at": "2026-01-01T22:04:05+00:00"}),
    ),
    "maintenance_windows": (
        "insert into maint.maintenance_windows (name, opens, closes) values ('w', '1:00', '2:00')",
        "update maint.maintenance_windows set tasks = '{x}'",
        "delete from maint.maintenance_windows",
        ("w", {"tasks": []}, {"tasks": ["x"]}),
    ),
    "trusted_owners": (
        "insert into maint.trusted_owners values ('ada')",
        "update maint.trusted_owners set role = 'bob' where role = 'ada'",
        "delete from maint.trusted_owners where role = 'bob'",
        ("bob", {"role": "ada"}, {"role": "bob"}),
    ),
    "ignored_findings": (
        "insert into maint.ignored_findings (fingerprint, reason, ignored_by) "
        "values ('mass_read:x', 'why', '{}')",
        "update maint.ignored_findings set reason = 'because'",
        "delete from maint.ignored_findings",
        ("mass_read:x", {"reason": "why"}, {"reason": "because"}),
    ),
    "notification_channels": (
        "insert into maint.notification_channels (name, default_min_severity) "
        "values ('ops', 'low')",
        "update maint.notification_channels set quiet_from = '22:00', quiet_until = '7:00'",
        "delete from maint.notification_channels",
        (
            "ops",
            {"quiet_from": None, "quiet_until": None},
            {"quiet_from": "22:00:00", "quiet_until": "07:00:00"},
        ),
    ),
    "baseline": (
        "insert into maint.baseline (kind, object, definition, approved_by) "
        "values ('setting', 's', 'on', '{}')",
        "update maint.baseline set definition = 'off'",
        "delete from maint.baseline",
        ("setting:s", {"definition": "on"}, {"definition": "off"}),
    ),
    "settings": (
        None,
        "update maint.settings set value = 'off' where name = 'backup_trigger'",
        None,
        ("backup_trigger", {"value": None}, {"value": "off"}),
    ),
    "sources": (
        None,
        "update maint.sources set state = 'none', table_schema = null, table_name = null "
        "where part = 'profiles'",
        None,
        (
            "profiles",
            {"state": "default", "table_schema": "public", "table_name": "profiles"},
            {"state": "none", "table_schema": None, "table_name": None},
        ),
    ),
    "storage_prices": (
        "insert into maint.storage_prices "
        "(name, provider, billed, unit_bytes, unit_price, as_of, source) "
        "values ('ours', 'We', 'used', 1073741824, 0.1, '2026-01-02', 'our bill')",
        "update maint.storage_prices set unit_price = 0.2 where name = 'ours'",
        "delete from maint.storage_prices where name = 'ours'",
        ("ours", {"unit_price": 0.1}, {"unit_price": 0.2}),
    ),
    "storage_plan": (
        None,
        "update maint.storage_plan set pitr_days = 7",
        None,
        ("disk", {"pitr_days": None}, {"pitr_days": 7}),
    ),
    "checks": (
        None,
        "update maint.checks set enabled = false where name = 'mass_read'",
        None,
        ("mass_read", {"enabled": True}, {"enabled": False}),
    ),
    "check_thresholds": (
        None,
        "update maint.check_thresholds set value = '9 hours' where check_name = 'backup_overdue'",
        None,
        ("backup_overdue:after", {"value": None}, {"value": "9 hours"}),
    ),
}  # fmt: skip
# Tables that nobody configures by hand: what maintenance itself remembers.
NOT_CONFIGURATION = {
    "alembic_version", "detaching_partitions", "archived_chunks", "archive_runs", "restored_chunks",
    "check_results", "notifications",
    "backup_sources", "restore_tests", "recent_activity", "observations", "activity_hours",
    "installation", "judged_conditions", "known_indexes", "known_traits", "changes", "locks",
    "alerts", "bound_columns",
    "task_totals", "task_totals_until", "kept_functions", "kept_relations",
    "added_tasks", "storage_days", "storage_relations", "storage_sizes", "storage_others",
    "storage_forecasts", "advice", "load_samples",
    "health_samples", "health_tables", "health_views",
}  # fmt: skip


def changes(connection, table: str | None = None) -> list[dict]:
    """The history, oldest first."""
    rows = connection.execute(CHANGES).fetchall()
    return [row for row in reversed(rows) if table in (None, row["table_name"])]


def test_every_table_is_either_followed_or_known_to_be_none_of_configuration(superuser):
    rows = superuser.execute(
        "select relname from pg_class where relnamespace = 'maint'::regnamespace and relkind = 'r'"
    ).fetchall()
    assert {row["relname"] for row in rows} - NOT_CONFIGURATION == set(WRITES)


@pytest.mark.parametrize("table", WRITES)
def test_a_row_that_comes_changes_and_goes(superuser, table):
    superuser.execute("set timezone = 'Asia/Kolkata'; set intervalstyle = 'sql_standard'")
    add, change, remove, (thing, old, new) = WRITES[table]
    for statement in filter(None, (add, change, change, remove)):
        superuser.execute(statement)
    found = changes(superuser, table)
    wanted = ["added", "changed", "removed"] if add else ["changed"]
    if table == "trusted_owners":
        found = [row for row in found if row["object"] in ("ada", "bob")]
    assert [row["action"] for row in found] == wanted
    changed = found[wanted.index("changed")]
    assert (changed["object"], changed["old_value"], changed["new_value"]) == (thing, old, new)
    if add:
        assert found[0]["old_value"] is None and found[2]["new_value"] is None
        assert new.items() <= found[2]["old_value"].items()
    assert {row["changed_by"]["login"] for row in found} == {"postgres"}


def test_a_new_database_has_no_changes_by_the_catalogue(superuser):
    assert changes(superuser) == []


def test_emptying_a_table_is_a_removal_of_each_row(superuser):
    superuser.execute(WRITES["maintenance_windows"][0])
    superuser.execute("truncate maint.maintenance_windows")
    assert [row["action"] for row in changes(superuser)] == ["added", "removed"]


def test_it_happened_or_it_did_not(database, superuser):
    with closing(psycopg.connect(database)) as connection:
        connection.execute(DISABLE)
        connection.execute("select public.cleanup_old_audit_logs()")
        connection.rollback()
    assert changes(superuser) == []


@pytest.fixture
def alert(superuser) -> str:
    sync(superuser, finding("a"))
    return str(superuser.execute("select id from public.security_alerts").fetchone()["id"])


def test_alerts_and_launches_of_a_signed_in_administrator(database, superuser, alert):
    create_people(superuser)
    for call in (
        f"acknowledge_security_alert('{alert}', 'Ada looks')",
        f"silence_security_alert('{alert}', now() + interval '1 day', 'moving')",
        f"resolve_security_alert('{alert}', 'rotated')",
        f"resolve_security_alert('{alert}', 'again')",
        "verify_backup_health()",
    ):
        request(database, "authenticated", ADMIN, f"select public.{call}")
    found = changes(superuser)
    assert [row["action"] for row in found] == ["acknowledged", "silenced", "resolved", "launched"]
    assert [row["new_value"].get("note") for row in found] == [
        "Ada looks",
        "moving",
        "rotated",
        None,
    ]
    assert found[2]["new_value"]["fingerprint"] == "check:a" and found[2]["object"] == alert
    assert (
        found[3]["object"] == "verify_backup_health" and found[3]["new_value"]["trigger"] == "sql"
    )
    for row in found:
        by = row["changed_by"]
        assert (by["role"], by["login"], by["user_id"]) == ("authenticated", "postgres", str(ADMIN))


@pytest.mark.parametrize(
    ("task", "trigger", "noted"),
    [
        ("t", "manual", 1),
        ("t", "cli", 1),
        ("t", "schedule", 0),
        ("t", "sensor", 0),
        ("t:p", "cli", 1),
    ],
)
def test_what_people_launch_is_noted_and_what_runs_by_itself_is_not(owner, task, trigger, noted):
    run = owner.execute("select maint.begin_task_run(%s, %s) as id", [task, trigger]).fetchone()
    assert len(changes(owner)) == noted
    # A part of it is launched with it.
    owner.execute(
        "select maint.begin_task_run(%s, %s, _parent_id => %s)",
        [f"{task}:part", trigger, run["id"]],
    )
    assert len(changes(owner)) == noted


def test_the_service_role_and_a_subject_that_is_no_uuid(database, superuser, alert):
    claims = """select set_config('request.jwt.claims', '{"sub": "auth0|7"}', true)"""
    resolve = f"select public.resolve_security_alert('{alert}')"
    request(database, "service_role", None, claims, resolve)
    (row,) = changes(superuser)
    assert row["changed_by"]["role"] == "service_role" and row["changed_by"]["user_id"] == "auth0|7"


def test_what_is_refused_leaves_nothing(database, superuser, alert):
    create_people(superuser)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        request(database, "authenticated", USER, f"select resolve_security_alert('{alert}')")
    with pytest.raises(psycopg.errors.CheckViolation):
        superuser.execute("update maint.retention_policies set keep = '1 hour'")
    assert changes(superuser) == []


REWRITES = (
    "update maint.changes set object = 'x'",
    "delete from maint.changes",
    "truncate maint.changes",
    "insert into maint.changes as c (id, action, table_name, object, changed_at, changed_by) "
    "overriding system value select id, 'removed', 'x', 'y', now(), '{}' from maint.changes "
    "on conflict (id) do update set object = 'x'",
)


@pytest.mark.parametrize("replica", [False, True])
@pytest.mark.parametrize("statement", REWRITES)
def test_nobody_rewrites_it(database, superuser, statement, replica):
    superuser.execute(DISABLE)
    before = changes(superuser)
    with closing(connect(database, application_name="test", as_owner=not replica)) as connection:
        if replica:
            connection.execute("set session_replication_role = 'replica'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added to"):
            connection.execute(statement)
    assert changes(superuser) == before


def test_nor_through_a_parent_of_the_table(owner, superuser):
    superuser.execute(DISABLE)
    superuser.execute("create table public.parent (object text not null)")
    superuser.execute("alter table maint.changes inherit public.parent")
    for statement in ("delete from public.parent", "update parent set object = 'x'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added to"):
            superuser.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added to"):
        superuser.execute("truncate public.parent")


def test_no_retention_policy_names_it(superuser):
    with pytest.raises(psycopg.errors.CheckViolation, match="schema maint are not for purging"):
        superuser.execute(
            "insert into maint.retention_policies "
            "(name, table_schema, table_name, time_column, keep, force) "
            "values ('x', 'maint', 'changes', 'changed_at', '1 day', true)"
        )


def test_who_adds_a_row_by_hand_is_in_it(owner):
    owner.execute(
        "insert into maint.changes (changed_at, action, table_name, object, changed_by) "
        """values ('2000-01-01', 'resolved', 'x', 'y', '{"role": "somebody", "login": "else"}')"""
    )
    (row,) = changes(owner)
    assert row["changed_by"]["role"] == "maint_owner" and row["changed_at"].year > 2000


def test_replicating_sessions_are_followed_too(superuser):
    superuser.execute("set session_replication_role = 'replica'")
    superuser.execute(DISABLE)
    superuser.execute("truncate maint.legal_holds, maint.trusted_owners")
    actions = {(row["table_name"], row["action"]) for row in changes(superuser)}
    assert ("retention_policies", "changed") in actions


def test_a_role_that_may_change_one_setting_can_not_write_the_history(database, superuser):
    name = f"clerk_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    superuser.execute(f"grant usage on schema maint to {name}")
    superuser.execute(f"grant select, update on maint.settings to {name}")
    superuser.execute(f"create policy clerk on maint.settings to {name} using (true)")
    url = conninfo.make_conninfo(database, user=name)
    try:
        with closing(connect(url, application_name="test", as_owner=False)) as clerk:
            clerk.execute("update maint.settings set value = 'off' where name = 'backup_trigger'")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                clerk.execute("insert into maint.changes (action) values ('added')")
        (row,) = changes(superuser)
        assert row["changed_by"]["role"] == row["changed_by"]["login"] == name
    finally:
        superuser.execute(f"drop owned by {name}")
        superuser.execute(f"drop role {name}")


def test_hostile_values_are_kept_short_and_without_passwords(superuser, alert):
    long = "x" * 1_000_000 + "\x1b[2J\u202e"
    hold = "insert into maint.legal_holds (column_name, value, reason) values ('entity', 'a', %s)"
    superuser.execute(hold, [long])
    superuser.execute("select set_config('maint.user', %s, false)", [long])
    superuser.execute(
        "select resolve_security_alert(%s, %s)",
        [alert, "see \x1b[31m postgresql://ada:s3cret:x@db/app and smtps://b:hunter2@h\x07"],
    )
    held, resolved = changes(superuser)
    assert len(held["new_value"]["reason"]) < 10_100
    assert "1000005 characters" in held["new_value"]["reason"]
    assert len(resolved["changed_by"]["claimed"]["user"]) == 200
    note = resolved["new_value"]["note"]
    assert "s3cret" not in note and "hunter2" not in note and "\x1b[31m" in note
    size = superuser.execute(
        "select sum(pg_column_size(changes)) as n from maint.changes as changes"
    )
    assert size.fetchone()["n"] < 40_000


@pytest.mark.parametrize(
    "claims",
    [
        *("{", "[]", "7", '"x"', "null", '{"sub": {"a": [1]}}', '{"sub": "\\u0000"}'),
        pytest.param("[" * 200_000, id="deep"),
    ],
)
def test_odd_claims_stop_nobody(superuser, claims):
    superuser.execute("select set_config('request.jwt.claims', %s, false)", [claims])
    superuser.execute(DISABLE)
    assert len(changes(superuser)) == 1


def test_the_command_line_says_who_and_shows_it(cli, superuser, alert):
    assert cli("policies", "disable", "cleanup_old_audit_logs").returncode == 0
    assert cli("alerts", "ack", alert).returncode == 0
    assert cli("run", "verify_backup_health").returncode == 0
    rows = cli.json("changes")
    assert [row["action"] for row in rows] == ["launched", "acknowledged", "changed"]
    by = [row["changed_by"]["claimed"] for row in rows]
    assert {claimed["user"] for claimed in by} == {ME}
    assert by[0]["dagster_run_id"] == rows[0]["new_value"]["dagster_run_id"]
    told = cli("changes").stdout
    assert f"says {ME}" in told and "enabled true → false" in told
    launch = superuser.execute("select started_by from public.maintenance_task_runs").fetchone()
    assert launch["started_by"]["claimed"]["user"] == ME


def test_an_escape_sequence_does_not_reach_the_terminal(cli, superuser):
    superuser.execute(
        "insert into maint.legal_holds (column_name, value, reason) "
        "values ('entity', 'a', e'\\x1b]0;owned\\x07')"
    )
    assert "\x1b" not in cli("changes").stdout


def test_the_job_names_who_launched_it(cli, superuser, alert):
    task = ("run", "update_security_alert", "--set", f"alert_id={alert}", "--set", "action=resolve")
    assert cli(*task).returncode == 0
    launched, resolved = changes(superuser)
    assert (launched["action"], resolved["action"]) == ("launched", "resolved")
    assert resolved["changed_by"]["claimed"]["user"] == ME


@pytest.mark.parametrize(("tags", "user"), [({}, "ada@laptop"), ({PARENT_RUN_ID_TAG: "x"}, None)])
def test_a_run_that_is_executed_again_is_not_by_who_launched_it_first(
    database, superuser, monkeypatch, tags, user
):
    # Dagster copies all tags of the run before.
    monkeypatch.setenv("MAINT_DATABASE_URL", database)
    defs.resolve_job_def("verify_backup_health").execute_in_process(
        tags={USER_TAG: "ada@laptop", **tags}
    )
    (row,) = changes(superuser)
    assert row["changed_by"]["claimed"].get("user") == user
