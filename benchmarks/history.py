"""Pruning Dagster's history: 20,000 runs, beside Dagster's own delete_run for each of them.

python -m benchmarks.history
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
from dagster import DagsterInstance, DagsterRunStatus, RunsFilter, job, op

from benchmarks.data import server
from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.embedded import ensure_database
from maint_pipeline.instance.history import Retention, prune
from maint_pipeline.instance.home import dagster_environment
from maint_pipeline.instance.internals.host import OwnHost
from maint_pipeline.settings import Settings

RUNS = 20_000
DELETED_ONE_BY_ONE = 500
# One real run and its events, again and again, a run each three minutes into the past.
MULTIPLY = f"""
create temporary table copies as
select i, gen_random_uuid()::text as run_id from generate_series(1, {RUNS}) as i;
insert into runs (run_id, snapshot_id, pipeline_name, mode, status, run_body, create_timestamp,
    update_timestamp, start_time, end_time)
select copies.run_id, snapshot_id, pipeline_name, mode, status,
    replace(run_body, runs.run_id, copies.run_id),
    create_timestamp - i * interval '3 minutes', update_timestamp - i * interval '3 minutes',
    start_time - i * 180, end_time - i * 180
from runs cross join copies;
insert into event_logs (run_id, event, dagster_event_type, timestamp, step_key, asset_key)
select copies.run_id, replace(event, event_logs.run_id, copies.run_id), dagster_event_type,
    timestamp - i * interval '3 minutes', step_key, asset_key
from event_logs cross join copies;
drop table copies;
analyze;
"""


QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@op
def nothing() -> None:
    """Do nothing."""


@job
def idle() -> None:
    """Do nothing, as a job."""
    nothing()


def main() -> None:
    """Measure both, and print runs per second."""
    with server() as running, tempfile.TemporaryDirectory(prefix="maint-bench-") as folder:
        ours = _measure(running, Path(folder), "ours", _prune)
        theirs = _measure(running, Path(folder), "theirs", _delete_one_by_one)
        print(f"ratio: {ours / theirs:.1f} times as many runs in a second")


def _measure(running: EmbeddedServer, folder: Path, name: str, work: object) -> float:
    ensure_database(running, name)
    url = running.url(name)
    os.environ.update(
        dagster_environment(
            Settings(home=folder / name), application=ApplicationUrls(url), storage_url=url
        )
    )
    with DagsterInstance.get() as instance:
        idle.execute_in_process(instance=instance, run_config=QUIET)
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(MULTIPLY.encode())
            connection.execute("vacuum analyze event_logs")
        begin = time.monotonic()
        assert callable(work)
        count = work(instance)
        seconds = time.monotonic() - begin
    print(f"{name}: {count:,} runs in {seconds:.1f} s, {count / seconds:.0f} a second", flush=True)
    return float(count / seconds)


def _prune(instance: DagsterInstance) -> int:
    day = timedelta(days=1)
    retention = Retention(successes=day, failures=day, ticks=day)
    return prune(instance, retention, OwnHost()).run_count


def _delete_one_by_one(instance: DagsterInstance) -> int:
    records = instance.get_run_records(
        RunsFilter(statuses=[DagsterRunStatus.SUCCESS]), limit=DELETED_ONE_BY_ONE, ascending=True
    )
    for record in records:
        instance.delete_run(record.dagster_run.run_id)
    return len(records)


if __name__ == "__main__":
    main()
