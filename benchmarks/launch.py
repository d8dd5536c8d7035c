"""Launch to SUCCESS: a cleanup that finds nothing, beside a bare job of one op.

Both jobs are launched in turn on one Dagster instance with the product's settings, each from a
code location of its own, so that each pays for its own imports. `make bench` prints a table.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg
import requests
from dagster import DagsterInstance, DagsterRunStatus
from dagster_graphql import DagsterGraphQLClient

from maint_pipeline.database.application import application_urls
from maint_pipeline.installation.install import install
from maint_pipeline.instance.home import use_dagster
from maint_pipeline.sample import create_sample_application
from maint_pipeline.settings import load_settings

ROUNDS = 15
PORT = 3917
GOAL = 1.10
JOBS = {
    "cleanup": ("maint_pipeline.definitions", "cleanup_old_audit_logs"),
    "bare": ("benchmarks.bare", "bare"),
}


class Times(NamedTuple):
    """Seconds of one run."""

    launched: float
    """From the click to SUCCESS, with the wait in the queue: up to a second, by chance."""

    dequeued: float
    """From leaving the queue to SUCCESS."""


def main() -> None:
    """Measure, and print medians and their ratios."""
    with tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        os.environ["MAINT_HOME"] = folder
        with _servers() as client, DagsterInstance.get() as instance:
            for name in JOBS:
                _measure(client, instance, name)  # warms up
            measured: dict[str, list[Times]] = {name: [] for name in JOBS}
            for number in range(ROUNDS):
                for name in JOBS if number % 2 else reversed(JOBS):
                    measured[name].append(_measure(client, instance, name))
    print(
        f"{'':24}{'cleanup':>10}{'bare':>10}{'ratio':>10}   medians of {ROUNDS} runs each, seconds"
    )
    for field in Times._fields:
        ours, bare = (median(getattr(t, field) for t in measured[name]) for name in JOBS)
        print(f"{field + ' to SUCCESS':24}{ours:10.2f}{bare:10.2f}{ours / bare:10.2f}")
    print(f"Medians of {ROUNDS} runs each, in seconds. The goal is a ratio of at most {GOAL:.2f}.")


@contextmanager
def _servers() -> Iterator[DagsterGraphQLClient]:
    """Web server and daemon with both code locations, on the embedded PostgreSQL."""
    settings = load_settings()
    with application_urls(settings) as urls:
        with closing(psycopg.connect(urls.administrator, autocommit=True)) as connection:
            create_sample_application(connection)
        install(urls.administrator)
        with use_dagster(settings, urls), _started(settings.home / "servers.log"):
            yield _client_when_up()


@contextmanager
def _started(log_file: Path) -> Iterator[None]:
    modules = [word for module, _ in JOBS.values() for word in ("-m", module)]
    commands = (
        ["dagster_webserver", "-h", "127.0.0.1", "-p", str(PORT), *modules],
        ["dagster._daemon", "run", *modules],
    )
    with log_file.open("w") as log:
        started = [
            subprocess.Popen([sys.executable, "-m", *command], stdout=log, stderr=log)
            for command in commands
        ]
        try:
            yield
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait()


def _client_when_up() -> DagsterGraphQLClient:
    deadline = time.monotonic() + 120
    while True:
        with suppress(requests.ConnectionError):
            requests.get(f"http://127.0.0.1:{PORT}/server_info", timeout=10)
            return DagsterGraphQLClient("127.0.0.1", port_number=PORT)
        if time.monotonic() > deadline:
            log = Path(os.environ["MAINT_HOME"]) / "servers.log"
            sys.exit(f"The web server is not up:\n{log.read_text()[-3000:]}")
        time.sleep(0.5)


def _measure(client: DagsterGraphQLClient, instance: DagsterInstance, name: str) -> Times:
    module, job = JOBS[name]
    run_id = client.submit_job_execution(
        job, repository_location_name=module, repository_name="__repository__"
    )
    while (status := client.get_run_status(run_id)) not in (
        DagsterRunStatus.SUCCESS,
        DagsterRunStatus.FAILURE,
    ):
        time.sleep(0.05)
    if status is not DagsterRunStatus.SUCCESS:
        sys.exit(f"The run {run_id} of {job} failed.")
    times = instance.get_run_stats(run_id)
    assert times.end_time and times.launch_time and times.enqueued_time
    return Times(times.end_time - times.enqueued_time, times.end_time - times.launch_time)


if __name__ == "__main__":
    main()
