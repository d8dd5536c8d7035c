"""Everything that a schema may have: handled, or named while the rest goes on."""

from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.advice.advise import advise
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.workload import Query, Workload
from maint_pipeline.database.urls import database_url
from tests.advised import like, request, target_of

SCHEMA = (Path(__file__).parents[1] / "advised_objects.sql").read_text()
HANDLED = {
    "expression": "select * from parcels where lower(street) = $1",
    "generated column": "select * from parcels where twice = $1 and street = $2",
    "full text": "select id from parcels where words @@ to_tsquery('simple', $1)",
    "view": "select * from heavy where street = $1",
    "materialized view": "select * from streets where street = $1",
    "function": "select * from parcels_of($1)",
    "partitions": "select * from events where place = $1",
    "unlogged": "select * from passing where street = $1",
    "writes": "delete from parcels where id = $1",
    "merge": "merge into parcels using passing on passing.id = parcels.id "
    "when matched then update set street = passing.street",
}
NAMED = {
    "temporary table": "select * from my_own_list where id = $1",
    "foreign table": "select * from far_away where id = $1",
    "several": "select 1; select 2",
    "no query": "select from where",
}
SIZED = [("hash", "id"), ("hash", "street"), ("brin", "sent"), ("brin", "id, weight")]


@pytest.fixture(scope="module")
def application(server_url):
    with closing(psycopg.connect(server_url, autocommit=True)) as admin:
        admin.execute("create database advice_objects")
        url = database_url(server_url, "advice_objects")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(SCHEMA)
            connection.execute("vacuum (analyze)")
        yield url
        admin.execute("drop database advice_objects with (force)")


def test_each_is_handled_or_named(application, tmp_path):
    queries = [
        Query(name, text, "postgres", 100, 10_000) for name, text in (HANDLED | NAMED).items()
    ]
    found = advise(
        request(application, tmp_path / "scratch"), target_of(application),
        Workload("file", queries, 1.0, "made up"),
    )  # fmt: skip
    assert {row["query"] for row in found.left_out} == set(NAMED.values())
    assert all(row["reason"] for row in found.left_out)
    statements = "\n".join(proposal.statement for proposal in found.proposals)
    for part in ("parcels (lower(street))", "parcels (street", "passing (street)",
                 "parcels using gin (words)"):  # fmt: skip
        assert f"on public.{part}" in statements, statements
    # What only a superuser may make there is missing: foreign tables and their servers.
    assert all("foreign" in text or 'server "far"' in text for text in found.not_seen)


def test_sizes_of_hash_and_brin_indexes(application, tmp_path):
    far = {}
    with (
        like(application, tmp_path / "scratch") as made,
        closing(psycopg.connect(application, autocommit=True)) as connection,
    ):
        bench = Bench(made)
        for method, keys in SIZED:
            index = Index("public", "parcels", tuple(keys.split(", ")), None, method)
            ours = bench.create(index).blocks
            connection.execute(f"create index sized on public.parcels {index.body()}".encode())
            (real,) = connection.execute("select pg_relation_size('sized') / 8192").fetchone()
            connection.execute("drop index sized")
            if abs(ours / real - 1) > 0.25:
                far[index.body()] = (ours, real)
    assert not far
