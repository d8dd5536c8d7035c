"""Faults of sessions: too many, too long, blocked, holding back vacuum."""

from contextlib import ExitStack, closing, suppress

import psycopg

from tests.dev import eventually
from tests.health_faults.bench import Planted, fault


@fault("connections_near_limit")
def server_full(bench) -> Planted:
    bench.limit("connections_near_limit", used="0.5")
    with ExitStack() as stack:
        for _ in range(22):
            stack.enter_context(closing(bench.session()))
        yield "server"


@fault("connections_near_limit")
def role_full(bench) -> Planted:
    bench.do("create role crowd login superuser connection limit 2")
    with closing(bench.session("crowd")), closing(bench.session("crowd")):
        bench.do("alter role crowd nosuperuser")
        yield "role crowd"
    eventually(lambda: _none_of(bench, "crowd"), 10)
    bench.do("drop role crowd")


def _none_of(bench, role: str) -> bool:
    rows = bench.admin.execute("select from pg_stat_activity where usename = %s", [role])
    return rows.fetchone() is None


@fault("transaction_long")
def statement_of_hours(bench) -> Planted:
    bench.limit("transaction_long", after="10 milliseconds")
    with closing(bench.session()) as session:
        session.pgconn.send_query(b"begin; select pg_sleep(60)")
        yield "postgres (planted) in postgres"
        bench.do(f"select pg_terminate_backend({session.info.backend_pid}, 5000)")


@fault("transaction_idle")
def forgotten_commit(bench) -> Planted:
    bench.limit("transaction_idle", after="10 milliseconds")
    with closing(bench.session()) as session:
        session.execute("begin")
        yield "postgres (planted) in postgres"


@fault("transaction_prepared_long")
def prepared(bench) -> Planted:
    bench.limit("transaction_prepared_long", after="1 millisecond")
    bench.do("begin; select pg_current_xact_id(); prepare transaction 'it''s mine'")
    yield "it's mine of postgres in postgres"
    bench.do("rollback prepared 'it''s mine'")


@fault("session_blocked")
def queue_behind_a_change(bench) -> Planted:
    bench.limit("session_blocked", after="10 milliseconds")
    bench.do('create table public."wait here" (id integer)')
    with (
        closing(bench.session()) as reader,
        closing(bench.session()) as change,
        closing(bench.session()) as last,
    ):
        reader.execute('begin; select from public."wait here"')
        change.pgconn.send_query(b'alter table public."wait here" add column more text')
        eventually(lambda: waiting(bench) == 1, 10)
        last.pgconn.send_query(b'select from public."wait here"')
        eventually(lambda: waiting(bench) == 2, 10)
        yield "postgres (planted) in postgres"
        with suppress(psycopg.OperationalError):  # a fix may have ended it
            reader.execute("rollback")
    eventually(lambda: waiting(bench) == 0, 10)
    bench.do('drop table public."wait here"')


def waiting(bench) -> int:
    return bench.admin.execute("select count(*) from pg_locks where not granted").fetchone()[0]


@fault("xmin_held")
def snapshot_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    with closing(bench.session()) as session:
        session.execute("begin isolation level repeatable read; select")
        bench.burn(5)
        yield "session postgres (planted)"


@fault("xmin_held")
def prepared_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    bench.do("begin; select pg_current_xact_id(); prepare transaction 'old'")
    bench.burn(5)
    yield "prepared transaction old"
    bench.do("rollback prepared 'old'")


@fault("xmin_held")
def slot_of_long_ago(bench) -> Planted:
    bench.limit("xmin_held", transactions="3")
    bench.do("select pg_create_logical_replication_slot('decoder', 'pgoutput')")
    bench.burn(5)
    yield "slot decoder"
    bench.do("select pg_drop_replication_slot('decoder')")
