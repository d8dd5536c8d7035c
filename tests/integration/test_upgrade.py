"""A database and an archive of an older state: brought to today, with nothing lost."""

import re
import shutil
from contextlib import closing
from dataclasses import dataclass

import psycopg
import pytest
from dagster import DagsterInstance, build_sensor_context

from maint_pipeline.alerts.outbox import due_notifications, register_channels
from maint_pipeline.database.connection import connect
from maint_pipeline.database.owners import Owners
from maint_pipeline.database.version import NEWER
from maint_pipeline.definitions import defs
from maint_pipeline.errors import OtherVersionError
from maint_pipeline.installation.install import install, is_installed, remove
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.inventory import inventory, recorded
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.restore import Restore
from maint_pipeline.sensors import watching
from maint_pipeline.sensors.maintenance import maintenance_sensor
from tests.application import TASKS, administrator
from tests.cli import Cli
from tests.dev import environment
from tests.dying import install_until_a_new_step
from tests.resources import RESOURCES
from tests.upgrades import STATES, load

TABLES = """
select format('%I.%I', nspname, relname) as table,
    string_agg(quote_ident(attname), ', ' order by attnum) as columns
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
join pg_attribute on attrelid = pg_class.oid
where nspname in ('public', 'auth', 'maint') and relkind = 'r' and attnum > 0 and not attisdropped
group by 1 order by 1
"""
# What an upgrade changes in rows that are there: of the catalogue, only what people set stays.
KEPT_COLUMNS = {"maint.alembic_version": "", "maint.checks": "name, enabled"}
# What has another name since.
RENAMED = {"maint.restore_proofs": "maint.restore_tests"}
RENAMED_COLUMNS = {"gather_for": "group_wait", "digest_from": "digest_threshold"}
RENAMED_FUNCTIONS = {
    "is_graver", "visitors", "staying", "distrust", "heed_finding", "counted",
    "drop_moot_notifications", "put_off_notifications",
}  # fmt: skip
# Where it may add rows of its own.
GROWS = {"maint.checks", "maint.check_thresholds", "maint.settings", "maint.trusted_owners"}


@dataclass(frozen=True)
class Old:
    """A loaded old state: the superuser's URL, and a copy of its archive."""

    url: str
    archive: Archive


@pytest.fixture(params=STATES, ids=lambda folder: folder.name)
def old(request, new_database, tmp_path) -> Old:
    url = new_database()
    load(url, request.param)
    shutil.copytree(request.param / "archive", tmp_path / "archive")
    return Old(url, Archive(str(tmp_path / "archive")))


@pytest.fixture
def superuser(old):
    with closing(connect(old.url, application_name="test", as_owner=False)) as connection:
        yield connection


@pytest.fixture
def owner(old):
    """A connection as tasks have it, to the upgraded database."""
    assert install(old.url)
    with closing(connect(old.url, application_name="test")) as connection:
        yield connection


def tables(url: str) -> dict[str, str]:
    """The columns of each table, but for what an upgrade is to change."""
    with closing(psycopg.connect(url)) as connection:
        found = {**dict(connection.execute(TABLES).fetchall()), **KEPT_COLUMNS}
    return {table: columns for table, columns in found.items() if columns}


def contents(url: str, columns: dict[str, str]) -> dict[str, list[str]]:
    with closing(psycopg.connect(url)) as connection:
        return {
            table: [
                line
                for (line,) in connection.execute(
                    f"select row({names})::text from {table} order by 1"
                ).fetchall()
            ]
            for table, names in columns.items()
        }


def upgraded(columns: dict[str, str]) -> dict[str, str]:
    """Give the columns of old tables as they are named after an upgrade."""
    now = {RENAMED.get(table, table): names for table, names in columns.items()}
    for old, new in RENAMED_COLUMNS.items():
        now = {table: re.sub(rf"\b{old}\b", new, names) for table, names in now.items()}
    return now


def one(connection, query: str) -> object:
    (value,) = connection.execute(query).fetchone().values()
    return value


def assert_nothing_lost(before: dict[str, list[str]], after: dict[str, list[str]]) -> None:
    for name, rows in before.items():
        table = RENAMED.get(name, name)
        assert [row for row in rows if row not in after[table]] == [], table
        if table not in GROWS:
            assert after[table] == rows, table


