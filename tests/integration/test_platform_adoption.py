"""maint migrate on a hosted platform's database, whatever the application has in it, and back again."""

import re
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.entry_functions import ENTRY_FUNCTIONS
from maint_pipeline.database.migrate import CannotMigrateError
from maint_pipeline.database.owners import Owners
from maint_pipeline.errors import UsageError
from maint_pipeline.installation import install, is_installed, plan, remove
from maint_pipeline.ledger import Origin, run_recorded
from maint_pipeline.retention.policies import NewPolicy, add_policy, open_table, preview_policy
from maint_pipeline.retention.purge import Purge
from tests.platform import answer, dump, platform_server, run

AUDIT_LOGS = "create table public.audit_logs (id uuid primary key, created_at timestamptz, what text)"
LEGACY_LEDGER = """
create table public.maintenance_task_runs (
    id uuid primary key default gen_random_uuid(), task_name text not null,
    started_at timestamptz default now(), finished_at timestamptz, status text default 'running',
    details jsonb default '{}', error_message text)
"""
LEGACY_TASK = """
create function public.cleanup_old_audit_logs() returns jsonb language plpgsql
    security definer set search_path = public as $$
begin
    insert into maintenance_task_runs (task_name, status) values ('cleanup_old_audit_logs', 'done');
    return '{"success": true, "legacy": true}';
end
$$
"""


