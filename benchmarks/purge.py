"""Throughput of a purge beside one big DELETE and the loops that teams usually write.

Each contender works on a fresh copy of the same table, half of it expired. Prints rates as ratios
to the one big DELETE, medians of rounds in turns.

    python -m benchmarks.purge [ROWS [ROUNDS [WORD]]]

With WORD only those whose names have it, such as `maint`, beside the DELETE.
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
from uuid import UUID

import psycopg

from benchmarks.data import EXPIRED, copy_of, create_source, server
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

ROWS = 6_000_000
ROUNDS = 3
PATIENCE_SECONDS = 60.0
"""Loops that would take an hour are rated by what they did in this time."""

CHUNK = 10_000
POLICY = "cleanup_old_audit_logs"

Contender = Callable[[str], tuple[int, float, float]]
"""Takes a database's URL; returns rows deleted, seconds, and the longest transaction's seconds."""


class Rate(NamedTuple):
    """What a contender did."""

    rows_per_second: float
    wal_per_row: float
    longest_transaction: float


def one_delete(url: str) -> tuple[int, float, float]:
    """Delete everything in one statement."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        started = time.perf_counter()
        deleted = connection.execute(f"delete from public.audit_logs where {EXPIRED}").rowcount
        seconds = time.perf_counter() - started
    return deleted, seconds, seconds