def test_every_row_stays_as_it_was(old):
    columns = tables(old.url)
    before = contents(old.url, columns)
    # All of what people and tasks write is there to be lost.
    for table in (
        "retention_policies", "legal_holds", "detaching_partitions", "archived_chunks", "baseline",
        "maintenance_windows", "notification_channels", "notifications", "backup_sources",
        "restore_proofs", "ignored_findings", "known_traits", "activity_hours",
    ):  # fmt: skip
        assert before[f"maint.{table}"], table
    assert install(old.url)
    assert_nothing_lost(before, contents(old.url, upgraded(columns)))
    assert is_installed(old.url) and not install(old.url)


def test_functions_with_old_names_are_gone(superuser, owner):
    query = "select proname from pg_proc where pronamespace = 'maint'::regnamespace"
    names = {row["proname"] for row in superuser.execute(query).fetchall()}
    assert not names & RENAMED_FUNCTIONS


def test_what_people_decided_holds(old, superuser, owner):
    opened = superuser.execute(
        "select count(*) as n, count(acknowledged_at) as taken, "
        "count(*) filter (where silenced_until > now()) as silenced "
        "from public.get_unresolved_security_alerts()"
    ).fetchone()
    assert opened["n"] > 5 and opened["taken"] == 1 and opened["silenced"] == 1
    held = one(superuser, "select value from maint.legal_holds where column_name = 'user_id'")
    for task in TASKS:
        answer = one(superuser, f"select public.{task}()")
        assert answer["success"], answer
    silenced = "select count(*) from public.security_alerts where silenced_until > now()"
    assert one(superuser, silenced) == 1
    ignored = (
        "select count(*) from public.security_alerts "
        "join maint.ignored_findings using (fingerprint) where resolved is not true"
    )
    assert one(superuser, ignored) == 0
    logs = f"select count(*) from public.audit_logs where user_id = '{held}'"
    before = one(superuser, logs)
    Purge("cleanup_old_audit_logs", duty=1).run(owner)
    assert one(superuser, logs) == before
    assert one(superuser, "select maint.threshold('mass_read', 'reads')") == "200"
    assert one(superuser, "select enabled from maint.checks where name = 'unused_index'") is False


def test_parts_of_runs_are_known_as_such(old, superuser):
    superuser.execute(
        "insert into public.maintenance_task_runs (task_name, started_at, status) values "
        "('cleanup_expired_rows', '2026-11-01', 'completed'), "
        "('cleanup_expired_rows:old', '2026-11-01 00:01', 'completed')"
    )
    install(old.url)
    part = "select of_task from maint.task_runs where is_part"
    assert one(superuser, part) == "cleanup_expired_rows"


def test_the_outbox_goes_on(superuser, owner):
    register_channels(owner, ["ops", "security"], "medium")
    owner.execute("update maint.notifications set due_at = now() where state = 'waiting'")
    waiting = one(superuser, "select count(*) from maint.notifications where state = 'waiting'")
    due = due_notifications(owner, "ops")
    assert 0 < len(due) <= waiting
    states = "select array_agg(distinct state order by state) from maint.notifications"
    assert {"dead", "sent", "waiting"} <= set(one(superuser, states))


