"""What a run over a range of databases costs, all in: the run's process and the server's.

    python -m benchmarks.fleet_range [DATABASES] [RUNS] [TASK]

Copies of one migrated database, of one server with JIT on, ranges of 50. CPU seconds for each
database: of the run's process from its start to its end, and of the server's. In the first run
every finding becomes an alert. And how much Dagster's storage grows, indexes and dead rows in it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
from dagster import DagsterInstance

from benchmarks.fleet import fleet_of
from maint_pipeline.database.urls import database_url, sqlalchemy_url
from maint_pipeline.instance.partitions import keep_in_step
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.schedules.ranges import SHARD
from maint_pipeline.settings import load_settings

DATABASES, RUNS, TASK = 50, 3, "run_automated_security_checks"
_SIZE = """
select sum(pg_total_relation_size(oid))::bigint
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""
_RUN = """
import sys
from dagster import DagsterInstance
from maint_pipeline.library import maintenance_definitions
from maint_pipeline.resources import Maintenance
task, first, last = sys.argv[1:]
job = maintenance_definitions(Maintenance(from_environment=True)).resolve_job_def(task)
range_ = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
done = job.execute_in_process(
    instance=DagsterInstance.get(), tags=range_, raise_on_error=False
)
sys.exit(not done.success)
"""


def server_seconds(postmaster: psutil.Process) -> float:
    """Give the CPU seconds of a server: of the postmaster, and of its processes now and ended."""
    own = postmaster.cpu_times()
    seconds = own.user + own.system + own.children_user + own.children_system
    for child in postmaster.children():
        times = child.cpu_times()
        seconds += times.user + times.system
    return seconds


def run(task: str, names: Sequence[str]) -> float:
    """Run a task over ranges of databases, a process for each; give their CPU seconds."""
    cpu = 0.0
    for start in range(0, len(names), SHARD):
        range_ = names[start : start + SHARD]
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _RUN, task, range_[0], range_[-1]],
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            print("a run failed", flush=True)
        cpu += usage.ru_utime + usage.ru_stime
    return cpu


def main() -> None:
    """Measure, and print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DATABASES
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    task = sys.argv[3] if len(sys.argv) > 3 else TASK
    with fleet_of(count) as (server, registry):
        with closing(psycopg.connect(server, autocommit=True)) as admin:
            admin.execute("alter system set jit = on")
            # Else its looks at 1,000 databases in turn are counted, too.
            admin.execute("alter system set autovacuum_naptime = '1h'")
            admin.execute("select pg_reload_conf()")
            admin.execute("create database dagster")
            pid = admin.execute("select setting from pg_settings where name = 'data_directory'")
            data = Path(str((pid.fetchone() or [""])[0]))
        postmaster = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        home = registry.parent / "home"
        home.mkdir()
        storage = database_url(server, "dagster")
        (home / "dagster.yaml").write_text(
            f"storage: {{postgres: {{postgres_url: {sqlalchemy_url(storage, 'psycopg2')!r}}}}}\n"
            "telemetry: {enabled: false}\n"
        )
        os.environ |= {
            "MAINT_DATABASES_FILE": str(registry), "MAINT_HOME": str(home),
            "DAGSTER_HOME": str(home),
        }  # fmt: skip
        measure(count, runs, task, storage, postmaster)


def measure(count: int, runs: int, task: str, storage: str, postmaster: psutil.Process) -> None:
    """Run the task over all databases, several times."""
    fleet = load_fleet(load_settings())
    with DagsterInstance.get() as instance:
        names = keep_in_step(instance, fleet)
    for number in range(runs):
        with closing(psycopg.connect(storage, autocommit=True)) as connection:
            before = (connection.execute(_SIZE).fetchone() or (0,))[0]
            spent, began = server_seconds(postmaster), time.perf_counter()
            mine = run(task, names)
            time.sleep(1)
            server = server_seconds(postmaster) - spent
            grown = (connection.execute(_SIZE).fetchone() or (0,))[0] - before
        print(
            f"{task}, run {number + 1}: CPU for each database {(mine + server) / count:.3f} s "
            f"(server {server / count:.3f}, run's process {mine / count:.3f}); storage "
            f"{grown / count / 1e3:.1f} kB; {time.perf_counter() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
