"""Faults of replicas, slots and subscriptions."""

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from tests.dev import eventually
from tests.health_faults.bench import Planted, fault


@contextmanager
def receiver(bench, folder) -> Iterator[None]:
    """Have a reader of WAL that has stopped reading."""
    bench.do("select pg_create_physical_replication_slot('reader', true)")
    host = bench.admin.info.host
    program = subprocess.Popen(
        [EMBEDDED_PROGRAMS / "pg_receivewal", "-D", folder, "-h", host, "-U", "postgres",
         "--slot=reader", "--status-interval=1", "--synchronous"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        eventually(lambda: _is_streaming(bench), 20)
        program.send_signal(signal.SIGSTOP)
        for _ in range(20):
            bench.do("select pg_logical_emit_message(false, 'p', repeat('x', 1000000))")
        yield
    finally:
        program.kill()
        program.wait()
        eventually(lambda: _drop_slot(bench, "reader"), 20)


def _is_streaming(bench) -> bool:
    rows = bench.admin.execute("select from pg_stat_replication where flush_lsn is not null")
    return rows.fetchone() is not None


def _drop_slot(bench, name: str) -> bool:
    with suppress(psycopg.errors.ObjectInUse):
        bench.admin.execute("select pg_drop_replication_slot(%s)", [name])
        return True
    return False


@fault("replication_lag")
def replica_stands_still(bench) -> Planted:
    bench.limit("replication_lag", megabytes="1")
    with receiver(bench, bench.folder):
        yield "pg_receivewal"


@fault("replication_slot_behind")
def reader_stands_still(bench) -> Planted:
    bench.limit("replication_slot_behind", megabytes="1")
    with receiver(bench, bench.folder):
        yield "reader"


@fault("replica_gone")
def replica_of_yesterday(bench) -> Planted:
    bench.admin.execute(
        "insert into maint.health_samples (taken_at, figures) "
        "select now() - n * interval '1 hour', %s::jsonb from generate_series(1, 8) as n",
        [json.dumps({"replicas": ["standby 1"]})],
    )
    yield "standby 1"
    bench.do("truncate maint.health_samples")


@fault("replication_slot_inactive")
def slot_nobody_reads(bench) -> Planted:
    bench.limit("replication_slot_inactive", megabytes="1")
    bench.do("select pg_create_physical_replication_slot('idle', true)")
    bench.do("select pg_logical_emit_message(false, 'p', repeat('x', 2000000))")
    yield "idle"
    bench.do("select pg_drop_replication_slot('idle')")


@fault("replication_slot_lost")
def slot_that_lost_its_wal(bench) -> Planted:
    bench.do("select pg_create_physical_replication_slot('lost', true)")
    bench.do("alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()")
    for _ in range(4):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    eventually(lambda: bench.do("checkpoint") or _is_lost(bench), 20)
    yield "lost"
    bench.do("select pg_drop_replication_slot('lost')")
    bench.do("alter system reset max_slot_wal_keep_size", "select pg_reload_conf()")


def _is_lost(bench) -> bool:
    rows = bench.admin.execute("select from pg_replication_slots where wal_status = 'lost'")
    return rows.fetchone() is not None


@fault("subscription_stopped")
def subscription_without_worker(bench) -> Planted:
    bench.do(
        "create subscription \"Sub\" connection 'host=/nowhere' publication p "
        "with (connect = false)",
        'alter subscription "Sub" enable',
    )
    yield "Sub"
    bench.do(
        'alter subscription "Sub" disable', 'alter subscription "Sub" set (slot_name = none)',
        'drop subscription "Sub"',
    )  # fmt: skip
