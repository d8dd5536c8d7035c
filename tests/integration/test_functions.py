"""What holds for every function of ours, so that a new one can't forget it."""

import psycopg
import pytest
from psycopg.rows import tuple_row

PUBLIC = {
    "run_automated_security_checks()",
    "cleanup_old_audit_logs()",
    "cleanup_old_security_alerts()",
    "verify_backup_health()",
    "get_maintenance_task_history(integer)",
    "get_unresolved_security_alerts()",
    "resolve_security_alert(uuid,text)",
    "acknowledge_security_alert(uuid,text)",
    "silence_security_alert(uuid,timestamp with time zone,text)",
    "preview_cleanup(text)",
    "get_maintenance_changes(integer)",
}
# What those in public call, and the command line.
ENTERED = {f"maint.{name}" for name in PUBLIC}
DEFINER_IN_MAINT = {
    "maint.is_admin()",  # row security policies call it for users who may not read others' roles
    "maint.open_alerts_by_kind()",  # the figures of tables that the reader may not read
    "maint.record_change()",  # whoever may change a setting need not be able to write the history
    # Who changes a setting, a superuser perhaps, lends no rights to what they look at.
    "maint.validate_setting()",
    "maint.validate_check_threshold()",
    "maint.validate_retention_policy()",
    "maint.validate_legal_hold()",
    "maint.validate_source()",
    "maint.apply_source()",
}
# Of the first a SET clause would undo what it is for (docs/decisions/0026); it would keep
# PostgreSQL from putting the queries of the others in the place of their calls (0035, 0036).
WITHOUT_SETTINGS = {
    "maint.enter_application(text,text)",
    "maint.known_alerts()",
    "maint.audit_log()",
    "maint.organizations()",
    "maint.backup_settings()",
    "maint.backup_runs()",
    "maint.user_roles()",
    "maint.profiles()",
    "maint.data_export_requests()",
}
# What row security policies and views call as their reader.
CALLED_BY_READERS = {"maint.is_admin()", "maint.open_alerts_by_kind()"}
# Who may read a table may lock it against what a task does with it.
LOCKED_AT_WORK = {"maint.locks", "maint.recent_activity"}

FUNCTIONS = """
select oid::regprocedure::text as name, pronamespace::regnamespace::text as schema,
    pg_get_userbyid(proowner) as owner, prosecdef as is_definer, proconfig as settings,
    pg_get_functiondef(oid) as definition,
    has_function_privilege('anon', oid, 'execute') as anon,
    has_function_privilege('authenticated', oid, 'execute') as authenticated,
    has_function_privilege('service_role', oid, 'execute') as service_role,
    exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner)))
        where grantee = 0) as everybody
from pg_proc
where pronamespace = 'maint'::regnamespace or proowner = 'maint_owner'::regrole
"""


@pytest.fixture
def functions(superuser):
    return superuser.execute(FUNCTIONS).fetchall()


def test_all_belong_to_the_owner_role_and_pin_their_search_path(functions):
    assert len(functions) > 40
    for function in functions:
        assert function["owner"] == "maint_owner", function["name"]
        if function["name"] in WITHOUT_SETTINGS:
            assert function["settings"] is None
            continue
        assert "search_path=pg_catalog, pg_temp" in function["settings"], function["name"]


def test_only_those_are_security_definer_that_must(functions):
    definers = {f["name"] for f in functions if f["is_definer"]}
    assert definers == PUBLIC | ENTERED | DEFINER_IN_MAINT


def test_who_may_execute(functions):
    for function in functions:
        called_from_outside = function["name"] in PUBLIC | ENTERED | CALLED_BY_READERS
        assert not function["anon"] and not function["everybody"], function["name"]
        assert function["authenticated"] == called_from_outside, function["name"]
        assert function["service_role"] == called_from_outside, function["name"]
    assert {f["name"] for f in functions if f["schema"] == "public"} == PUBLIC


def test_every_public_function_asks_who_calls(functions):
    for function in functions:
        if function["schema"] == "public":
            assert f" maint.{function['name'].partition('(')[0]}(" in function["definition"]
        if function["name"] in ENTERED:
            ask = ("maint.assert_operator()", "maint.call_task(", "maint.assert_may_act_on_alert(")
            assert any(call in function["definition"] for call in ask), function["name"]


def test_every_table_has_row_security_and_is_written_by_nobody(superuser):
    tables = superuser.execute(
        "select oid::regclass::text as name, relrowsecurity, relowner::regrole::text as owner "
        "from pg_class where relkind = 'r' and (relnamespace = 'maint'::regnamespace "
        "or oid = 'public.maintenance_task_runs'::regclass)"
    ).fetchall()
    assert len(tables) >= 8
    for table in tables:
        if table["name"] == "maint.alembic_version":
            continue
        assert table["relrowsecurity"], table
        for role in ("anon", "authenticated", "service_role"):
            (readable, *writable) = (
                superuser.cursor(row_factory=tuple_row)
                .execute(
                    "select has_table_privilege(%(r)s, %(t)s, 'select'), "
                    "has_any_column_privilege(%(r)s, %(t)s, 'insert'), "
                    "has_any_column_privilege(%(r)s, %(t)s, 'update'), "
                    "has_table_privilege(%(r)s, %(t)s, 'delete'), "
                    "has_table_privilege(%(r)s, %(t)s, 'truncate'), "
                    "has_table_privilege(%(r)s, %(t)s, 'trigger')",
                    {"r": role, "t": table["name"]},
                )
                .fetchone()
            )
            is_read = role != "anon" and table["name"] not in LOCKED_AT_WORK
            assert writable == [False] * 5 and readable == is_read, (role, table)


def test_the_owner_role_is_no_more_than_it_must_be(superuser):
    role = superuser.execute("select * from pg_roles where rolname = 'maint_owner'").fetchone()
    for attribute in ("rolsuper", "rolcanlogin", "rolcreaterole", "rolcreatedb", "rolreplication"):
        assert role[attribute] is False, attribute
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        superuser.execute("set role maint_owner")
        superuser.execute("create table public.planted ()")
    superuser.execute("reset role")
    allowed = superuser.execute(
        "select oid::regclass::text as name from pg_class where relkind = 'r' "
        "and relnamespace = 'public'::regnamespace and has_table_privilege('maint_owner', oid, "
        "'insert, update, delete, truncate') order by 1"
    ).fetchall()
    assert [row["name"] for row in allowed] == [
        "audit_logs", "maintenance_task_runs", "security_alerts",
    ]  # fmt: skip
