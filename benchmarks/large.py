"""Daily purges of a table of 24 million audit logs, and of one of a tenth.

python -m benchmarks.large [ROWS]
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import timedelta
from statistics import median
from typing import Any

import psycopg

from benchmarks.data import copy_of, create_source, server
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

ROWS = 24_000_000
POLICY = "cleanup_old_audit_logs"
DAYS = 3


def main() -> None:
    """Measure, and print medians and their ratio."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with server() as running:
        for name, count in (("small", rows // 10), ("big", rows)):
            create_source(running, name, count)
        _daily(running, rows)


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


def _execute(url: str, statement: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(statement.encode())


if __name__ == "__main__":
    main()
