"""Throughput of a purge beside one big DELETE and the loops that teams usually write.

Each contender works on a fresh copy of the same table: the audit log of the sample application with
its indexes, half of it expired. `make bench` prints rates as ratios to the one big DELETE.

    python -m benchmarks.purge [ROWS [ROUNDS]]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import connect
from maint_pipeline.database.embedded import EmbeddedServer, embedded_server, ensure_database
from maint_pipeline.installation import install
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application

ROWS = 6_000_000
ROUNDS = 3
PATIENCE_SECONDS = 120.0
"""Loops that would take an hour are rated by what they did in this time."""

CHUNK = 10_000
EXPIRED = "time < now() - interval '90 days'"
FILL = """
insert into auth.users (email) select 'user' || i from generate_series(1, 50) as i;
insert into public.profiles (id) select id from auth.users;
insert into public.audit_logs
    (entity, entity_id, action, user_id, time, payload_hash, ip_address, user_agent, severity)
select (array['invoice', 'profile_access', 'auth', 'report'])[1 + i % 4], gen_random_uuid(),
    'read', people.ids[1 + i % 50], now() - (%(rows)s - i + 0.5) * interval '180 days' / %(rows)s,
    md5(i::text), '10.0.0.1', 'Mozilla/5.0 (X11; Linux x86_64)',
    case when i % 50 = 0 then 'high' else 'low' end
from generate_series(1, %(rows)s) as i,
    (select array_agg(id) as ids from public.profiles) as people;
"""


class Rate(NamedTuple):
    """What a contender did."""

    rows_per_second: float
    wal_per_row: float
    longest_transaction: float


def one_delete(url: str) -> tuple[int, float]:
    """Delete everything in one statement."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        started = time.perf_counter()
        deleted = connection.execute(f"delete from public.audit_logs where {EXPIRED}").rowcount
        return deleted, time.perf_counter() - started


def walk(duty: float) -> Callable[[str], tuple[int, float]]:
    """Purge as the job does."""

    def run(url: str) -> tuple[int, float]:
        with closing(connect(url, application_name="benchmark")) as connection:
            result = Purge("cleanup_old_audit_logs", duty=duty).run(connection)
        return result["deleted_count"], result["longest_batch_seconds"]

    return run


def loop(statement: str) -> Callable[[str], tuple[int, float]]:
    """Repeat a limited DELETE until nothing is left, or patience is."""

    def run(url: str) -> tuple[int, float]:
        deleted, longest, deadline = 0, 0.0, time.perf_counter() + PATIENCE_SECONDS
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            while time.perf_counter() < deadline:
                started = time.perf_counter()
                count = connection.execute(statement.encode()).rowcount
                longest = max(longest, time.perf_counter() - started)
                if not count:
                    break
                deleted += count
        return deleted, longest

    return run


CONTENDERS: dict[str, Callable[[str], tuple[int, float]]] = {
    "one DELETE": one_delete,
    "maint, full duty": walk(1.0),
    "maint, default (half duty)": walk(0.5),
    "ctid = any(array(limit))": loop(
        "delete from public.audit_logs where ctid = any (array("
        f"select ctid from public.audit_logs where {EXPIRED} limit {CHUNK}))"
    ),
    "id in (select … limit)": loop(
        "delete from public.audit_logs where id in ("
        f"select id from public.audit_logs where {EXPIRED} limit {CHUNK})"
    ),
}


def main() -> None:
    """Measure every contender in turns, and print medians as ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    measured: dict[str, list[Rate]] = {name: [] for name in CONTENDERS}
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        with embedded_server(Path(folder)) as server:
            _prepare(server, rows)
            for _ in range(rounds):
                for name, contender in CONTENDERS.items():
                    measured[name].append(_measure(server, contender))
                    print(f"  {name}: {measured[name][-1].rows_per_second:,.0f} rows/s", flush=True)
    base = _medians(measured["one DELETE"])
    print(f"{'':30}{'throughput':>12}{'WAL per row':>14}{'longest transaction':>22}")
    for name, rates in measured.items():
        rate = _medians(rates)
        print(
            f"{name:30}{rate.rows_per_second / base.rows_per_second:>12.2f}"
            f"{rate.wal_per_row / base.wal_per_row:>14.2f}{rate.longest_transaction:>20.3f} s"
        )
    print(
        f"{rows:,} rows, half expired. Ratios to one DELETE, medians of {rounds} rounds in turns."
    )


def _medians(rates: list[Rate]) -> Rate:
    return Rate(*(median(values) for values in zip(*rates, strict=True)))


def _prepare(server: EmbeddedServer, rows: int) -> None:
    ensure_database(server, "source")
    url = server.url("source")
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        install(url)
        connection.execute((FILL.replace("%(rows)s", str(rows))).encode())
        connection.execute("vacuum analyze public.audit_logs")


def _measure(server: EmbeddedServer, contender: Callable[[str], tuple[int, float]]) -> Rate:
    with closing(psycopg.connect(server.url("postgres"), autocommit=True)) as admin:
        admin.execute("create database copy template source strategy file_copy")
        admin.execute("checkpoint")
        before = admin.execute("select pg_current_wal_insert_lsn()").fetchone()
        started = time.perf_counter()
        deleted, longest = contender(server.url("copy"))
        seconds = time.perf_counter() - started
        written = admin.execute(
            "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s)", before
        ).fetchone()
        admin.execute(sql.SQL("drop database copy with (force)"))
    assert written is not None
    return Rate(deleted / seconds, float(written[0]) / deleted, longest)


if __name__ == "__main__":
    main()
