"""The application's own code: it runs with the path that it expects, and nothing of ours does."""

from contextlib import closing
from uuid import uuid4

import pytest
from psycopg import conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore
from maint_pipeline.retention.restore_target import target_of
from tests.application import CREATE_OLD_ROWS, OLD, administrator, count
from tests.requests import ADMIN, create_people, request

CLEANUP = "select public.cleanup_old_audit_logs() as answer"
POLICY = "cleanup_old_audit_logs"

# As people write triggers: names without a schema, functions without a path.
INNOCENT = """
create schema app;
create table app.deleted_log (what text, path text);
create function app.kind() returns text language sql stable as $$ select 'app'::text $$;
create function app.note() returns trigger language plpgsql as $$
begin
    insert into deleted_log values (
        concat_ws(' ', kind(), lower(tg_when), lower(tg_level), tg_table_name, tg_name),
        current_setting('search_path'));
    return coalesce(old, new);
end
$$;
create table public.audit_notes (
    id uuid default gen_random_uuid(),
    log uuid references public.audit_logs on delete cascade
);
grant usage on schema app to public;
grant all on app.deleted_log to public;
create trigger one before delete on public.audit_logs
    for each statement execute function app.note();
create trigger two before delete on public.audit_logs for each row execute function app.note();
create trigger three after delete on public.audit_logs for each row execute function app.note();
create constraint trigger four after delete on public.audit_logs
    deferrable initially deferred for each row execute function app.note();
create trigger five after delete on public.audit_notes for each row execute function app.note();
"""
FIRED = {
    "app before statement audit_logs one",
    "app before row audit_logs two",
    "app after row audit_logs three",
    "app after row audit_logs four",
    "app after row audit_notes five",
}


@pytest.fixture
def application(superuser):
    superuser.execute(CREATE_OLD_ROWS)
    superuser.execute(INNOCENT)
    superuser.execute(
        "insert into public.audit_notes (log) select id from public.audit_logs limit 3"
    )
    superuser.execute(
        f"alter database {superuser.info.dbname} set search_path = 'app', pg_temp, public"
    )
    return superuser


def fired(superuser) -> set[str]:
    rows = superuser.execute("select distinct what, path from app.deleted_log").fetchall()
    assert {row["path"] for row in rows} <= {"pg_catalog, app, public, pg_temp"}
    return {row["what"] for row in rows}


def test_triggers_find_their_names_in_a_job(application, owner):
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 300
    assert fired(application) == FIRED


def test_triggers_find_their_names_in_an_archiving_job(application, owner, tmp_path):
    application.execute("update maint.retention_policies set action = 'archive'")
    result = Purge(POLICY, archive_url=str(tmp_path), duty=1).run(owner)
    assert result["archived_rows"] == 300
    assert fired(application) == FIRED


@pytest.mark.parametrize("role", ["service_role", "authenticated"])
def test_triggers_find_their_names_in_the_sql_function(database, application, role):
    create_people(application)
    ((row),) = request(database, role, ADMIN, CLEANUP)
    assert row["answer"]["deleted_count"] == 300, row
    assert fired(application) == FIRED


def test_triggers_find_their_names_when_rows_are_archived_and_come_back(
    application, owner, tmp_path
):
    application.execute("update maint.retention_policies set action = 'archive'")
    application.execute("grant insert on public.audit_logs to maint_owner")
    Purge(POLICY, archive_url=str(tmp_path), duty=1).run(owner)
    application.execute(
        "create trigger back before insert on public.audit_logs "
        "for each row execute function app.note()"
    )
    archive = Archive(str(tmp_path))
    wanted = Restore(*target_of(owner, POLICY, None))
    restored = wanted.run(owner, archive, archive.manifests(), Owners(administrator(owner)))
    assert restored.restored == 300
    assert "app before row audit_logs back" in fired(application)


