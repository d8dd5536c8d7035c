"""Pruning Dagster's own history: runs, their events and logs, and ticks past their retention.

Dagster itself deletes ticks and nothing else. Its `delete_run` takes a run's materializations
along, and with them the past of every plot, so the events of assets stay here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy
from dagster import DagsterInstance, DagsterRunStatus, RunRecord, RunsFilter
from dagster._core.scheduler.instigation import TickStatus

# Not public: the public delete_run knows no exception for the events of assets.
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable

BATCH = 100
"""Runs in one transaction: about 1,600 event rows, some tens of milliseconds."""

KEPT_EVENTS = (
    "ASSET_MATERIALIZATION",
    "ASSET_CHECK_EVALUATION",
    "ASSET_CHECK_EVALUATION_PLANNED",
)
SUCCEEDED = (DagsterRunStatus.SUCCESS,)
UNSUCCESSFUL = (DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)


@dataclass(frozen=True)
class Retention:
    """How long things are kept.

    Attributes:
        successes: runs that succeeded.
        failures: runs that failed or were canceled.
        ticks: of schedules and sensors, whatever came of them.
        job: only runs of this job, and no ticks; None for all.
    """

    successes: timedelta
    failures: timedelta
    ticks: timedelta
    job: str | None = None


@dataclass
class Pruned:
    """What was deleted, or would be."""

    runs: dict[tuple[str, str], int] = field(default_factory=dict)
    events: int = 0

    @property
    def run_count(self) -> int:
        """How many runs of all jobs."""
        return sum(self.runs.values())

    def rows(self) -> list[dict[str, str | int]]:
        """Give a row with `job, status, runs` for each job and status."""
        return [
            {"job": job, "status": status, "runs": count}
            for (job, status), count in sorted(self.runs.items())
        ]


def prune(
    instance: DagsterInstance,
    retention: Retention,
    *,
    dry_run: bool = False,
    until: datetime | None = None,
    report: Callable[[Pruned], None] = lambda pruned: None,
) -> Pruned:
    """Delete runs past their retention, batch by batch, but the newest run of each job.

    A run's events go before the run itself, so that a kill in between leaves a run that the next
    pruning deletes. Runs in progress are never touched.

    Args:
        instance: Dagster's, with PostgreSQL as its storage.
        retention: what is kept.
        dry_run: only count.
        until: when to stop.
        report: called after each batch.

    Returns:
        What was deleted; events but those of assets are counted.
    """
    pruned = Pruned()
    newest: dict[str, str] = {}
    for statuses, keep in ((SUCCEEDED, retention.successes), (UNSUCCESSFUL, retention.failures)):
        before = datetime.now(UTC) - keep
        filters = RunsFilter(job_name=retention.job, statuses=list(statuses), updated_before=before)
        for records in _batches(instance, filters, newest, advance=dry_run):
            if until and datetime.now(UTC) >= until:
                return pruned
            if not dry_run:
                pruned.events += _delete(instance, [r.dagster_run.run_id for r in records])
            for record in records:
                key = (record.dagster_run.job_name, record.dagster_run.status.value)
                pruned.runs[key] = pruned.runs.get(key, 0) + 1
            report(pruned)
    if not dry_run and retention.job is None:
        _purge_ticks(instance, retention.ticks)
    return pruned


def _batches(
    instance: DagsterInstance, filters: RunsFilter, newest: dict[str, str], *, advance: bool
) -> Iterator[list[RunRecord]]:
    """Return what can be deleted, oldest first; without `advance` the last result was deleted."""
    cursor: str | None = None
    kept: set[str] = set()
    while True:
        found = instance.get_run_records(
            filters, limit=BATCH + len(kept), ascending=True, cursor=cursor
        )
        for record in found:
            job = record.dagster_run.job_name
            if job not in newest:
                newest[job] = _newest_run(instance, job)
        kept |= {r.dagster_run.run_id for r in found} & set(newest.values())
        expired = [r for r in found if r.dagster_run.run_id not in kept]
        if expired:
            yield expired
        if not expired or len(found) < BATCH:
            return
        if advance:
            cursor = found[-1].dagster_run.run_id


def _newest_run(instance: DagsterInstance, job: str) -> str:
    (record,) = instance.get_run_records(RunsFilter(job_name=job), limit=1)
    return record.dagster_run.run_id


def _delete(instance: DagsterInstance, run_ids: list[str]) -> int:
    events = _delete_events(instance, run_ids)
    for run_id in run_ids:
        instance.compute_log_manager.delete_logs(prefix=[run_id])
        shutil.rmtree(Path(instance.storage_directory()) / run_id, ignore_errors=True)
        instance.run_storage.delete_run(run_id)
    return events


def _delete_events(instance: DagsterInstance, run_ids: list[str]) -> int:
    storage = instance.event_log_storage
    if not isinstance(storage, SqlEventLogStorage):
        raise TypeError(f"Dagster's storage is a {type(storage).__name__}, not an SQL database")
    events = SqlEventLogStorageTable.c
    statement = sqlalchemy.delete(SqlEventLogStorageTable).where(
        events.run_id.in_(run_ids),
        sqlalchemy.or_(
            events.dagster_event_type.is_(None), events.dagster_event_type.not_in(KEPT_EVENTS)
        ),
    )
    with storage.index_connection() as connection:
        result = connection.execute(statement)
        return int(result.rowcount)


def _purge_ticks(instance: DagsterInstance, keep: timedelta) -> None:
    before = (datetime.now(UTC) - keep).timestamp()
    for state in instance.all_instigator_state():
        instance.purge_ticks(
            state.instigator_origin_id, state.selector_id, before, tick_statuses=list(TickStatus)
        )
