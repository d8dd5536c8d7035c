"""Functions of ours and of the application with one name: calls of theirs answer as before."""

import re
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import connect
from maint_pipeline.database.entry_functions import ENTRY_FUNCTIONS
from maint_pipeline.database.preflight import CannotMigrateError
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.errors import UsageError
from maint_pipeline.installation.install import install, plan, remove
from tests.platform import LEGACY_LEDGER, answer, call, dump, rest_target, run
from tests.seeds import spread

# Row level security has no part in it.
pytestmark = pytest.mark.parametrize("platform", ["bypassrls"], indirect=True)

LEGACY_TASK = """
create function public.cleanup_old_audit_logs() returns jsonb language plpgsql
    security definer set search_path = public as $$
begin
    insert into maintenance_task_runs (task_name, status) values ('cleanup_old_audit_logs', 'done');
    return '{"success": true, "legacy": true}';
end
$$
"""


# What an application may have under one of our names, with calls of it and where ours is then.
FUNCTIONS = [
    # Same arguments, something else: theirs stays.
    (
        "create function public.cleanup_old_audit_logs() returns integer language sql "
        "as 'select 7'",
        ["select public.cleanup_old_audit_logs()", "select cleanup_old_audit_logs()"],
        False,
    ),
    (
        "create function public.cleanup_old_audit_logs() returns jsonb language sql "
        "as $$ select '{\"mine\": 1}'::jsonb $$",
        ["select public.cleanup_old_audit_logs() ->> 'mine'"],
        False,
    ),
    # A default makes the call without arguments theirs.
    (
        "create function public.cleanup_old_audit_logs(days integer default 90) returns integer "
        "language sql as 'select days'",
        [
            "select cleanup_old_audit_logs()",
            "select cleanup_old_audit_logs(5)",
            "select cleanup_old_audit_logs(days => 6)",
        ],
        False,
    ),
    (
        "create function public.cleanup_old_audit_logs(variadic tables text[]) returns integer "
        "language sql as 'select cardinality(tables)'",
        ["select cleanup_old_audit_logs('a', 'b')", "select cleanup_old_audit_logs('a')"],
        False,
    ),
    # What PostgREST gives the whole body of a request to.
    (
        "create function public.cleanup_old_audit_logs(jsonb) returns jsonb language sql "
        "as 'select $1'",
        ["select cleanup_old_audit_logs('{}'::jsonb)"],
        False,
    ),
    # No call can mean both.
    (
        "create function public.cleanup_old_audit_logs(days integer) returns integer language sql "
        "as 'select days'",
        ["select cleanup_old_audit_logs(5)", "select cleanup_old_audit_logs(days => 6)"],
        True,
    ),
    (
        "create function public.get_maintenance_task_history(a text, b text) returns text "
        "language sql as 'select a'",
        ["select get_maintenance_task_history('x', 'y')"],
        True,
    ),
    # Ours takes one, too: an untyped literal would mean either.
    (
        "create function public.get_maintenance_task_history(_days bigint) returns bigint "
        "language sql as 'select _days'",
        [
            "select get_maintenance_task_history('5')",
            "select get_maintenance_task_history(_days => 6)",
        ],
        False,
    ),
    (
        "create procedure public.verify_backup_health() language sql as 'select 1'",
        ["call public.verify_backup_health()"],
        False,
    ),
]


@pytest.mark.parametrize(("definition", "calls", "in_public"), spread(FUNCTIONS, 5))
def test_functions_of_the_application_answer_as_before(url, definition, calls, in_public):
    name = re.search(r"public\.(\w+)", definition).group(1)
    run(url, definition)
    before, answers = dump(url), [answer(url, query) for query in calls]
    requests = [set(), {"days"}, {"_days"}, {"a", "b"}, {"tables"}, {"anything"}]
    meant = [rest_target(url, name, keys) for keys in requests]
    said: list[str] = []
    text = plan(url)
    install(url, said.append)
    assert [answer(url, query) for query in calls] == answers
    # What no request meant before may be ours now.
    now = [rest_target(url, name, keys) for keys in requests]
    assert [after for was, after in zip(meant, now, strict=True) if was] == [m for m in meant if m]
    ours = "select count(*) from pg_proc where proname = %s and proowner = 'maint_owner'::regrole"
    with closing(psycopg.connect(url)) as connection:
        places = connection.execute(
            ours.replace("count(*)", "pronamespace::regnamespace::text"), [name]
        ).fetchall()
    assert sorted(places) == ([("maint",), ("public",)] if in_public else [("maint",)])
    (words,) = [words for words in said if f"public.{name}(" in words]
    assert words in text and "stays as it is" in words
    if name != "get_maintenance_task_history":
        assert "error" not in call(url, name) or "skipped" in call(url, name)["error"]
    assert install(url) is False
    remove(url)
    assert dump(url) == before


