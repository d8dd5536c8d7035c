"""`maint daemon`: however many are started, one works, and a watchdog hears that it does."""

import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import psycopg
import pytest
from dagster import DagsterInstance
from dagster._daemon.types import DaemonHeartbeat

from maint_pipeline.database.connection import connect
from maint_pipeline.instance import lease as leases
from maint_pipeline.instance import watchdog
from maint_pipeline.instance.lease import Lease, holds, try_lease
from tests.dev import environment, eventually, gone


class Daemon:
    """`maint daemon`, on a home of its own as another machine would have it."""

    def __init__(self, folder: Path, databases: dict[str, str]) -> None:
        folder.mkdir()
        self.output = folder / "output"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "daemon"],
                stdout=output, stderr=output, env={**environment(folder / "home"), **databases},
                start_new_session=True,
            )  # fmt: skip

    def said(self, words: str, times: int = 1) -> bool:
        text = self.output.read_text()
        assert self.process.poll() is None or words in text, text
        return text.count(words) >= times

    def works(self) -> psutil.Process | None:
        """Dagster's daemon that it runs."""
        children = psutil.Process(self.process.pid).children()
        found = [p for p in children if "dagster._daemon" in p.cmdline()]
        return found[0] if found else None


@pytest.fixture
def databases(new_database, template):
    return {
        "MAINT_DATABASE_URL": new_database(template),
        "MAINT_DAGSTER_DATABASE_URL": new_database(),
    }


@pytest.fixture
def start(tmp_path, databases):
    """Starts `maint daemon`; whatever is left of it is killed after the test."""
    started: list[Daemon] = []

    def run(**variables: str) -> Daemon:
        started.append(Daemon(tmp_path / str(len(started)), {**databases, **variables}))
        return started[-1]

    yield run
    for daemon in started:
        if daemon.process.poll() is None:
            left = psutil.Process(daemon.process.pid).children(recursive=True)
            for process in (*left, daemon.process):
                process.kill()
            daemon.process.wait()


class Watchdog:
    """What a watchdog's service does: it notes that it was asked."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        noted = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                noted.set()
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_arguments) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/secret-of-the-watchdog"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def dog():
    served = Watchdog()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.mark.full
def test_one_leads_and_another_takes_over(start, databases, dog):
    first = start(MAINT_WATCHDOG_URL=dog.url)
    eventually(lambda: first.said("Leads"), seconds=120)
    second = start()
    eventually(lambda: second.said("Standby"), seconds=120)
    assert dog.asked.wait(120)
    assert second.works() is None and first.works() is not None

    # The leader's machine dies: its daemon goes with it, the standby leads.
    was = first.works()
    first.process.kill()
    first.process.wait()
    eventually(lambda: second.said("Leads"))
    eventually(lambda: gone([was]))
    assert "secret" not in first.output.read_text()

    # The leader's session is gone: so is its daemon, until it leads again.
    was = second.works()
    with closing(psycopg.connect(databases["MAINT_DAGSTER_DATABASE_URL"], autocommit=True)) as one:
        one.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name = 'maint daemon' and datname = current_database()"
        )
    eventually(lambda: second.said("Leads", times=2))
    eventually(lambda: gone([was]))
    eventually(second.works)

    second.process.send_signal(signal.SIGTERM)
    left = psutil.Process(second.process.pid).children(recursive=True)
    assert second.process.wait(120) == 0
    assert psutil.wait_procs(left, timeout=60)[1] == []


@pytest.mark.full
def test_a_daemon_that_ends_is_an_error(start):
    daemon = start()
    works = eventually(lambda: daemon.said("Leads") and daemon.works(), seconds=120)
    works.kill()
    assert daemon.process.wait(120) == 1
    assert "Dagster's daemon stopped with exit code -9" in daemon.output.read_text()


@pytest.fixture
def lease_storage(new_database):
    """URL of a database with Dagster's table, and no more."""
    url = new_database()
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("create table kvs (key text not null, value text)")
        connection.execute("create unique index idx_kvs_keys_unique on kvs (key)")
    return url


def session(url: str):
    connection = connect(url, application_name="maint daemon", as_owner=False)
    connection.execute("reset search_path")
    return closing(connection)


def test_a_lease_is_held_by_one_session_that_lives(lease_storage):
    with session(lease_storage) as second:
        with session(lease_storage) as first:
            lease = try_lease(first)
            assert lease and holds(first, lease)
            assert try_lease(second) is None
        taken = eventually(lambda: try_lease(second))
        assert holds(second, taken) and not holds(second, lease)


@pytest.mark.parametrize(
    "value",
    ["", "rubbish", "[]", '{"backend_pid": 1}', '{"backend_pid": "x", "login": 1, "sign": []}'],
)
def test_rubbish_is_no_lease(lease_storage, value):
    with session(lease_storage) as first:
        first.execute("insert into kvs values (%s, %s)", [leases.DAEMON, value])
        assert try_lease(first)


def test_a_stranger_can_neither_take_the_lease_nor_be_in_the_way(lease_storage):
    """Who may only connect takes the key that the leader had, and the number of its backend."""
    with session(lease_storage) as leader, session(lease_storage) as stranger:
        lease = try_lease(leader)
        sign = lease.sign
        leader.execute("select pg_advisory_unlock(%s)", [sign])
        stranger.execute("select pg_advisory_lock(%s)", [sign])
        again = try_lease(leader)
        assert again and again.sign != sign and try_lease(stranger) is None


def test_a_storage_that_does_not_answer_ends_the_lead(lease_storage, monkeypatch):
    monkeypatch.setattr(leases, "ANSWER_SECONDS", 0.2)
    with session(lease_storage) as leader, session(lease_storage) as other:
        lease = try_lease(leader)
        # Nothing arrives while the table is locked, as when the network is gone.
        with other.transaction():
            other.execute("lock table kvs")
            assert not holds(leader, lease)


def test_a_lease_taken_away_is_lost(lease_storage):
    with session(lease_storage) as leader:
        lease = try_lease(leader)
        leader.execute("delete from kvs")
        assert not holds(leader, lease)
        assert not holds(leader, Lease(1, 1, 1))


def test_the_watchdog_hears_only_of_fresh_heartbeats(tmp_path):
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        since = time.time()

        def beat(at: float) -> bool:
            for kind in instance.get_required_daemon_types():
                instance.add_daemon_heartbeat(DaemonHeartbeat(at, kind, "id", []))
            return watchdog.is_healthy(instance, since)

        assert not watchdog.is_healthy(instance, since)
        assert beat(since)
        assert not beat(since - 1), "another daemon's"
        since = time.time() - 1000
        assert not beat(since + 1), "too old"
        assert beat(time.time())
