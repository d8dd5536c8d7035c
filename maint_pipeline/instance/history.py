"""Pruning Dagster's own history: runs, their events and logs, and ticks past their retention.

Dagster itself deletes ticks and nothing else. How a run is deleted is the host's to say
(host.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dagster import DagsterInstance, DagsterRunStatus, RunRecord, RunsFilter

from maint_pipeline.instance.host import DagsterHost

BATCH = 100
"""Runs in one transaction: about 1,600 event rows, some tens of milliseconds."""

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
        tags: only runs that have each of these tags with one of its values.
    """

    successes: timedelta
    failures: timedelta
    ticks: timedelta
    job: str | None = None
    tags: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class Pruned:
    """What was deleted, or would be; `events` is None where nobody counts them."""

    runs: dict[tuple[str, str], int] = field(default_factory=dict)
    events: int | None = 0

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
    host: DagsterHost,
    *,
    dry_run: bool = False,
    until: datetime | None = None,
    report: Callable[[Pruned], None] = lambda pruned: None,
) -> Pruned:
    """Delete runs past their retention, batch by batch, but the newest run of each job.

    Runs in progress are never touched.

    Args:
        instance: Dagster's.
        retention: what is kept.
        host: how they are deleted.
        dry_run: only count.
        until: when to stop.
        report: called after each batch.

    Returns:
        What was deleted.
    """
    pruned = Pruned()
    newest: dict[str, str] = {}
    for statuses, keep in ((SUCCEEDED, retention.successes), (UNSUCCESSFUL, retention.failures)):
        before = datetime.now(UTC) - keep
        filters = RunsFilter(
            job_name=retention.job, statuses=list(statuses), updated_before=before,
            tags=dict(retention.tags),
        )  # fmt: skip
        for records in _batches(instance, filters, newest, advance=dry_run):
            if until and datetime.now(UTC) >= until:
                return pruned
            if not dry_run:
                events = host.delete_runs(instance, [r.dagster_run.run_id for r in records])
                pruned.events = None if events is None else (pruned.events or 0) + events
            for record in records:
                key = (record.dagster_run.job_name, record.dagster_run.status.value)
                pruned.runs[key] = pruned.runs.get(key, 0) + 1
            report(pruned)
    if not dry_run and retention.job is None:
        host.purge_ticks(instance, datetime.now(UTC) - retention.ticks)
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