@pytest.fixture(scope="module", params=["bypassrls", "no bypassrls"])
def platform(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("platform")
    with platform_server(folder, bypass=request.param == "bypassrls") as running:
        yield running


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("MAINT_HOME", str(folder))
    return folder


@pytest.fixture
def url(platform) -> str:
    return platform.new_database()


def call(url: str, task: str) -> dict:
    """Run a task as the command line does, whatever is called so in public."""
    return answer(url, f"select maint.{task}()")


def test_an_application_without_any_of_our_names(url):
    run(url, "create table public.notes (id bigint generated always as identity, body text)")
    before = dump(url)
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True
    assert answer(url, "select public.verify_backup_health()", "anon") == "42501"
    assert answer(url, "select maint.verify_backup_health()", "anon") == "42501"
    assert answer(url, "select public.verify_backup_health()", "service_role")["success"] is True
    for table in ("public.maintenance_task_runs", "maint.settings", "maint.kept_functions"):
        assert answer(url, f"select count(*) from {table}", "anon") == "42501"
        assert answer(url, f"truncate {table}", "authenticated") == "42501"
    remove(url)
    assert dump(url) == before
    assert install(url) is True


@pytest.mark.parametrize(
    "columns",
    [
        "id uuid primary key, created_at timestamptz, what text",
        '"time" timestamptz default now(), actor uuid',
        "id bigint, at date",
    ],
)
def test_audit_logs_of_another_shape_are_gone_round(url, columns):
    run(
        url,
        f"create table public.audit_logs ({columns})",
        "create table public.backup_runs (id uuid, org_id uuid, status text)",
    )
    before, said = dump(url), []
    assert "Left out: the index backup_runs_successes_idx" in plan(url)
    assert install(url, said.append) is True
    if '"time"' not in columns:
        assert any("audit_logs_time_brin_idx: public.audit_logs has no column time" in x for x in said)
    assert call(url, "verify_backup_health")["success"] is True
    remove(url)
    assert dump(url) == before


@pytest.mark.parametrize(
    ("ledger", "problem"),
    [
        ("create view public.maintenance_task_runs as select 1 as id", "is a view"),
        (
            "create materialized view public.maintenance_task_runs as select 1 as id",
            "is a materialized view",
        ),
        ("create type public.maintenance_task_runs as enum ('a')", "there is a type"),
        ("create sequence public.maintenance_task_runs", "is a sequence"),
        (LEGACY_LEDGER.replace("id uuid", "id bigint").replace("gen_random_uuid()", "1"), "id of type bigint"),
        (LEGACY_LEDGER.replace("error_message text", "message text"), "no column error_message"),
        (LEGACY_LEDGER.replace("details jsonb", "host text not null, details jsonb"), "host is not null"),
        (
            LEGACY_LEDGER.replace("'running',", "'running' check (status in ('running', 'done')),"),
            "refuses what maint_pipeline writes",
        ),
    ],
)
def test_a_ledger_that_cannot_be_adopted_is_refused_before_the_first_change(url, ledger, problem):
    run(url, ledger)
    before = dump(url)
    for refused in (install, plan):
        with pytest.raises(CannotMigrateError, match=problem) as error:
            refused(url)
        assert "name" in str(error.value) and "Nothing was changed" in str(error.value)
    assert dump(url) == before


def test_a_ledger_of_somebody_else_is_refused_and_renamed_it_is_out_of_the_way(platform, url):
    administrator = url.replace("customer@", "postgres@")
    run(administrator, LEGACY_LEDGER)
    with pytest.raises(CannotMigrateError, match="belongs to postgres, and customer may not alter it"):
        install(url)
    run(administrator, "alter table public.maintenance_task_runs rename to old_task_runs")
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True


def test_a_legacy_ledger_is_adopted_and_given_back(url):
    run(
        url,
        LEGACY_LEDGER,
        "create index maintenance_task_runs_started_at_idx on public.maintenance_task_runs (started_at)",
        "create role reporter" if answer(url, "select to_regrole('reporter')") is None else "select",
        "grant select (task_name, status), update (status) on public.maintenance_task_runs to reporter",
        "grant insert on public.maintenance_task_runs to reporter with grant option",
        "insert into public.maintenance_task_runs (task_name, status) values ('old', 'done')",
    )
    before, said = dump(url), []
    install(url, said.append)
    assert any("maint migrate --down gives back what it had" in words for words in said)
    assert answer(url, "select count(*) from public.maintenance_task_runs", "anon") == "42501"
    assert call(url, "verify_backup_health")["success"] is True
    file = remove(url)
    assert dump(url) == before
    rows = "select count(*) from public.maintenance_task_runs where status = 'done'"
    assert answer(url, rows, "anon") == 1
    assert file.stat().st_mode & 0o777 == 0o600


def test_what_our_tables_held_can_be_read_after_removal(platform, url, home):
    install(url)
    assert call(url, "verify_backup_health")["success"] is True
    held = "values ('id', E'tab\\t, backslash \\\\, line\\n', 'because', '{}')"
    run(url, f"insert into maint.legal_holds (column_name, value, reason, held_by) {held}")
    file = remove(url)
    assert file.is_relative_to(home) and not list(file.parent.glob("*.part"))
    other = platform.new_database()
    load(other, file.read_text())
    query = "select count(*) from maint_history.maintenance_task_runs where status = 'completed'"
    assert answer(other, query) == 1
    assert answer(other, "select count(*) from maint_history.retention_policies") == 2
    assert answer(other, "select count(*) from maint_history.settings") > 2
    assert answer(other, "select value from maint_history.legal_holds") == "tab\t, backslash \\, line\n"


def load(url: str, script: str) -> None:
    """Load a dump, as psql does."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        parts = re.split(r"(copy [^;]* from stdin;\n)(.*?)\\\.\n", script, flags=re.S)
        for statements, copy, rows in zip(parts[0::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True):
            if statements.strip():
                connection.execute(statements.encode())
            if copy:
                with connection.cursor().copy(copy.encode()) as target:
                    target.write(rows.encode())


def test_history_can_be_kept(url):
    install(url)
    assert call(url, "verify_backup_health")["success"] is True
    remove(url, keep_history=True)
    assert answer(url, "select count(*) from pg_proc where pronamespace = 'maint'::regnamespace") == 0
    assert answer(url, "select count(*) from public.maintenance_task_runs") == 1
    for role in ("anon", "authenticated", "service_role"):
        assert answer(url, "select count(*) from public.maintenance_task_runs", role) == "42501"
        assert answer(url, "select count(*) from maint.settings", role) == "42501"
    assert not is_installed(url)
    assert install(url) is True
    assert call(url, "verify_backup_health")["success"] is True
    assert answer(url, "select count(*) from get_maintenance_task_history()") == 2
    remove(url)
    assert answer(url, "select to_regclass('public.maintenance_task_runs')") is None


# What an application may have under one of our names, with calls of it and where ours is then.
FUNCTIONS = [
    # Same arguments, something else: theirs stays.
    (
        "create function public.cleanup_old_audit_logs() returns integer language sql as 'select 7'",
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
        "create function public.cleanup_old_audit_logs(jsonb) returns jsonb language sql as 'select $1'",
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
        "create function public.get_maintenance_task_history(a text, b text) returns text language sql "
        "as 'select a'",
        ["select get_maintenance_task_history('x', 'y')"],
        True,
    ),
    # Ours takes one, too: an untyped literal would mean either.
    (
        "create function public.get_maintenance_task_history(_days bigint) returns bigint language sql "
        "as 'select _days'",
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


@pytest.mark.parametrize(("definition", "calls", "in_public"), FUNCTIONS)
def test_functions_of_the_application_answer_as_before(url, definition, calls, in_public):
    name = re.search(r"public\.(\w+)", definition).group(1)
    run(url, definition)
    before, answers = dump(url), [answer(url, query) for query in calls]
    said: list[str] = []
    text = plan(url)
    install(url, said.append)
    assert [answer(url, query) for query in calls] == answers
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
        "grant execute on function public.cleanup_old_audit_logs() to service_role with grant option",
    )
    before, said = dump(url), []
    assert "public.cleanup_old_audit_logs() is replaced" in plan(url)
    install(url, said.append)
    assert any("public.cleanup_old_audit_logs() is replaced" in words for words in said)
    assert "legacy" not in answer(url, "select public.cleanup_old_audit_logs()")
    assert answer(url, "select signature from maint.kept_functions") == "public.cleanup_old_audit_logs()"
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
    assert answer(url, "select public.cleanup_old_audit_logs() ->> 'success'") == "false"
    assert install(url) is False
    remove(url)
    assert dump(url) == before
    assert answer(url, "select public.cleanup_old_audit_logs()") == 7


def test_what_something_depends_on_is_not_replaced(url):
    run(url, LEGACY_LEDGER, LEGACY_TASK, "create view public.v as select cleanup_old_audit_logs() as done")
    before, said = dump(url), []
    install(url, said.append)
    assert any("view public.v depends on it" in words for words in said)
    assert answer(url, "select done ->> 'legacy' from public.v") == "true"
    with pytest.raises(CannotMigrateError, match=r"can't be replaced.*view public\.v depends on it"):
        install(url, replace=["cleanup_old_audit_logs"])
    remove(url)
    assert dump(url) == before


def test_a_name_that_becomes_free_is_taken_and_one_that_is_taken_is_told(url):
    run(url, FUNCTIONS[0][0])
    install(url)
    run(url, "drop function public.cleanup_old_audit_logs()")
    assert install(url) is True
    assert answer(url, "select public.cleanup_old_audit_logs() ->> 'success'") == "false"
    run(url, FUNCTIONS[5][0])
    said: list[str] = []
    assert install(url, said.append) is False
    assert any("public.cleanup_old_audit_logs(integer) stays as it is" in words for words in said)


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


# A table that grows, with row security whose policy names what maint_owner may not read.
EVENTS = """
create table public.members (user_id uuid, team bigint);
create table public.events (id bigint generated always as identity primary key, team bigint, at timestamptz);
alter table public.events enable row level security;
create policy own on public.events using (team in (select team from public.members where user_id = auth.uid()));
revoke all on public.members from public;
insert into public.events (team, at) select 1, now() - interval '200 days' from generate_series(1, 179);
insert into public.events (team, at) values (1, now());
"""


def has_bypass(url: str) -> bool:
    return answer(url, "select rolbypassrls from pg_roles where rolname = 'maint_owner'")


def add(url: str, table: str = "public.events") -> str:
    """Add a policy as `maint policies add` does."""
    policy = NewPolicy("old", table, "at", "90 days")
    with closing(connect(url, application_name="test")) as connection:
        done = list(open_table(connection, Owners(url), policy))
        add_policy(connection, policy)
    return "; ".join(done)


def test_a_policy_on_a_table_with_row_security_deletes(url):
    run(url, EVENTS)
    before = dump(url)
    install(url)
    done = add(url)
    assert "grant select, delete, update (at) on public.events to maint_owner" in done
    assert ("create policy maint_owner_works on public.events" in done) is not has_bypass(url)
    with closing(connect(url, application_name="test")) as connection:
        assert preview_policy(connection, "old")["expired_count"] == 179
        assert Purge("old").run(connection)["deleted_count"] == 179
    assert install(url) is False
    remove(url)
    assert dump(url) == before
    assert answer(url, "select count(*) from public.events") == 1


def test_without_an_administrator_it_is_said_what_is_needed(url):
    run(url, EVENTS)
    install(url)
    policy = NewPolicy("old", "events", "at", "90 days")
    with closing(connect(url, application_name="test")) as connection:
        assert list(open_table(connection, Owners(None), policy)) == []
        with pytest.raises(UsageError, match="may not purge public.events: grant select, delete") as needed:
            add_policy(connection, policy)
        run(url, str(needed.value).split(": ")[-1])
        if has_bypass(url):
            add_policy(connection, policy)
            return
        with pytest.raises(UsageError, match="row level security of public.events hides rows") as needed:
            add_policy(connection, policy)
        run(url, str(needed.value).split("As customer: ")[-1])
        add_policy(connection, policy)


def test_a_purge_that_cannot_see_rows_fails_and_migrate_makes_the_policy(url):
    run(url, EVENTS)
    install(url)
    add(url)
    if has_bypass(url):
        pytest.skip("row level security hides nothing from maint_owner here")
    run(url, "drop policy maint_owner_works on public.events")
    with closing(connect(url, application_name="test")) as connection:
        for work in (Purge("old").preview, Purge("old").run):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="public.events hides rows"):
                work(connection)
        problems = connection.execute("select maint.policy_problems() as problem").fetchall()
        assert any("hides rows" in row["problem"] for row in problems)
    outcome = run_recorded(url, "old", Origin("cli"), lambda task: Purge("old").run(task.connection))
    assert outcome.status == "failed" and "hides rows" in outcome.error_message
    assert answer(url, "select count(*) from public.events") == 180
    assert "policy maint_owner_works for maint_owner" in plan(url)
    assert install(url) is True
    with closing(connect(url, application_name="test")) as connection:
        assert Purge("old").run(connection)["deleted_count"] == 179
    run(url, "create policy never on public.events as restrictive using (team = 2)")
    with (
        closing(connect(url, application_name="test")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="restrictive policy never"),
    ):
        Purge("old").run(connection)


def test_a_schema_that_maint_owner_may_not_use_is_said(url):
    run(url, "create schema app; create table app.events (id bigint, at timestamptz)")
    install(url)
    with pytest.raises(UsageError, match="may not use schema app: grant usage on schema app to maint_owner"):
        add(url, "app.events")
    before = dump(url)
    run(url, "grant usage on schema app to maint_owner")
    assert "grant select" in add(url, "app.events")
    remove(url)
    assert "maint" not in dump(url) and before != dump(url)
