"""CPU seconds of a task run by a worker that has loaded everything, as Celery's prefork keeps it.

    python -m benchmarks.warm [ROUNDS]

A process loads our definitions and forks for each run; the child opens Dagster's instance, runs
`cleanup_old_audit_logs`, which finds nothing, with its ledger row, and ends. A bare job of one op
stands beside it, in turns. What PostgreSQL does is not counted.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from contextlib import closing

import psycopg
from dagster import DagsterInstance, Definitions

from benchmarks.bare import defs as bare
from maint_pipeline.database.application import application_urls
from maint_pipeline.definitions import defs
from maint_pipeline.installation.install import install
from maint_pipeline.instance.home import use_dagster
from maint_pipeline.sample import create_sample_application
from maint_pipeline.settings import load_settings

ROUNDS = 9


def cpu_of_a_run(definitions: Definitions, job: str) -> float:
    """Run a job in a child, and give the seconds of a core that the child took."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with DagsterInstance.get() as instance:
                done = definitions.resolve_job_def(job).execute_in_process(instance=instance)
            code = 0 if done.success else 1
        finally:
            os._exit(code)
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, status
    return usage.ru_utime + usage.ru_stime


def measure(rounds: int) -> dict[str, list[float]]:
    """Run both jobs in turns, and give what each run took."""
    jobs = {"cleanup_old_audit_logs": defs, "bare": bare}
    found: dict[str, list[float]] = {job: [] for job in jobs}
    for number in range(rounds + 1):
        for job, definitions in jobs.items():
            seconds = cpu_of_a_run(definitions, job)
            if number:  # the first makes the tables
                found[job].append(seconds)
    return found


def main() -> None:
    """Measure, and print medians."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        os.environ["MAINT_HOME"] = folder
        settings = load_settings()
        with application_urls(settings) as urls:
            with closing(psycopg.connect(urls.administrator, autocommit=True)) as connection:
                create_sample_application(connection)
            install(urls.administrator)
            with use_dagster(settings, urls):
                found = measure(rounds)
            with closing(psycopg.connect(urls.administrator)) as connection:
                row = connection.execute(
                    "select count(*) from maint.task_runs where status = 'completed'"
                ).fetchone()
                assert row == (rounds + 1,), row
    for job, taken in found.items():
        low, high = min(taken), max(taken)
        print(f"{job:24} median {statistics.median(taken):.2f} s ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