def test_one_that_records_in_the_ledger_is_replaced_and_given_back(url):
    run(
        url,
        LEGACY_LEDGER,
        LEGACY_TASK,
        "comment on function public.cleanup_old_audit_logs() is 'nightly'",
        "revoke all on function public.cleanup_old_audit_logs() from public, anon",
        "grant execute on function public.cleanup_old_audit_logs() to service_role "
        "with grant option",
    )
    before, said = dump(url), []
    assert "public.cleanup_old_audit_logs() is replaced" in plan(url)
    install(url, said.append)
    assert any("public.cleanup_old_audit_logs() is replaced" in words for words in said)
    assert "legacy" not in answer(url, "select public.cleanup_old_audit_logs()")
    assert (
        answer(url, "select signature from maint.kept_functions")
        == "public.cleanup_old_audit_logs()"
    )
    remove(url)
    assert dump(url) == before
    assert answer(url, "select public.cleanup_old_audit_logs() ->> 'legacy'") == "true"


def test_any_other_is_replaced_when_somebody_says_so(url):
    run(url, FUNCTIONS[0][0])
    before = dump(url)
    install(url)
    assert answer(url, "select public.cleanup_old_audit_logs()") == 7
    with pytest.raises(UsageError, match="has no function nonsense"):
        install(url, replace=["nonsense"])
    assert install(url, replace=["cleanup_old_audit_logs"]) is True
    assert answer(url, "select public.cleanup_old_audit_logs() ? 'task_id'") is True
    assert install(url) is False
    remove(url)
    assert dump(url) == before
    assert answer(url, "select public.cleanup_old_audit_logs()") == 7


def test_what_something_depends_on_is_not_replaced(url):
    run(
        url,
        LEGACY_LEDGER,
        LEGACY_TASK,
        "create view public.v as select cleanup_old_audit_logs() as done",
    )
    before, said = dump(url), []
    install(url, said.append)
    assert any("view public.v depends on it" in words for words in said)
    assert answer(url, "select done ->> 'legacy' from public.v") == "true"
    with pytest.raises(
        CannotMigrateError, match=r"can't be replaced.*view public\.v depends on it"
    ):
        install(url, replace=["cleanup_old_audit_logs"])
    remove(url)
    assert dump(url) == before


def test_a_name_that_becomes_free_is_taken_and_one_that_is_taken_is_told(url):
    run(url, FUNCTIONS[0][0])
    install(url)
    run(url, "drop function public.cleanup_old_audit_logs()")
    assert install(url) is True
    assert answer(url, "select public.cleanup_old_audit_logs() ? 'task_id'") is True
    run(url, FUNCTIONS[5][0])
    said: list[str] = []
    assert install(url, said.append) is False
    assert any("public.cleanup_old_audit_logs(integer) stays as it is" in words for words in said)
    doctor = {found.name: found for found in examine(ApplicationUrls(url), url)}
    assert "public.cleanup_old_audit_logs(integer) stays" in doctor["functions"].finding


def test_definitions_that_maint_owner_has_planted_are_not_executed(url):
    install(url)
    # As code of the application may, that runs in maint_owner's name: the schema is maint_owner's.
    run(
        url,
        "set role maint_owner; drop table maint.kept_functions; "
        "create table maint.kept_functions (signature text, definition text, owner text, "
        "grants text[], comment text); "
        "insert into maint.kept_functions values ('public.f()', "
        "'create table public.planted (id integer)', 'customer', '{}', null)",
    )
    said: list[str] = []
    remove(url, said.append)
    assert answer(url, "select to_regclass('public.planted')") is None
    assert any("is not given back" in words for words in said)


def test_our_functions_take_what_the_look_before_a_migration_expects(url):
    install(url)
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        rows = connection.execute(
            "select proname::text as name, proargtypes::regtype[]::text[] as types, "
            "pronargs - pronargdefaults as required from pg_proc "
            "where pronamespace = 'public'::regnamespace and proowner = 'maint_owner'::regrole"
        ).fetchall()
    found = {row["name"]: (tuple(row["types"]), row["required"]) for row in rows}
    assert found == {name: (entry.types, entry.required) for name, entry in ENTRY_FUNCTIONS.items()}
