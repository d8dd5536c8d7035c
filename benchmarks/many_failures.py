"""Many failed backups at once: raising their alerts, a tick that changes nothing, resolving them.

python -m benchmarks.many_failures [COUNT [RESOLVED]]

Measures COUNT (10,000) and twice as many, each on a database of its own, and prints how the time
grows: 2.0 is linear, 4.0 quadratic. With RESOLVED only COUNT, of which so many are resolved at
once. A sensor's tick has 60 seconds. Where others keep the machine busy, what counts is how long
the server worked on a core.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psutil
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
select id, 'ok', now(), now(), 10, 's3://b/f'
from public.orgs where name like 'bench %%' limit %s
"""
CHANNELS = """
insert into maint.notification_channels (name, default_min_severity)
values ('a', 'low'), ('b', 'low')
"""


def main() -> None:
    """Measure one or both, and print seconds and how they grow."""
    given = [int(word) for word in sys.argv[1:]]
    count = given[0] if given else DEFAULT_COUNT
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        with embedded_server(Path(folder) / "server") as server:
            url = server.url("postgres")
            if given[1:]:
                for step, seconds in _measure(url, "alone", count, given[1]).items():
                    print(f"{step}: {seconds:.2f} s")
                return
            first = _measure(url, "first", count, count)
            second = _measure(url, "second", 2 * count, 2 * count)
    for step, seconds in first.items():
        print(
            f"{step}: {count:,} in {seconds:.2f} s, {2 * count:,} in {second[step]:.2f} s; "
            f"ratio {second[step] / seconds:.1f}"
        )


def _measure(server_url: str, name: str, count: int, resolved: int) -> dict[str, float]:
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
        application.execute(SUCCEED, [resolved])
        figures["resolve"] = _timed(connection, "resolved", resolved)
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
    assert f"{count - 10:,} more alerts" in message.text, message.text[-200:]
    return time.perf_counter() - began


def _timed(connection: Connection, what: str, count: int) -> float:
    """Time the ticks until all is in line: one that takes long leaves the rest to the next."""
    began, done, ticks = time.perf_counter(), 0, [(0.0, 0.0)]
    while done < count or len(ticks) == 1:
        tick, worked = time.perf_counter(), _worked(connection)
        changes = sync_check(connection, "backup_failed")
        ticks.append((time.perf_counter() - tick, _worked(connection) - worked))
        done += changes[what]
        assert changes[what] or not count, changes
    assert done == count, done
    longest, worked = max(ticks)
    print(
        f"{what} {count:,}: {len(ticks) - 1} ticks, the longest {longest:.1f} s, "
        f"{worked:.1f} s of a core",
        flush=True,
    )
    return time.perf_counter() - began


def _worked(connection: Connection) -> float:
    """Give the seconds that the session's server process has worked."""
    times = psutil.Process(connection.info.backend_pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
