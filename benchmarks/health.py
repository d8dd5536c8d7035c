"""Checks of health: their price on a large schema, and whether an ordinary load raises alarms.

python -m benchmarks.health [SECONDS]

The run of run_health_checks over 2,000 tables: CPU of its session on the server.
Then pgbench in five shapes, SECONDS each (120), while the checks run: every finding of a check
that found nothing before is a false alarm.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import DEVNULL, Popen, run

import psycopg

from benchmarks.data import sample_database, server
from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.connection import connect
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.health.views import look_from_outside
from maint_pipeline.installation.install import open_server_views
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import TaskRun, run_recorded

_PROGRAMS = EMBEDDED_PROGRAMS or Path()
TABLES = 2000
ROUNDS = 5
SCHEMA = f"""
do $$
begin
    for i in 1..{TABLES} loop
        execute format('create table public.t%s (id integer primary key, name text)', i);
    end loop;
end
$$;
"""
SHAPES = {
    "tpcb, 4 clients": ("-c", "4"),
    "reads, 8 clients": ("-S", "-c", "8"),
    "simple updates, 16 clients": ("-N", "-c", "16"),
    "a connection for each transaction": ("-C", "-c", "4"),
    "prepared, 100 a second": ("-M", "prepared", "-c", "8", "-R", "100"),
}


def main() -> None:
    """Measure both."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 120
    with server() as running:
        url = sample_database(running, "health")
        open_server_views(url)
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            admin.execute(SCHEMA.encode())
            admin.execute("analyze")
        _price(url)
        _alarms(running, url, seconds)


def _price(url: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as admin:
        for number in range(ROUNDS):
            begin = _statements(url, admin)
            print(f"run {number}: {begin}", flush=True)
        with closing(connect(url, application_name="maint watches")) as owner:
            for number in range(ROUNDS):
                admin.execute("truncate maint.health_samples")
                cpu = _cpu_seconds(owner.info.backend_pid)
                owner.execute("select maint.watch_health('1 minute')")
                print(f"look {number}: {_cpu_seconds(owner.info.backend_pid) - cpu:.2f} CPU s")


def _statements(url: str, admin: psycopg.Connection[tuple[object, ...]]) -> str:
    counted: list[int] = []

    def work(task: TaskRun) -> dict[str, object]:
        pid = task.connection.info.backend_pid
        look_from_outside(task.connection)
        results = run_checks(task.connection, "health")[1]
        counted.extend([pid, len(results)])
        # Of the whole session, its login and what came before included.
        counted.append(round(100 * _cpu_seconds(pid)))
        return {"findings": 0}

    run_recorded(url, "run_health_checks", RunContext("manual"), work)
    return f"{counted[1]} checks, {counted[2] / 100:.2f} CPU s of the session"


def _alarms(running: EmbeddedServer, url: str, seconds: int) -> None:
    load = sample_database(running, "load")
    open_server_views(load)
    with closing(connect(load, application_name="maint health")) as owner:
        known = set(_findings(owner))
        _pgbench(load, "-i", "-s", "20", "--quiet")
        for shape, options in SHAPES.items():
            program = Popen(
                [_PROGRAMS / "pgbench", load, "-n", "-T", str(seconds), *options],
                stdout=DEVNULL, stderr=DEVNULL,
            )  # fmt: skip
            found: set[str] = set()
            looks = 0
            while program.poll() is None:
                found |= set(_findings(owner)) - known
                looks += 1
                # The next run finds an earlier sample of an hour before, and one of half an hour.
                owner.execute(
                    "update maint.health_samples set taken_at = taken_at - interval '30 minutes'"
                )
                time.sleep(5)
            print(f"{shape}, {seconds} s, {looks} runs: {sorted(found) or 'no alarm'}", flush=True)


def _findings(owner: psycopg.Connection[dict[str, object]]) -> Iterator[str]:
    look_from_outside(owner)
    for result in run_checks(owner, "health")[1]:
        for finding in result["sample"]:
            yield f"{finding['fingerprint']}: {finding['detail']}"


def _pgbench(url: str, *options: str) -> None:
    run([_PROGRAMS / "pgbench", *options, url], check=True, stdout=DEVNULL, stderr=DEVNULL)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    main()
