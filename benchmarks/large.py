"""A table of 24 million audit logs: the application's latency beside a purge, and daily purges.

python -m benchmarks.large [ROWS [ROUNDS]]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from statistics import median
from typing import Any

import psycopg

from benchmarks.data import EXPIRED, copy_of, create_source, server
from benchmarks.foreground import Foreground
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

ROWS = 24_000_000
ROUNDS = 3
POLICY = "cleanup_old_audit_logs"
DAYS = 3


def main() -> None:
    """Measure both, and print medians and ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    with server() as running:
        for name, count in (("small", rows // 10), ("big", rows)):
            create_source(running, name, count)
            # Vacuums come when they are measured, not when they like.
            _execute(
                running.url(name), "alter table public.audit_logs set (autovacuum_enabled = false)"
            )
        _daily(running, rows)
        _foreground(running, rows, rounds)


def _foreground(running: EmbeddedServer, rows: int, rounds: int) -> None:
    measured: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        measured.setdefault(name, []).append(seconds)
        print(f"  {name}: {seconds * 1000:.1f} ms", flush=True)

    for _ in range(rounds):
        with copy_of(running, "big") as url:
            note("p99, nothing else", _p99_during(url, lambda: time.sleep(20)))
            note("p99, one DELETE", _p99_during(url, lambda: _execute(url, DELETE)))
            note("p99, VACUUM", _p99_during(url, lambda: _execute(url, VACUUM)))
        with copy_of(running, "big") as url, Foreground(url) as load:
            began = time.time()
            result = _purge(url)
            purged = began + result["purge_seconds"]
            vacuumed = purged + result["afterwards_seconds"]
        note("p99, maint at its default", load.p99(began, purged))
        note("p99, its vacuum", load.p99(purged, vacuumed))
        print(f"  longest transaction {result['longest_batch_seconds'] * 1000:.0f} ms", flush=True)
    print(f"\n{rows:,} rows, half expired, 300 transactions a second; medians of {rounds} rounds:")
    for name, values in measured.items():
        print(f"  {name:30}{median(values) * 1000:>8.1f} ms")
    for ours, theirs in (
        ("p99, maint at its default", "p99, one DELETE"),
        ("p99, its vacuum", "p99, VACUUM"),
    ):
        print(f"  {ours} / {theirs}: {median(measured[ours]) / median(measured[theirs]):.2f}")


DELETE = f"delete from public.audit_logs where {EXPIRED}"
VACUUM = "vacuum public.audit_logs"


def _daily(running: EmbeddedServer, rows: int) -> None:
    """Purge as many rows each day from a table and from one a tenth of its size."""
    seconds = {}
    for name, part in (("small", 0.1), ("big", 0.01)):
        with copy_of(running, name) as url:
            seconds[name] = [_day(url, part, day) for day in range(1, DAYS + 1)]
            if name == "big":
                _execute(url, "drop index public.audit_logs_time_brin_idx")
                seconds["big, without an index"] = [_day(url, part, DAYS + 1)]
    print(f"\n{rows // 100:,} rows expire a day; medians of {DAYS} days:")
    for name, values in seconds.items():
        print(f"  {name:24}{median(values):>8.2f} s")
    print(f"  ratio: {median(seconds['big']) / median(seconds['small']):.2f}")


def _day(url: str, part: float, day: int) -> float:
    result = _purge(url, keep=timedelta(days=180 * (1 - part * day)), duty=1.0)
    print(f"  day {day}: {result['deleted_count']:,} rows, {result['purge_seconds']} s", flush=True)
    seconds: float = result["purge_seconds"]
    return seconds


def _purge(url: str, **options: Any) -> dict[str, Any]:
    with closing(connect(url, application_name="benchmark")) as connection:
        return Purge(POLICY, **options).run(connection)


def _p99_during(url: str, work: Callable[[], None]) -> float:
    with Foreground(url) as load:
        work()
    return load.p99()


def _execute(url: str, statement: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statement.encode())


if __name__ == "__main__":
    main()