def test_jobs_on_an_upgraded_database(old, owner, monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", old.url)
    monkeypatch.setenv("MAINT_ARCHIVE_URL", old.archive.root)
    for task in (*TASKS, "cleanup_expired_rows"):
        assert defs.resolve_job_def(task).execute_in_process().success, task
    assert one(owner, "select count(*) from public.sessions") == 20  # its policy is disabled
    assert one(owner, "select count(*) from public.parcels where id = 7") == 1  # on legal hold
    states = one(owner, "select count(*) from maint.detaching_partitions")
    assert (states, one(owner, "select to_regclass('public.readings_2024')")) == (0, None)
    closed = one(owner, "select array_agg(dagster_run_id) from maint.close_all_lost_task_runs()")
    assert closed == ["lost-run"]


@pytest.mark.parametrize("kind", ["parcels", "clicks"])
def test_an_old_archive_is_restored_exactly(old, superuser, owner, kind):
    states = {row["state"] for row in inventory(owner, old.archive, f"old_{kind}", read=True)}
    assert states == {"sound"}
    chunks, faulty = recorded(owner, old.archive, f"old_{kind}")
    assert len({chunk.file.split("/")[1] for chunk in chunks}) == 2 and not faulty
    for _ in range(2):  # the second time changes nothing
        done = Restore(f"public.{kind}", "at").run(
            owner, old.archive, chunks, Owners(administrator(owner))
        )
        assert done.problems == []
        line = "select t::text as line from public.{} as t order by 1"
        now, before = (
            [row["line"] for row in superuser.execute(line.format(table)).fetchall()]
            for table in (kind, f"{kind}_before")
        )
        assert now == before


def test_going_down_gives_back_the_application_and_a_file_of_the_history(old, home, monkeypatch):
    monkeypatch.setenv("MAINT_HOME", str(home))
    columns = {
        table: names for table, names in tables(old.url).items() if not table.startswith("maint.")
    }
    del columns["public.maintenance_task_runs"]
    columns["public.security_alerts"] = "id, alert_type, severity, title, resolved, created_at"
    before = contents(old.url, columns)
    runs = contents(old.url, {"public.maintenance_task_runs": "id"})
    install(old.url)
    text = remove(old.url).read_text()
    assert contents(old.url, columns) == before
    with closing(psycopg.connect(old.url)) as connection:
        assert connection.execute("select to_regnamespace('maint')").fetchone() == (None,)
    for run in runs["public.maintenance_task_runs"]:
        assert run.strip("()") in text


@pytest.mark.full
@pytest.mark.any_version
def test_killed_after_every_step(old):
    columns = tables(old.url)
    before, done = contents(old.url, columns), []
    while step := install_until_a_new_step(old.url, done):
        done.append(step)
        assert len(done) < 30
    assert len(done) >= 4 and is_installed(old.url)
    assert_nothing_lost(before, contents(old.url, upgraded(columns)))


def test_todays_program_on_an_old_database(old, storage, home):
    with pytest.raises(OtherVersionError, match="run `maint migrate`"):
        connect(old.url, application_name="test")
    variables = {"MAINT_DATABASE_URL": old.url, "MAINT_DAGSTER_DATABASE_URL": storage}
    cli = Cli({**environment(home), **variables})
    for words in (("run", TASKS[0]), ("alerts",)):
        answer = cli(*words)
        assert answer.returncode == 2, answer
        assert "another version than this program: run `maint migrate`" in answer.stderr
        assert "Traceback" not in answer.stderr


def test_todays_sensor_on_an_old_database(old, monkeypatch):
    monkeypatch.setenv("MAINT_DATABASE_URL", old.url)
    monkeypatch.setattr(watching, "TICK_SECONDS", 0.1)
    sensor = maintenance_sensor([])
    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(watching.WatchError, match="run `maint migrate`"):
            sensor(build_sensor_context(instance=instance, resources=RESOURCES))


def test_an_older_program_on_todays_database(old, owner):
    """It says `maint ...` at its connection but no version, as the state of 2026-11-25 did."""
    options = {"autocommit": True, "application_name": "maint cleanup_old_audit_logs"}
    with closing(psycopg.connect(old.url, **options)) as older:
        older.execute("set role maint_owner")
        for first_statement in (
            "select pg_try_advisory_lock(maint.task_lock_key('cleanup_old_audit_logs')) as locked",
            "select id, event from maint.due_notifications('ops')",
        ):
            with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState) as refused:
                older.execute(first_statement)
            assert refused.value.diag.message_primary == NEWER
    with closing(psycopg.connect(old.url, autocommit=True)) as anybody:
        anybody.execute("update maint.notifications set state = 'waiting' where state = 'dead'")


def test_todays_program_on_a_newer_database(old, owner, superuser):
    superuser.execute("update maint.alembic_version set version_num = '9999'")
    superuser.execute("comment on schema maint is 'maint_pipeline: version of tomorrow'")
    for attempt in (lambda: connect(old.url, application_name="x"), lambda: install(old.url)):
        with pytest.raises(OtherVersionError) as refused:
            attempt()
        assert str(refused.value) == NEWER
