"""From the commit of a failed backup to its alert: with the trigger that tells of it, and without.

python -m benchmarks.failures
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median, quantiles

import psycopg

from maint_pipeline.database.embedded import embedded_server

EVENTS = 200
PORT = 3923
LONGEST_PAUSE = 0.8
GOALS = {"with the trigger": 1.0, "without it": 6.0}
ORGS = """
insert into public.orgs (id, name)
select gen_random_uuid(), 'bench ' || i from generate_series(1, %s) as i returning id
"""
FAIL = """
insert into public.backup_runs (org_id, status, started_at, finished_at)
values (%s, 'failed', clock_timestamp(), clock_timestamp()) returning id
"""
SECONDS = """
select extract(epoch from alert.created_at - run.finished_at)::float8 as seconds
from public.backup_runs as run
left join public.security_alerts as alert on alert.fingerprint = 'backup_failed:' || run.id
where run.id = any(%s)
"""


def main() -> None:
    """Measure both, and print medians and 95th percentiles."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        home = Path(folder)
        log = home / "dev.log"
        environment = {**os.environ, "MAINT_HOME": folder}
        with log.open("wb") as output:
            dev = subprocess.Popen(
                [sys.executable, "-m", "maint_pipeline.cli", "dev", "--port", str(PORT)],
                stdout=output, stderr=output, env=environment,
            )  # fmt: skip
        try:
            while "Dagster UI: " not in log.read_text():
                if dev.poll() is not None:
                    sys.exit(log.read_text())
                time.sleep(0.5)
            with embedded_server(home) as server:
                _measure_both(server.url("app"))
        finally:
            dev.terminate()
            dev.wait()


def _measure_both(url: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        time.sleep(20)  # sensors have begun
        for name, goal in GOALS.items():
            if name == "without it":
                connection.execute("drop trigger maint_tell_backup_failure on public.backup_runs")
                time.sleep(10)
            seconds = _measure(connection)
            p95 = quantiles(seconds, n=20)[-1]
            print(
                f"{name}: median {median(seconds):.2f} s, 95th percentile {p95:.2f} s "
                f"(goal {goal:.0f} s), longest {max(seconds):.2f} s, {len(seconds)} events",
                flush=True,
            )


def _measure(connection: psycopg.Connection[tuple[object, ...]]) -> list[float]:
    random = Random(4711)
    orgs = [row[0] for row in connection.execute(ORGS, [EVENTS]).fetchall()]
    runs = []
    for org in orgs:
        time.sleep(random.uniform(0, LONGEST_PAUSE))
        row = connection.execute(FAIL, [org]).fetchone()
        assert row is not None
        runs.append(row[0])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        seconds = [row[0] for row in connection.execute(SECONDS, [runs]).fetchall()]
        if None not in seconds:
            return [float(str(value)) for value in seconds]
        time.sleep(1)
    raise RuntimeError("some failures have no alert after a minute")


if __name__ == "__main__":
    main()
