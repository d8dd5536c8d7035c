"""Faults of what the server works on: WAL, caches, temporary files, deadlocks."""

from contextlib import closing, suppress

import psycopg

from tests.dev import eventually
from tests.health_faults.bench import Planted, fault


@fault("wal_growing")
def wal_kept_for_a_slot(bench) -> Planted:
    bench.limit("wal_growing", megabytes="1")
    bench.do("select pg_create_physical_replication_slot('keeper', true)")
    for _ in range(8):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    yield "pg_wal"
    bench.do("select pg_drop_replication_slot('keeper')", "checkpoint")


@fault("checkpoints_forced")
def checkpoint_after_checkpoint(bench) -> Planted:
    bench.pass_an_hour()
    for _ in range(8):
        bench.do("select pg_current_xact_id()", "checkpoint")
    yield "checkpoints"


@fault("temporary_files")
def sorts_on_the_disk(bench) -> Planted:
    bench.limit("temporary_files", megabytes_an_hour="1")
    bench.pass_an_hour()
    bench.do(
        "set work_mem = '64kB'", "set enable_hashagg = off",
        "select count(*) from (select distinct md5(n::text) from generate_series(1, 200000) as n) "
        "as sorted",
        "select pg_stat_force_next_flush()",
    )  # fmt: skip
    yield "temporary files"


@fault("cache_hits_dropped")
def memory_that_is_too_small(bench) -> Planted:
    bench.pass_an_hour()
    bench.do("""
        insert into maint.health_samples (taken_at, figures)
        select taken_at - n * interval '1 hour', figures || jsonb_build_object(
            'blocks_hit', (figures ->> 'blocks_hit')::bigint - 1000000 - n * 100000,
            'blocks_read', (figures ->> 'blocks_read')::bigint - 1000000 - n)
        from maint.health_samples cross join generate_series(1, 30) as n
    """)
    bench.do("""
        update maint.health_samples
        set figures = figures || jsonb_build_object(
            'blocks_read', (figures ->> 'blocks_read')::bigint - 1000000)
        where taken_at = (select max(taken_at) from maint.health_samples)
    """)
    yield "postgres"


@fault("slru_misses")
def subtransactions_from_the_disk(bench) -> Planted:
    bench.pass_an_hour()
    bench.do("""
        update maint.health_samples
        set figures = jsonb_set(figures, array['slru', name], '[0, -1000000]')
        from (select name from pg_stat_slru where name ilike 'subtrans%') as slru
    """)
    yield bench.admin.execute(
        "select name from pg_stat_slru where name ilike 'subtrans%'"
    ).fetchone()[0]


@fault("deadlocks")
def circle(bench) -> Planted:
    bench.limit("deadlocks", an_hour="0.5")
    bench.do("create table public.a (id integer)", "create table public.b (id integer)")
    bench.pass_an_hour()
    with closing(bench.session()) as one, closing(bench.session()) as two:
        one.execute("begin; lock table public.a")
        two.execute("begin; lock table public.b")
        one.pgconn.send_query(b"lock table public.b")
        with suppress(psycopg.errors.DeadlockDetected):
            two.execute("lock table public.a")
        one.cancel()
    eventually(lambda: _deadlocks(bench) > 0, 20)
    yield "postgres"
    bench.do("drop table public.a, public.b")


def _deadlocks(bench) -> int:
    return bench.admin.execute(
        "select deadlocks from pg_stat_database where datname = current_database()"
    ).fetchone()[0]


@fault("rollbacks_many")
def program_that_fails(bench) -> Planted:
    bench.limit("rollbacks_many", at_least="100")
    bench.pass_an_hour()
    for _ in range(300):
        with suppress(psycopg.errors.DivisionByZero):
            bench.admin.execute("select 1 / 0")
    bench.do("select pg_stat_force_next_flush()")
    yield "postgres"
