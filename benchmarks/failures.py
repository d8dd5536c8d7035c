"""From a failure to its alert, to its mail, and from the death of a run to its end in the ledger.

Failed backups, with the trigger that tells of them and without, and processes of task runs that
are killed.

    python -m benchmarks.failures
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import psycopg
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.database.worker import worker_url
from maint_pipeline.task_runs.context import RunContext
from maint_pipeline.task_runs.ledger import TaskRun, run_recorded

EVENTS = 200
KILLS = 20
PORT = 3923
MAIL_PORT = 3924
LONGEST_PAUSE = 0.8
GOALS = {"with the trigger": 1.0, "without it": 6.0}
MAIL_GOAL = 5.0
LOST_GOAL = 10.0
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
MAILS = """
select extract(epoch from settled_at - created_at)::float8 as seconds
from maint.notifications
where state = 'sent' and event = 'raised'
"""
ENDED = """
select extract(epoch from finished_at)::float8 as finished_at
from public.maintenance_task_runs
where task_name = 'bench' and status = 'failed'
order by started_at desc
limit 1
"""


def main() -> None:
    """Measure all, and print medians and 95th percentiles."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        home = Path(folder)
        log = home / "dev.log"
        mails = Controller(Sink(), hostname="127.0.0.1", port=MAIL_PORT)
        mails.start()
        environment = {
            **os.environ,
            "MAINT_HOME": folder,
            "MAINT_NOTIFY_URLS": f"mailto://127.0.0.1:{MAIL_PORT}?from=a@example.com&to=b@example.com",
        }
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
                time.sleep(20)  # sensors have begun
                _measure_alerts(server.url("app"))
                _tell(
                    "a run's process killed to its end in the ledger",
                    _lost(server.url("app")),
                    LOST_GOAL,
                )
        finally:
            dev.terminate()
            dev.wait()
            mails.stop()


def _measure_alerts(url: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for name, goal in GOALS.items():
            if name == "without it":
                connection.execute("drop trigger maint_tell_backup_failure on public.backup_runs")
                time.sleep(10)
            _tell(f"failure to alert, {name}", _measure(connection), goal)
        time.sleep(10)
        mails = [float(str(row[0])) for row in connection.execute(MAILS).fetchall()]
        _tell("alert to mail", mails, MAIL_GOAL)


def _tell(what: str, seconds: list[float], goal: float) -> None:
    p95 = quantiles(seconds, n=20)[-1]
    print(
        f"{what}: median {median(seconds):.2f} s, 95th percentile {p95:.2f} s "
        f"(goal {goal:.0f} s), longest {max(seconds):.2f} s, {len(seconds)} events",
        flush=True,
    )


def _lost(url: str) -> list[float]:
    """Kill the processes of task runs, one after the other, at random moments of a tick."""
    random, seconds = Random(17), []
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for _ in range(KILLS):
            ours, theirs = get_context("spawn").Pipe()
            process = get_context("spawn").Process(target=_run, args=(worker_url(url), theirs))
            process.start()
            ours.recv()
            time.sleep(random.uniform(0, 5))
            process.kill()
            killed = time.time()
            while (row := connection.execute(ENDED).fetchone()) is None or float(
                str(row[0])
            ) < killed:
                time.sleep(0.1)
            seconds.append(float(str(row[0])) - killed)
    return seconds


def _latest_end(connection: psycopg.Connection[tuple[object, ...]]) -> float:
    row = connection.execute(ENDED).fetchone()
    return float(str(row[0])) if row else 0.0


def _run(url: str, pipe: Any) -> None:
    def work(run: TaskRun) -> Mapping[str, Any]:
        pipe.send("began")
        time.sleep(600)
        return {}

    run_recorded(url, "bench", RunContext("manual"), work)


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
