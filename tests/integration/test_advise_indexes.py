"""advise_indexes: what is advised is kept, and what was followed is judged by what it promised."""

import threading
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.advice.followed import keep, look
from maint_pipeline.advice.proposals import Advice, Proposal
from tests.advised import target_of

QUERY = "select count(*) from public.parcels where street = 'Street 7'"
BEFORE = {"id": "1", "login": "app", "calls_per_hour": 100.0, "ms_before": 5000.0, "ms_after": 50.0}


@pytest.fixture
def parcels(superuser):
    superuser.execute("create table public.parcels (id integer, street text)")
    superuser.execute(
        "insert into public.parcels select n, 'Street ' || n % 900 from generate_series(1, 60000) n"
    )
    superuser.execute("analyze public.parcels")


@pytest.fixture
def asked_all_the_time(database, parcels):
    stop = threading.Event()

    def ask() -> None:
        with closing(psycopg.connect(database, autocommit=True)) as connection:
            while not stop.is_set():
                connection.execute(QUERY).fetchall()

    thread = threading.Thread(target=ask)
    thread.start()
    yield
    stop.set()
    thread.join()


def advised(superuser) -> dict:
    return superuser.execute("select * from maint.advice where kind = 'index'").fetchone()


def test_the_task_advises_remembers_and_sees_what_is_followed(cli, superuser, asked_all_the_time):
    (done,) = cli.json("run", "advise_indexes", "--set", "sample_seconds=3")
    assert done["status"] == "completed", done
    assert done["details"]["indexes"] == 1
    assert done["details"]["index_bytes"] > 0 and done["details"]["saved_ms_per_hour"] > 0
    row = advised(superuser)
    assert (row["relation"], row["definition"]) == ("public.parcels", "btree (street)")
    # The texts of queries may hold anything: they are not kept.
    assert "Street 7" not in str(row)
    superuser.execute("create index another_name on public.parcels (street)")
    (done,) = cli.json("run", "advise_indexes", "--set", "sample_seconds=1")
    assert done["details"]["followed"] == 1 and done["details"]["indexes"] == 0
    assert advised(superuser)["followed_at"] and advised(superuser)["outcome"] is None


@pytest.fixture
def followed(superuser, owner, database, parcels):
    proposal = Proposal(
        "index", "public.parcels", "create index concurrently x on public.parcels (street);", "",
        saved_ms_per_hour=4950, queries=[BEFORE], definition="btree (street)",
    )  # fmt: skip
    keep(owner, Advice([proposal]))
    assert look(owner, target_of(database), {}) == []
    superuser.execute("create index parcels_street on public.parcels (street)")

    def judge(counted: dict, scans: int = 1) -> dict:
        (row,) = look(owner, target_of(database), {"1 app": [1000.0, 60_000.0]})
        assert row["outcome"] == "not judged yet"
        superuser.execute("update maint.advice set followed_at = now() - interval '8 days'")
        for _ in range(scans):
            superuser.execute("set enable_seqscan = off")
            superuser.execute(QUERY).fetchall()
        superuser.execute("select pg_stat_force_next_flush()")
        (row,) = look(owner, target_of(database), counted)
        # What is judged is not judged again.
        assert look(owner, target_of(database), counted) == []
        return row

    return judge


@pytest.mark.parametrize(
    ("milliseconds", "outcome"),
    [
        (60_000 + 200 * 0.6, "came true"),
        (60_000 + 200 * 40, "came true in part"),
        (60_000 + 200 * 55, "did not come true"),
    ],
)
def test_what_was_promised_beside_what_came_true(followed, milliseconds, outcome):
    row = followed({"1 app": [1200.0, milliseconds]})
    assert row["outcome"] == outcome
    assert "where they would have taken 10.0 s before, and 0.1 s were promised" in row["reason"]


def test_an_index_that_nothing_scans_did_not_come_true(followed):
    row = followed({"1 app": [1200.0, 60_001.0]}, scans=0)
    assert row["outcome"] == "did not come true" and "drop it" in row["reason"]


def test_without_counted_queries_nothing_is_claimed(followed):
    row = followed({})
    assert row["outcome"] == "can't be measured" and "scanned 1 time;" in row["reason"]


def test_advice_that_was_undone_is_advice_again(followed, superuser, owner, database):
    followed({"1 app": [1200.0, 60_001.0]})
    superuser.execute("drop index public.parcels_street")
    proposal = Proposal("index", "public.parcels", "…", "", definition="btree (street)")
    keep(owner, Advice([proposal]))
    row = advised(superuser)
    assert row["followed_at"] is None and row["outcome"] is None
