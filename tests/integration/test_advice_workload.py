"""Where the workload comes from: pg_stat_statements where it is, else what runs now."""

import os
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.advice.advise import advise
from maint_pipeline.advice.workload import ACTIVITY, STATEMENTS, read_workload
from maint_pipeline.database.connection import connect, reading_only
from tests.advised import advised_database, request, target_of
from tests.server import fresh_server

PRELOADED = "-c shared_preload_libraries=pg_stat_statements"
EXTENSION = Path("/usr/share/postgresql/15/extension/pg_stat_statements.control")
QUERY = "select count(*) from public.comments where task_id = %s"
CLAIMS = '{"sub": "00000000-0000-0000-0000-000000000001", "role": "authenticated"}'


def a_user(url: str) -> psycopg.Connection:
    connection = psycopg.connect(url, autocommit=True)
    connection.execute("set role authenticated")
    connection.execute("select set_config('request.jwt.claims', %s, false)", [CLAIMS])
    return connection


@contextmanager
def queries_that_run(url: str) -> Iterator[None]:
    """Let a user ask the same again and again while a block runs."""
    stop = threading.Event()

    def ask() -> None:
        with closing(a_user(url)) as user:
            while not stop.is_set():
                user.execute(QUERY, [3]).fetchall()

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def workload_of(url: str, seconds: float):
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        with reading_only(connection):
            return read_workload(connection, target_of(url), seconds)


@pytest.fixture
def application(server_url):
    with advised_database(server_url, "sampled", 5000) as url:
        yield url


def test_without_the_extension_what_runs_is_sampled(application):
    with queries_that_run(application):
        found = workload_of(application, 2)
    assert found.source == ACTIVITY
    assert "what ran at other times, or is very short, is missing" in found.trust
    (query,) = [query for query in found.queries if "comments" in query.text]
    # The session's role, which its SET ROLE does not change in pg_stat_activity.
    assert query.role == "postgres"
    assert query.calls > 0
    assert query.milliseconds > 0


@pytest.mark.skipif(
    "MAINT_TEST_BIN_DIR" not in os.environ or not EXTENSION.exists(),
    reason="this server has no pg_stat_statements",
)
def test_with_the_extension_all_that_ran_is_advised_on(tmp_path):
    with (
        fresh_server(tmp_path, PRELOADED) as server_url,
        advised_database(server_url, "app", 10_000) as url,
    ):
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("create extension pg_stat_statements")
            connection.execute("select pg_stat_statements_reset()")
        with closing(a_user(url)) as user:
            for number in range(25):
                user.execute(QUERY, [number]).fetchall()
        found = workload_of(url, 1)
        assert found.source == STATEMENTS
        (query,) = [query for query in found.queries if "comments" in query.text]
        # As the role that SET ROLE chose: policies bind it.
        assert query.role == "authenticated"
        assert "$1" in query.text
        advice = advise(request(url, tmp_path / "scratch"), target_of(url), found)
        statements = [proposal.statement for proposal in advice.proposals]
        assert any("on public.comments (task_id)" in text for text in statements), statements
