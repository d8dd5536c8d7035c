"""The one sensor: what it watches, what fails beside it, and the sessions that it keeps."""

from contextlib import closing
from threading import Event, Thread, Timer
from time import monotonic, sleep

import psycopg
import pytest
from dagster import DagsterInstance, SkipReason, build_sensor_context

from maint_pipeline.database.connection import connect
from maint_pipeline.database.kept import kept_connection
from maint_pipeline.database.worker import worker_url
from maint_pipeline.errors import OtherVersionError
from maint_pipeline.instance.internals.host import OwnHost
from maint_pipeline.ops import all_tasks
from maint_pipeline.sensors import watching
from maint_pipeline.sensors.backup_failures import NEVER
from maint_pipeline.sensors.maintenance import maintenance_sensor
from maint_pipeline.sensors.watching import Tick, WatchError, watch
from maint_pipeline.settings import load_settings
from tests.dev import eventually
from tests.resources import RESOURCES

pytestmark = pytest.mark.any_version

FAILED_BACKUP = """
with org as (insert into public.orgs (name) values ('one') returning id)
insert into public.backup_runs (org_id, status, finished_at) select id, 'failed', now() from org
"""
LOST = """
insert into public.maintenance_task_runs (task_name, status) values ('verify_restore', 'running')
"""
SESSIONS = """
select pid from pg_stat_activity
where application_name like 'maint watches%' and datname = current_database()
"""


@pytest.fixture
def short(database, monkeypatch, home):
    """A tick that is over after a fifth of a second."""
    monkeypatch.setenv("MAINT_DATABASE_URL", database)
    monkeypatch.setenv("MAINT_HOME", str(home))
    monkeypatch.setattr(watching, "TICK_SECONDS", 0.2)
    monkeypatch.setattr(watching, "RETRY_SECONDS", 0.01)

    sensor = maintenance_sensor(list(all_tasks().values()))

    def tick() -> str:
        with DagsterInstance.ephemeral() as instance:
            result = sensor(build_sensor_context(instance=instance, resources=RESOURCES))
        assert isinstance(result, SkipReason)
        return str(result.skip_message)

    yield tick
    for name in watching._WATCHES:
        with kept_connection(worker_url(database), application_name=f"maint watches {name}") as one:
            one.close()


def test_one_tick_sees_to_everything(short, superuser):
    superuser.execute(FAILED_BACKUP)
    superuser.execute(LOST)
    said = short()
    assert said.count("1 created") == 2  # the failed backup, the task whose run was lost
    assert "worker lost" in said and "Notifications are off" in said
    kinds = superuser.execute("select alert_type from public.security_alerts").fetchall()
    assert {row["alert_type"] for row in kinds} == {"backup_failed", "task_failed"}
    assert short() == "Notifications are off: MAINT_NOTIFY_URLS is not set."


def test_its_sessions_are_kept(short, superuser):
    short()
    first = {row["pid"] for row in superuser.execute(SESSIONS).fetchall()}
    short()
    assert len(first) == 3
    assert {row["pid"] for row in superuser.execute(SESSIONS).fetchall()} == first


def test_a_session_that_the_server_ended_is_opened_anew(short, superuser):
    short()
    superuser.execute(f"select pg_terminate_backend(pid, 10000) from ({SESSIONS}) as ours")
    superuser.execute(LOST)
    assert "worker lost" in short()


def test_one_watch_that_fails_is_told_and_holds_up_no_other(short, superuser):
    superuser.execute(LOST)
    superuser.execute("alter table public.backup_runs rename to gone")
    superuser.execute("create view public.backup_runs as select 1 / 0 as status")
    superuser.execute("drop function maint.write_stamp(text[])")
    with pytest.raises(WatchError, match=r"^Watching failed\. backups: "):
        short()
    row = superuser.execute("select status from public.maintenance_task_runs").fetchone()
    assert row["status"] == "failed"


def test_a_watch_that_recovers_within_the_tick_is_no_failure(database, superuser, monkeypatch):
    monkeypatch.setattr(watching, "RETRY_SECONDS", 0.01)
    failures = iter([RuntimeError("once")])

    def recovers(_tick: Tick, _connection: object) -> None:
        for error in failures:
            raise error

    monkeypatch.setattr(watching, "_WATCHES", {"recovers": recovers})
    with DagsterInstance.ephemeral() as instance:
        tick = Tick(worker_url(database), load_settings(), instance, [], NEVER, 5)
        watch(tick)
    assert tick.failed == {} and monotonic() < tick.deadline


def test_a_kept_session_works_on_no_other_version(database, superuser):
    url = worker_url(database)
    with kept_connection(url, application_name="kept") as connection:
        connection.execute("select 1")
    superuser.execute("comment on schema maint is 'of another version'")
    with pytest.raises(OtherVersionError), kept_connection(url, application_name="kept"):
        pass


def test_a_kept_session_is_used_by_one_at_a_time_and_closed_after_an_error(database):
    url = worker_url(database)
    with kept_connection(url, application_name="kept") as first:
        with kept_connection(url, application_name="kept") as second:
            assert first is not second
    with pytest.raises(psycopg.errors.DivisionByZero):
        with kept_connection(url, application_name="kept") as third:
            third.execute("select 1 / 0")
    assert third.closed
    with closing(connect(database, application_name="test", as_owner=False)) as admin:
        query = "select from pg_stat_activity where application_name = 'kept'"
        eventually(lambda: admin.execute(query).rowcount == 0)


def test_a_tick_ends_when_the_code_server_is_to_end(database, superuser):
    """Dagster waits for the tick, for a minute, and stopping would take as long."""
    asked = Event()
    # As Dagster's server has it.
    waits = Thread(
        target=lambda event: event.wait() and sleep(1), args=[asked],
        name="grpc-server-termination", daemon=True,
    )  # fmt: skip
    waits.start()
    host = OwnHost()
    assert not host.is_ending()
    with DagsterInstance.ephemeral() as instance:
        tick = Tick(worker_url(database), load_settings(), instance, [], NEVER, 60, host=host)
        Timer(0.5, asked.set).start()
        for _ in tick.beats(30):
            pass
    assert monotonic() < tick.deadline - 30
    waits.join()
