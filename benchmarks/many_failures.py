"""Many failed backups at once: raising their alerts, a tick that changes nothing, resolving them.

python -m benchmarks.many_failures [COUNT]

Measures COUNT (10,000) and twice as many, each on a database of its own, and prints how the time
grows: 2.0 is linear, 4.0 quadratic. A sensor's tick has 60 seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg

from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import connect
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation import install
from maint_pipeline.sample import create_sample_application

DEFAULT_COUNT = 10_000
FAIL = """
with many as (
    insert into public.orgs (name)
    select 'bench ' || i from generate_series(1, %s) as i
    returning id
)
insert into public.backup_runs (org_id, status, started_at, finished_at)
select id, 'failed', now() - interval '1 hour', now() - interval '1 hour' from many
"""
SUCCEED = """
insert into public.backup_runs (org_id, status, started_at, finished_at, rows_count, file_url)
select id, 'ok', now(), now(), 10, 's3://b/f' from public.orgs
"""
CHANNELS = """
insert into maint.notification_channels (name, default_min_severity)
values ('a', 'low'), ('b', 'low')
"""


def main() -> None:
    """Measure both, and print seconds and how they grow."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_COUNT
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        with embedded_server(Path(folder) / "server") as server:
            first = _measure(server.url("postgres"), "first", count)
            second = _measure(server.url("postgres"), "second", 2 * count)
    for step, seconds in first.items():
        print(
            f"{step}: {count:,} in {seconds:.2f} s, {2 * count:,} in {second[step]:.2f} s; "
            f"ratio {second[step] / seconds:.1f}"
        )


def _measure(server_url: str, name: str, count: int) -> dict[str, float]:
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"create database {name}".encode())
    url = database_url(server_url, name)
    with closing(psycopg.connect(url, autocommit=True)) as application:
        create_sample_application(application)
    install(url)
    with (
        closing(psycopg.connect(url, autocommit=True)) as application,
        closing(connect(url, application_name="benchmark")) as connection,
    ):
        application.execute(CHANNELS)
        application.execute(FAIL, [count])
        raised = _timed(connection, "created", count)
        idle = _timed(connection, "created", 0)
        application.execute(SUCCEED)
        resolved = _timed(connection, "resolved", count)
    return {"raise": raised, "idle tick": idle, "resolve": resolved}


def _timed(connection: psycopg.Connection[dict[str, object]], what: str, count: int) -> float:
    began = time.perf_counter()
    changes = sync_check(connection, "backup_failed")
    assert changes[what] == count, changes
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
