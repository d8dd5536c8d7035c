"""From a failed backup to its alert, in a fleet of many databases that one process listens to.

    python -m benchmarks.fleet_failures [DATABASES] [FAILURES]

Copies of one migrated database. Each failure is committed in a database taken at random; the time
ends with the commit of its alert. The server needs max_connections above the number of databases.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import closing

import psutil
import psycopg

from benchmarks.fleet import fleet_of
from maint_pipeline.database.urls import database_url
from maint_pipeline.ops import all_tasks
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.sensors.fleet import FleetWatch
from maint_pipeline.settings import load_settings

DATABASES, FAILURES = 500, 200
FAIL = """
with organization as (insert into public.orgs (name) values (%s) returning id)
insert into public.backup_runs (org_id, status, started_at, finished_at)
select id, 'failed', now(), clock_timestamp() from organization
"""
ALERT = "select count(*) from public.security_alerts where alert_type = 'backup_failed'"


def seconds_to_alert(url: str, name: str) -> float:
    """Let a backup fail, and wait for its alert."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        (before,) = connection.execute(ALERT).fetchone() or (0,)
        connection.execute(FAIL, [name])
        began = time.perf_counter()
        while (connection.execute(ALERT).fetchone() or (0,))[0] == before:
            time.sleep(0.005)
            if time.perf_counter() - began > 60:
                raise TimeoutError(name)
        return time.perf_counter() - began


def main() -> None:
    """Measure, and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DATABASES
    failures = int(sys.argv[2]) if len(sys.argv) > 2 else FAILURES
    with fleet_of(count, connections=count + 50) as (server, registry):
        with tempfile.TemporaryDirectory() as home:
            os.environ.update(MAINT_DATABASES_FILE=str(registry), MAINT_HOME=home)
            measure(server, count, failures)


def measure(server: str, count: int, failures: int) -> None:
    """Listen to all databases, and let backups fail."""
    watch = FleetWatch(list(all_tasks().values()))
    began = time.perf_counter()
    while not watch.tick(load_fleet(load_settings())).startswith(f"Listening to {count} of"):
        time.sleep(1)
    print(f"{count} sessions open after {time.perf_counter() - began:.0f} s", flush=True)
    me = psutil.Process()
    before = me.cpu_times()
    time.sleep(20)
    after = me.cpu_times()
    idle = (after.user + after.system - before.user - before.system) / 20
    found = sorted(
        seconds_to_alert(
            database_url(server, f"fleet_{random.randrange(count):04}"), f"bench {number}"
        )
        for number in range(failures)
    )
    print(
        f"{failures} failures: median {statistics.median(found):.3f} s, p95 "
        f"{found[int(len(found) * 0.95)]:.3f} s, worst {found[-1]:.3f} s; while nothing failed "
        f"{idle:.1%} of a core, {me.memory_info().rss / 1e6:.0f} MB"
    )
    watch.end()


if __name__ == "__main__":
    main()
