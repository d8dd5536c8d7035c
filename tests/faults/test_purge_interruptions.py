"""A purge whose server restarts, or whose network goes: the next one goes on."""

import socket
from contextlib import closing, suppress
from threading import Event, Thread

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded
from tests.application import CREATE_PROFILE, OLD, count
from tests.dev import free_port
from tests.server import restartable_server

TASK = "cleanup_old_audit_logs"
ROWS = 100_000


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory, port):
    options = f"-c listen_addresses=127.0.0.1 -c port={port}"
    with restartable_server(tmp_path_factory.mktemp("server"), options) as server:
        yield server


@pytest.fixture
def database(server, port):
    """URL of a database over TCP with 100,000 audit logs, expired and young ones in turns."""
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    with closing(psycopg.connect(url, autocommit=True)) as admin:
        admin.execute("drop database if exists application with (force)")
        admin.execute("create database application")
    url = database_url(url, "application")
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
        install(url)
        application.execute(CREATE_PROFILE)
        application.execute(
            "insert into public.audit_logs (entity, action, user_id, time) "
            "select 'invoice', 'read', (select id from public.profiles), "
            "now() - case when i %% 2 = 0 then interval '200 days' else interval '1 day' end "
            "from generate_series(1, %s) as i",
            [ROWS],
        )
    return url


def purge_until(url: str, interrupt) -> None:
    """Purge as the task does, and interrupt it after its third batch."""
    reached = Event()

    def work(run):
        def after(progress):
            if progress.batches == 3:
                reached.set()

        return Purge(TASK, duty=0.1).run(run.connection, after)

    def wait_and_interrupt():
        assert reached.wait(60)
        interrupt()

    interrupter = Thread(target=wait_and_interrupt)
    interrupter.start()
    try:
        with pytest.raises(psycopg.Error):
            run_recorded(url, TASK, RunContext("cli"), work)
    finally:
        interrupter.join()


def assert_the_next_run_finishes(url: str) -> None:
    with closing(connect(url, application_name="test")) as connection:
        left = count(connection, OLD)
        # A server that is killed may forget the last batches, whose commits wait for no disk.
        assert 0 < left <= ROWS / 2 and count(connection, f"not ({OLD})") == ROWS / 2
        outcome = run_recorded(
            url, TASK, RunContext("cli"), lambda run: Purge(TASK, duty=1).run(run.connection)
        )
        assert outcome.details["deleted_count"] == left
        assert count(connection, OLD) == 0 and count(connection) == ROWS / 2
        runs = connection.execute(
            "select status from public.maintenance_task_runs order by started_at"
        ).fetchall()
    assert [run["status"] for run in runs] == ["failed", "completed"]


def test_the_server_is_killed_and_starts_again(server, database):
    purge_until(database, server.restart)
    assert_the_next_run_finishes(database)


@pytest.mark.full
def test_the_network_goes(database, port):
    network = Network(port)
    purge_until(network.url(database), network.cut)
    assert_the_next_run_finishes(database)


class Network:
    """A port that leads to another until it is cut."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.ends: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    def url(self, direct: str) -> str:
        port = self.listener.getsockname()[1]
        return psycopg.conninfo.make_conninfo(direct, host="127.0.0.1", port=port)

    def cut(self) -> None:
        self.listener.close()
        for end in self.ends:
            with suppress(OSError):  # one side may have ended by itself
                end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
                self.ends += (near, far)
                Thread(target=self._pump, args=(near, far), daemon=True).start()
                Thread(target=self._pump, args=(far, near), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