def copy_and_delete(url: str) -> tuple[int, float, float]:
    """Copy what has expired into a file on the server, then delete it in one statement."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        row = connection.execute("select current_setting('data_directory')").fetchone()
        assert row is not None
        started = time.perf_counter()
        connection.execute(
            f"copy (select * from public.audit_logs where {EXPIRED}) "
            f"to '{row[0]}/copy.csv' (format csv)".encode()
        )
        copied = time.perf_counter() - started
    deleted, seconds, longest = one_delete(url)
    return deleted, copied + seconds, longest


def keyset(url: str) -> tuple[int, float, float]:
    """Walk along an index on (time, id), each batch from where the last one ended."""
    statement = (
        "with batch as materialized (select time, id from public.audit_logs "
        f"where (time, id) > (%s, %s) and {EXPIRED} order by time, id limit {CHUNK}), "
        "gone as (delete from public.audit_logs using batch where audit_logs.id = batch.id) "
        "select count(*) over (), time, id from batch order by time desc, id desc limit 1"
    )
    position: tuple[object, object] = ("-infinity", UUID(int=0))
    deleted, longest = 0, 0.0
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("create index on public.audit_logs (time, id)")
        began = started = time.perf_counter()
        while (row := connection.execute(statement.encode(), position).fetchone()) is not None:
            deleted, position = deleted + row[0], (row[1], row[2])
            longest = max(longest, time.perf_counter() - started)
            started = time.perf_counter()
        return deleted, time.perf_counter() - began, longest


def walk(duty: float, workers: int = 1) -> Contender:
    """Purge as the job does."""

    def run(url: str) -> tuple[int, float, float]:
        with closing(connect(url, application_name="benchmark")) as connection:
            helpers = [connect(url, application_name="benchmark") for _ in range(1, workers)]
            result = Purge(POLICY, duty=duty, vacuum=False).run(connection, helpers=helpers)
            for helper in helpers:
                helper.close()
        return result["deleted_count"], result["purge_seconds"], result["longest_batch_seconds"]

    return run


def archive(url: str) -> tuple[int, float, float]:
    """Archive, then delete, as the job does."""
    with closing(connect(url, application_name="benchmark")) as connection:
        connection.execute("update maint.retention_policies set action = 'archive'")
        with tempfile.TemporaryDirectory() as folder:
            url_of_files = str(Path(folder) / "archive")
            purge = Purge(POLICY, duty=1, archive_url=url_of_files, vacuum=False)
            result = purge.run(connection)
    return result["deleted_count"], result["purge_seconds"], result["longest_batch_seconds"]


def loop(*statements: str) -> Contender:
    """Repeat a limited DELETE until nothing is left, or patience is."""

    def run(url: str) -> tuple[int, float, float]:
        deleted, longest = 0, 0.0
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            began = time.perf_counter()
            while time.perf_counter() - began < PATIENCE_SECONDS:
                started = time.perf_counter()
                counts = [
                    connection.execute(statement.encode()).rowcount for statement in statements
                ]
                longest = max(longest, time.perf_counter() - started)
                if not max(counts):
                    break
                deleted += max(counts)
            return deleted, time.perf_counter() - began, longest

    return run


CONTENDERS: dict[str, Contender] = {
    "one DELETE": one_delete,
    "maint, full duty": walk(1.0),
    "maint, full duty, two workers": walk(1.0, 2),
    "maint, default (half duty)": walk(0.5),
    "keyset on (time, id), with that index": keyset,
    "ctid = any (array(select … limit))": loop(
        "delete from public.audit_logs where ctid = any (array("
        f"select ctid from public.audit_logs where {EXPIRED} limit {CHUNK}))"
    ),
    "id = any (array(select … limit)), as Sentry": loop(
        "delete from public.audit_logs where id = any (array("
        f"select id from public.audit_logs where {EXPIRED} limit {CHUNK}))"
    ),
    "id in (select … limit 1000), as GitLab": loop(
        "delete from public.audit_logs where id in ("
        f"select id from public.audit_logs where {EXPIRED} limit 1000)"
    ),
    "into a table, then delete using, as Airflow": loop(
        f"create table gone as select * from public.audit_logs where {EXPIRED} limit {CHUNK}",
        "delete from public.audit_logs using gone where audit_logs.id = gone.id",
        "drop table gone",
    ),
    "COPY to a file, one DELETE": copy_and_delete,
    "maint, archive then delete": archive,
}


def main() -> None:
    """Measure every contender in turns, and print medians as ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    word = sys.argv[3] if len(sys.argv) > 3 else ""
    contenders = {
        name: run for name, run in CONTENDERS.items() if word in name or run is one_delete
    }
    measured: dict[str, list[Rate]] = {name: [] for name in contenders}
    with server() as running:
        create_source(running, "source", rows)
        for _ in range(rounds):
            for name, contender in contenders.items():
                measured[name].append(_measure(running, contender))
                print(f"  {name}: {measured[name][-1].rows_per_second:,.0f} rows/s", flush=True)
    base = _medians(measured["one DELETE"])
    print(
        f"\n{'':44}{'throughput':>12}{'lowest, highest':>18}"
        f"{'WAL per row':>14}{'longest transaction':>22}"
    )
    for name, rates in measured.items():
        rate = _medians(rates)
        ratios = [
            one.rows_per_second / other.rows_per_second
            for one, other in zip(rates, measured["one DELETE"], strict=True)
        ]
        print(
            f"{name:44}{rate.rows_per_second / base.rows_per_second:>12.2f}"
            f"{min(ratios):>10.2f}, {max(ratios):.2f}"
            f"{rate.wal_per_row / base.wal_per_row:>14.2f}{rate.longest_transaction:>20.3f} s"
        )
    print(
        f"{rows:,} rows, half expired. Ratios to one DELETE, medians of {rounds} rounds in turns."
    )


def _medians(rates: list[Rate]) -> Rate:
    return Rate(*(median(values) for values in zip(*rates, strict=True)))


def _measure(running: EmbeddedServer, contender: Contender) -> Rate:
    with copy_of(running, "source") as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            before = admin.execute("select pg_current_wal_insert_lsn()").fetchone()
            deleted, seconds, longest = contender(url)
            written = admin.execute(
                "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s)", before
            ).fetchone()
    assert written is not None
    return Rate(deleted / seconds, float(written[0]) / deleted, longest)


if __name__ == "__main__":
    main()
