"""`maint dev` when its databases are away for a while: it goes on by itself when they are back."""

import time
from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest

from maint_pipeline.database.urls import database_url
from maint_pipeline.sample import create_sample_application
from tests.application import CREATE_OLD_ROWS
from tests.dev import Dev, eventually, gone
from tests.server import restartable_server

pytestmark = pytest.mark.full

AWAY_SECONDS = 12
SENSOR = "maintenance_sensor"
TICKED = """
select count(*) from job_ticks where status = 'SKIPPED' and update_timestamp > %s
    and tick_body like '%%' || %s || '%%'
"""


# Enough for a cleanup at one percent to take its time.
MANY_MORE = """
insert into public.audit_logs (entity, action, user_id, time)
    select entity, action, user_id, time from public.audit_logs, generate_series(1, 200)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with restartable_server(tmp_path_factory.mktemp("server")) as server:
        with closing(psycopg.connect(server.url, autocommit=True)) as connection:
            connection.execute("create database app")
            connection.execute("create database dagster")
        url = database_url(server.url, "app")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            create_sample_application(connection)
            connection.execute(CREATE_OLD_ROWS)
            connection.execute(MANY_MORE)
        yield server


@pytest.fixture(scope="module")
def dev(server, tmp_path_factory):
    running = Dev(
        tmp_path_factory.mktemp("dev") / "home",
        MAINT_DATABASE_URL=database_url(server.url, "app"),
        MAINT_DAGSTER_DATABASE_URL=database_url(server.url, "dagster"),
    )
    try:
        yield running.wait_until_up()
    finally:
        if running.process.poll() is None:
            running.stop()


def test_the_first_requests_after_a_restart_of_the_storage_work(dev, server):
    for _ in range(3):  # so that the web server holds connections
        dev.graphql("{ runsOrError { ... on Runs { results { id } } } }")
    server.restart()
    # Not a word about it: the request is answered, and the run is launched.
    answer = dev.graphql("{ runsOrError { __typename } }")
    assert answer["runsOrError"]["__typename"] == "Runs", answer
    server.restart()
    run_id = dev.launch("maintenance_health")
    assert dev.finished(run_id) == "SUCCESS"


def test_some_time_without_the_databases(dev, server):
    """A run at work, the daemon and all sensors; the same code decides after minutes."""
    run_id = dev.launch("cleanup_old_audit_logs", duty_percent=1)
    dev.working(run_id)
    processes = dev.processes()
    server.run("pg_ctl", "-m", "immediate", "stop")
    time.sleep(AWAY_SECONDS)
    assert dev.process.poll() is None, dev.output.read_text()
    server.start()

    row = eventually(lambda: (found := dev.ledger(run_id))["status"] == "failed" and found, 180)
    assert row["error_message"]
    assert dev.finished(run_id) == "FAILURE"
    back = time.time()
    assert dev.finished(dev.launch("cleanup_old_audit_logs")) == "SUCCESS"
    assert dev.sql("select id from audit_logs where time < now() - interval '90 days'") == []
    app, dev.database_url = dev.database_url, database_url(server.url, "dagster")
    at = datetime.fromtimestamp(back, UTC).replace(tzinfo=None)
    eventually(lambda: dev.sql(TICKED, [at, SENSOR])[0]["count"], 180)
    dev.database_url = app
    assert dev.stop() == 0
    eventually(lambda: gone(processes))