def test_triggers_on_alerts_find_their_names(application, owner):
    application.execute("insert into public.orgs (name) values ('without backup')")
    application.execute(
        "create trigger new before insert or update on public.security_alerts "
        "for each row execute function app.note();"
        "create constraint trigger late after insert or update on public.security_alerts "
        "deferrable initially deferred for each row execute function app.note()"
    )
    ((answer),) = application.execute("select public.verify_backup_health() as a").fetchall()
    assert answer["a"]["alerts_created"] == 1, answer
    ((alert),) = application.execute("select id from public.security_alerts").fetchall()
    application.execute("select public.acknowledge_security_alert(%(id)s)", alert)
    application.execute("select public.resolve_security_alert(%(id)s)", alert)
    assert fired(application) == {
        "app before row security_alerts new", "app after row security_alerts late",
    }  # fmt: skip


def test_triggers_on_the_ledger_find_their_names(application, owner):
    application.execute(
        "create trigger told before insert or update on public.maintenance_task_runs "
        "for each row execute function app.note()"
    )
    run_id = owner.execute("select maint.begin_task_run('x', 'cli') as id").fetchone()["id"]
    owner.execute("select maint.report_progress(%s, '{}')", [run_id])
    owner.execute("select maint.finish_task_run(%s, 'completed')", [run_id])
    assert fired(application) == {"app before row maintenance_task_runs told"}


def test_the_owners_own_path_wins_and_user_is_the_owner(application, owner):
    name = f"app_owner_{uuid4().hex[:8]}"
    application.execute(f"create role {name}")
    try:
        application.execute(f"create schema {name} authorization {name}")
        application.execute('create schema maint_owner; alter schema app rename to "App\'s, own"')
        application.execute(
            f"""alter role {name} set search_path = '$user', "App's, own", nowhere, pg_temp"""
        )
        path = "select maint.application_path(%s::regrole) as path"
        got = owner.execute(path, [name]).fetchone()["path"]
        assert got == f'pg_catalog, {name}, "App\'s, own", nowhere, pg_temp'
        application.execute(
            f"alter role {name} in database {application.info.dbname} set search_path = ''"
        )
        assert owner.execute(path, [name]).fetchone()["path"] == "pg_catalog, pg_temp"
    finally:
        application.execute(f"drop owned by {name} cascade; drop role {name}")


@pytest.mark.parametrize("condition", ["app.gone(id)", "id in (select app.all_gone())",
    "id in (select found from app.all_gone() as found)",
    "exists (select from app.all_gone() as found where found = audit_logs.id)"])  # fmt: skip
@pytest.mark.parametrize("language", ["sql", "plpgsql"])
def test_functions_in_a_condition_find_their_names(application, owner, condition, language):
    """SQL functions are inlined while the statement is planned, which must not be too early."""
    body = {"sql": ("select {}", "select {}"), "plpgsql": ("begin return ({}); end",) * 2}[language]
    application.execute(
        "create table app.marked (log uuid); insert into app.marked select id "
        "from public.audit_logs limit 7; grant all on all tables in schema app to public"
    )
    one = body[0].format("exists (select from marked where log = $1)")
    every = "select log from marked" if language == "sql" else (
        "begin return query select log from marked; end")  # fmt: skip
    application.execute("set search_path = app, public")
    application.execute(
        f"create function app.gone(uuid) returns boolean language {language} stable as $${one}$$;"
        f"create function app.all_gone() returns setof uuid language {language} stable "
        f"as $${every}$$"
    )
    application.execute(
        "insert into maint.retention_policies (name, table_name, time_column, condition, keep) "
        "values ('mine', 'audit_logs', 'time', %s, '1 day')",
        [condition],
    )
    assert Purge("mine").preview(owner)["expired_count"] == 7
    assert Purge("mine", duty=1).run(owner)["deleted_count"] == 7
    assert count(application, OLD) == 293


@pytest.fixture
def creator(database, application):
    """A login that may create objects in a schema that the application searches."""
    name = f"creator_{uuid4().hex[:8]}"
    application.execute(f"create role {name} login in role authenticated")
    application.execute(f"grant create on schema public to {name}")
    url = conninfo.make_conninfo(database, user=name)
    with closing(connect(url, application_name=name, as_owner=False)) as connection:
        yield connection
    application.execute(f"drop owned by {name} cascade; drop role {name}")


