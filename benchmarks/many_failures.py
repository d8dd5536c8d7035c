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

from maint_pipeline.alerts.messages import alert_message
from maint_pipeline.alerts.outbox import due_notifications, mark_sent
from maint_pipeline.checks.run import sync_check
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from maint_pipeline.sensors.backup_failures import NEVER, watch_backup_failures
from maint_pipeline.settings import Settings

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
        figures = {"raise": _timed(connection, "created", count)}
        figures["look again"] = _timed(connection, "created", 0)
        figures["idle tick"] = _idle(connection)
        figures["message"] = _told(connection, count)
        application.execute(SUCCEED)
        figures["resolve"] = _timed(connection, "resolved", count)
    return figures


def _idle(connection: Connection) -> float:
    """Time a tick of the sensor when nobody has written since the last one."""
    look = NEVER
    for _ in range(2):  # what the benchmark itself has written is reported late
        time.sleep(11)
        _, look = watch_backup_failures(connection, 0, look)
    began = time.perf_counter()
    _, again = watch_backup_failures(connection, 0, look)
    assert again == look
    return time.perf_counter() - began


def _told(connection: Connection, count: int) -> float:
    """Time what the deliverer does for one channel: one message of everything, and its marks."""
    began = time.perf_counter()
    due = due_notifications(connection, "a")
    assert len(due) == count, len(due)
    message = alert_message(due, Settings(), "app")
    mark_sent(connection, [row["id"] for row in due], None)
    assert f"{count - 100} more" in message.text, message.text[-200:]
    return time.perf_counter() - began


def _timed(connection: Connection, what: str, count: int) -> float:
    """Time the ticks until all is in line: one that takes long leaves the rest to the next."""
    began, done, ticks = time.perf_counter(), 0, [0.0]
    while done < count or len(ticks) == 1:
        tick = time.perf_counter()
        changes = sync_check(connection, "backup_failed")
        ticks.append(time.perf_counter() - tick)
        done += changes[what]
        assert changes[what] or not count, changes
    assert done == count, done
    if count:
        print(
            f"{what} {count:,}: {len(ticks) - 1} ticks, the longest {max(ticks):.1f} s", flush=True
        )
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
