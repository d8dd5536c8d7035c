"""What a run by a Celery worker costs, and how soon one is canceled.

    python -m benchmarks.celery [RUNS] [CANCELS]

One worker with one process, a warm one, does `cleanup_old_audit_logs`, which finds nothing: CPU
seconds of worker and child for each run with its ledger row. What PostgreSQL, Redis and whoever
launches do is not counted. Then a purge whose statement would take ten minutes is canceled, again
and again, by Dagster's web server as the UI does: seconds from the request until it is answered,
until the statement has ended and the ledger says `canceled`, and until Dagster says CANCELED.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
from dagster import DagsterInstance

from tests.application import SLOW_DELETES
from tests.celery_parts import Deployment, deployment
from tests.celery_redis import create_run
from tests.conftest import make_template, memory, passing_server
from tests.dev import TERMINATE, DagsterUi, eventually, free_port
from tests.shells import BIN, is_loaded

JOB = "cleanup_old_audit_logs"
WORKER = "first"
RUNS = 15
CANCELS = 10
GOAL_CPU = 0.8
GOAL_SECONDS = 1.0
_IS_DELETING = """
select exists (
    select from pg_stat_activity
    where wait_event = 'PgSleep' and datname = current_database())
"""
_HAS_ENDED = """
select status = 'canceled' and not exists (
    select from pg_stat_activity
    where wait_event = 'PgSleep' and datname = current_database())
from public.maintenance_task_runs where dagster_run_id = %s
"""
_IS_CANCELED = "select status = 'CANCELED' from runs where run_id = %s"


def cpu(celery: Deployment) -> float:
    """Give the seconds of a core that the worker and its process have taken so far."""
    main = psutil.Process(celery.processes[WORKER].pid)
    times = [each.cpu_times() for each in (main, *main.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def costs(celery: Deployment, runs: int) -> list[float]:
    """Do empty runs one after the other, and give what each took."""
    found = []
    with DagsterInstance.get() as instance:
        for number in range(runs + 2):  # the first ones load what is left to load
            before = cpu(celery)
            run = create_run(instance, JOB)
            instance.launch_run(run.run_id, None)  # type: ignore[arg-type]  # no workspace is asked
            celery.finished(run.run_id)
            assert celery.statuses(run.run_id) == ["completed"]
            time.sleep(0.5)  # what comes after the last event, too
            if number > 1:
                found.append(cpu(celery) - before)
    return found


def cancels(celery: Deployment, count: int) -> dict[str, list[float]]:
    """Cancel runs in the middle of their statement, and give when each was how far."""
    port = free_port()
    celery.start_daemon()
    celery.start("web", BIN / "maint", "serve", "--port", str(port))
    ui = DagsterUi(f"http://127.0.0.1:{port}")
    eventually(lambda: is_loaded(ui), seconds=240)
    celery.fill(100)
    celery.sql(SLOW_DELETES)
    found: dict[str, list[float]] = {what: [] for what in ("answered", "ended", "Dagster, too")}
    with (
        closing(psycopg.connect(celery.application, autocommit=True)) as application,
        closing(psycopg.connect(celery.storage, autocommit=True)) as storage,
    ):
        for _ in range(count):
            run_id = ui.launch(JOB)
            eventually(partial(_is_true, application, _IS_DELETING))
            began = time.monotonic()
            ui.graphql(TERMINATE, id=run_id)
            found["answered"].append(time.monotonic() - began)
            eventually(partial(_is_true, application, _HAS_ENDED, run_id), every=0.005)
            found["ended"].append(time.monotonic() - began)
            eventually(partial(_is_true, storage, _IS_CANCELED, run_id), every=0.005)
            found["Dagster, too"].append(time.monotonic() - began)
    return found


def _is_true(connection: psycopg.Connection, question: LiteralString, *run_id: str) -> bool:
    return connection.execute(question, run_id or None).fetchone() == (True,)


def main() -> None:
    """Measure both, and print medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    count = int(sys.argv[2]) if len(sys.argv) > 2 else CANCELS
    with tempfile.TemporaryDirectory(prefix="maint-bench-", dir=memory()) as name:
        folder = Path(name) / "celery"
        folder.mkdir()
        with passing_server(Path(name) / "server") as url:
            make_template(url)
            with deployment(folder, url) as celery:
                celery.start_worker(WORKER, 1)
                _print("CPU s of an empty run", costs(celery, runs), GOAL_CPU)
                for what, seconds in cancels(celery, count).items():
                    _print(f"request to {what}, s", seconds, GOAL_SECONDS)


def _print(what: str, found: list[float], goal: float) -> None:
    if found:
        low, high = min(found), max(found)
        print(f"{what:28} median {statistics.median(found):.2f} ({low:.2f} to {high:.2f}; {goal})")


if __name__ == "__main__":
    main()