PLANTED_OPERATORS = """
create function public.lies(varchar, varchar) returns boolean language sql as 'select true';
create operator public.= (leftarg = varchar, rightarg = varchar, function = public.lies);
create function public.lower(varchar) returns text language sql as $$ select 'invoice' $$;
create function public.coalesce_() returns text language sql as 'select null::text';
"""


def test_nothing_planted_in_the_path_captures_a_condition(application, creator, owner):
    application.execute(
        "create table public.events (at timestamptz, kind varchar(20));"
        "insert into public.events select now() - interval '9 days', 'keep' "
        "from generate_series(1, 9);"
        "grant select, update, delete on public.events to maint_owner;"
        "insert into maint.retention_policies (name, table_name, time_column, condition, keep) "
        "values ('events', 'events', 'at', 'kind = ''go''::varchar or lower(kind) = ''invoice''', "
        "'1 day')"
    )
    creator.execute(PLANTED_OPERATORS)
    # So it would be, with the application's path.
    application.execute("set search_path = app, public")
    captured = "select count(*) as n from public.events where lower(kind) = 'invoice'"
    assert application.execute(captured).fetchone()["n"] == 9
    assert Purge("events").preview(owner)["expired_count"] == 0
    assert Purge("events", duty=1).run(owner)["deleted_count"] == 0
    assert count(application) == 300


def test_temporary_objects_never_come_first(application, database):
    create_people(application)
    planted = (
        "create temporary table deleted_log (what text, path text)",
        "create function pg_temp.spy() returns trigger language plpgsql as "
        "$$ begin raise exception 'caught as %', current_user; end $$",
        "create trigger spy before insert on pg_temp.deleted_log "
        "for each row execute function pg_temp.spy()",
    )
    ((row),) = request(database, "service_role", None, *planted, CLEANUP)
    assert row["answer"]["deleted_count"] == 300, row
    assert fired(application) == FIRED


def test_nothing_of_it_leaks_to_the_caller(application, database):
    shown = "select current_setting('search_path') as path, current_setting('timezone') as zone"
    application.execute(f"alter database {application.info.dbname} set timezone = 'Asia/Tokyo'")
    with closing(connect(database, application_name="test", as_owner=False)) as caller:
        caller.execute("set search_path = app; set timezone = 'Africa/Cairo'")
        for condition in ("true", "id::text::int = 1"):  # the second one fails in its rows
            with caller.transaction():
                caller.execute(
                    "update maint.retention_policies set condition = %s where name = %s",
                    [condition, POLICY],
                )
                for query in (CLEANUP, "select maint.is_admin()", "select preview_cleanup()"):
                    if query.endswith("preview_cleanup()"):
                        continue
                    caller.execute(query)
                    assert caller.execute(shown).fetchone() == {
                        "path": "app", "zone": "Africa/Cairo",
                    }  # fmt: skip


def test_a_system_function_as_a_strangers_trigger_is_named(database, application, creator):
    """PostgreSQL doesn't note who made a trigger: what fails is named, with who may make some."""
    create_people(application)
    application.execute("insert into public.orgs (name) values ('without backup')")
    creator.execute(
        "create trigger trap before insert or update on public.security_alerts for each row "
        "execute function tsvector_update_trigger('no_column', 'pg_catalog.english', 'title')"
    )
    ((row),) = request(database, "authenticated", ADMIN, "select verify_backup_health() as a")
    for words in ("no_column", "public.security_alerts has the triggers trap", "authenticated"):
        assert words.replace("public.", "") in str(row), row


def test_replica_sessions_are_refused(application):
    application.execute("set session_replication_role = replica")
    answer = application.execute(CLEANUP).fetchone()["answer"]
    assert answer["success"] is False and "session_replication_role" in answer["error"]
    assert count(application, OLD) == 300
