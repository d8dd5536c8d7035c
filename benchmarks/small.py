"""What must not grow with the table: a run's memory, and the time that expired partitions take.

python -m benchmarks.small
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.data import create_source, server
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.embedded import ensure_database
from maint_pipeline.installation.install import install
from maint_pipeline.retention.purge import Purge
from maint_pipeline.sample import create_sample_application
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import run_recorded

ROUNDS = 5
MEMORY_ROWS = (60_000, 6_000_000)
PARTITION_ROWS = (10_000, 1_000_000)
EVENTS = """
create table public.events (id uuid default gen_random_uuid(), at timestamptz not null,
    kind text, payload text, primary key (id, at)) partition by range (at);
create index on public.events (kind, at);
create table public.events_now partition of public.events for values from ('2026-01-01') to ('2099-01-01');
grant select, delete, update on public.events, public.events_now to maint_owner;
insert into maint.retention_policies (name, table_name, time_column, keep) values ('events', 'events', 'at', '30 days');
"""  # noqa: E501
ADD_OLD = """
create table public.events_old partition of public.events for values from ('2020-01-01') to ('2021-01-01');
grant select, delete, update on public.events_old to maint_owner;
insert into public.events (at, kind, payload)
select timestamptz '2020-01-01' + i * interval '10 seconds', 'kind' || i % 10, repeat('x', 200)
from generate_series(1, {rows}) as i;
"""  # noqa: E501


def main() -> None:
    """Measure both, and print ratios."""
    with server() as running:
        _partitions(running)
        _memory(running)


def _partitions(running: EmbeddedServer) -> None:
    ensure_database(running, "partitions")
    url = running.url("partitions")
    seconds: dict[int, list[float]] = {rows: [] for rows in PARTITION_ROWS}
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        create_sample_application(connection)
        install(url)
        connection.execute(EVENTS)
        for _ in range(ROUNDS):
            for rows in PARTITION_ROWS:
                connection.execute(ADD_OLD.format(rows=rows).encode())
                connection.execute("vacuum analyze public.events_old")
                connection.execute("checkpoint")
                _forget_files(connection)
                seconds[rows].append(_purge(url, rows))
    small, large = (median(seconds[rows]) for rows in PARTITION_ROWS)
    print(f"expired partition of {PARTITION_ROWS[0]:,} rows: {small * 1000:.0f} ms")
    print(f"expired partition of {PARTITION_ROWS[1]:,} rows: {large * 1000:.0f} ms")
    print(f"  ratio: {large / small:.2f}, medians of {ROUNDS}")
    unlinked = median(_unlink(357 << 20) for _ in range(ROUNDS))
    print(f"deleting a plain file of its 357 MB: {unlinked * 1000:.0f} ms")
    print(f"  ratio without that: {(large - unlinked) / small:.2f}\n", flush=True)


def _unlink(size: int) -> float:
    """Delete a file as large as the partition, which the page cache doesn't hold either."""
    with tempfile.NamedTemporaryFile(delete=False) as file:
        for _ in range(size >> 20):
            file.write(bytes(1 << 20))
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    started = time.perf_counter()
    Path(file.name).unlink()
    return time.perf_counter() - started


def _forget_files(connection: psycopg.Connection) -> None:
    """Take the partition out of the page cache: nobody reads one that is over.

    Deleting a cached file takes the kernel about 40 ms for each 100 MB.
    """
    row = connection.execute(
        "select current_setting('data_directory'), array_agg(pg_relation_filepath(relation)) "
        "from (select 'public.events_old'::regclass as relation "
        "union all select indexrelid from pg_index where indrelid = 'public.events_old'::regclass) "
        "as relations"
    ).fetchone()
    assert row is not None
    for path in row[1]:
        with (Path(row[0]) / path).open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _purge(url: str, rows: int) -> float:
    started = time.perf_counter()
    outcome = run_recorded(
        url, "events", RunContext("cli"), lambda run: Purge("events").run(run.connection)
    )
    seconds = time.perf_counter() - started
    assert abs(outcome.details["deleted_count"] / rows - 1) < 0.01, outcome
    return seconds


def _memory(running: EmbeddedServer) -> None:
    """Take the peak of the run's process, half of whose rows have expired."""
    ensure_database(running, "dagster")
    peaks = {}
    for rows in MEMORY_ROWS:
        create_source(running, f"rows{rows}", rows)
        peaks[rows] = _peak_megabytes(running.url(f"rows{rows}"), running.url("dagster"))
        print(f"{rows // 2:,} expired rows: peak {peaks[rows]:.0f} MB", flush=True)
    small, large = (peaks[rows] for rows in MEMORY_ROWS)
    print(f"  ratio: {large / small:.2f}")


def _peak_megabytes(url: str, dagster_url: str) -> float:
    command = ["-m", "maint_pipeline.cli", "run", "cleanup_old_audit_logs"]
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as home:
        process = subprocess.Popen(
            [sys.executable, *command, "--set", "duty_percent=100", "--set", "vacuum=false"],
            stdout=subprocess.DEVNULL,
            env={
                **os.environ,
                "MAINT_HOME": home,
                "MAINT_DATABASE_URL": url,
                "MAINT_DAGSTER_DATABASE_URL": dagster_url,
            },
        )
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, status
    return usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
