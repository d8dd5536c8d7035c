"""A worker's machine that is gone without a word: its session, and with it its locks, goes too."""

from contextlib import closing

import pytest

from maint_pipeline.database import opening as ours
from maint_pipeline.database.connection import connect
from maint_pipeline.database.pooler import backend_pid
from tests.dev import eventually
from tests.network import network_to_cut
from tests.server import fresh_server

pytestmark = pytest.mark.full

OVER_TCP = "postgresql://postgres@127.0.0.1/postgres"
STATES = {
    "waits": None,
    "works": b"select pg_sleep(3600)",
    "is told more than it reads": b"select repeat('x', 1000) from generate_series(1, 1000000)",
}


@pytest.mark.parametrize("state", STATES)
def test_the_server_notices_that_a_worker_is_gone(tmp_path, monkeypatch, state):
    monkeypatch.setattr(
        ours,
        "SERVER_KEEPALIVES",
        {"tcp_keepalives_idle": "1s", "tcp_keepalives_interval": "1s",
         "tcp_keepalives_count": "2", "tcp_user_timeout": "3s"},
    )  # fmt: skip
    with (
        network_to_cut() as cut,
        fresh_server(tmp_path, "-c listen_addresses=127.0.0.1") as here,
        closing(connect(here, application_name="looks", as_owner=False)) as onlooker,
        closing(connect(OVER_TCP, application_name="worker", as_owner=False)) as worker,
    ):
        pid = backend_pid(worker)
        lives = "select wait_event from pg_stat_activity where pid = %s"
        assert onlooker.execute(lives, [pid]).fetchone()
        if query := STATES[state]:
            worker.pgconn.send_query(query)
            busy = ("PgSleep", "ClientWrite")
            eventually(lambda: onlooker.execute(lives, [pid]).fetchone()["wait_event"] in busy)
        cut()
        eventually(lambda: onlooker.execute(lives, [pid]).fetchone() is None)


def test_it_takes_less_than_two_minutes(tmp_path):
    with (
        network_to_cut(),
        fresh_server(tmp_path, "-c listen_addresses=127.0.0.1"),
        closing(connect(OVER_TCP, application_name="worker", as_owner=False)) as worker,
    ):
        told = worker.execute(
            "select name, setting::integer as value from pg_settings where name like 'tcp_%'"
        )
        value = {row["name"]: row["value"] for row in told.fetchall()}
    silence = value["tcp_keepalives_interval"] * value["tcp_keepalives_count"]
    assert 0 < value["tcp_keepalives_idle"] + silence < 120
    assert 0 < value["tcp_user_timeout"] < 120_000
