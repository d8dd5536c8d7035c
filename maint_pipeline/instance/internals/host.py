"""Our own Dagster, of which we know more than its public interface says.

Dagster's public `delete_run` takes a run's materializations along, and with them the past of every
plot, so the events of assets stay here (docs/decisions/0021).
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy
from dagster import AssetKey, DagsterInstance, DagsterRun
from dagster._core.scheduler.instigation import TickStatus
from dagster._core.storage.event_log import SqlEventLogStorage
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable

from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.internals.past_events import store_materialization

KEPT_EVENTS = (
    "ASSET_MATERIALIZATION",
    "ASSET_CHECK_EVALUATION",
    "ASSET_CHECK_EVALUATION_PLANNED",
)

_WAITS_FOR_THE_END = "grpc-server-termination"
"""Dagster's thread that waits for the server's end, and then for running ticks unannounced
(dagster/_grpc/server.py, server_termination_target, 1.13)."""


class OwnHost(DagsterHost):
    """A Dagster deployment of maintenance alone, with an SQL database as its storage."""

    is_ours = True

    def delete_runs(self, instance: DagsterInstance, run_ids: Sequence[str]) -> int:
        """Delete runs and their events, but those of assets.

        Events go first, so that a kill in between leaves a run that the next pruning deletes.

        Args:
            instance: of which they are.
            run_ids: of runs that have ended.

        Raises:
            TypeError: the storage is no SQL database.
        """
        events = _delete_events(instance, run_ids)
        for run_id in run_ids:
            instance.compute_log_manager.delete_logs(prefix=[run_id])
            shutil.rmtree(Path(instance.storage_directory()) / run_id, ignore_errors=True)
            instance.run_storage.delete_run(run_id)
        return events

    def purge_ticks(self, instance: DagsterInstance, before: datetime) -> None:
        """Delete ticks of schedules and sensors, whatever came of them.

        Args:
            instance: of which they are.
            before: aware; younger ones stay.
        """
        for state in instance.all_instigator_state():
            instance.purge_ticks(
                state.instigator_origin_id, state.selector_id, before.timestamp(),
                tick_statuses=list(TickStatus),
            )  # fmt: skip

    def report_past(
        self, instance: DagsterInstance, key: AssetKey, figures: Mapping[str, float], at: datetime
    ) -> bool:
        """Store a materialization of the past.

        Args:
            instance: where to.
            key: of the asset.
            figures: what the UI plots.
            at: when it happened, aware.

        Returns:
            True.
        """
        store_materialization(instance, key, figures, at)
        return True

    def is_ending(self) -> bool:
        """Return whether Dagster's code server, in which sensors tick, was asked to end."""
        if super().is_ending():
            return True
        for thread in threading.enumerate():
            if thread.name == _WAITS_FOR_THE_END:
                asked = next(iter(getattr(thread, "_args", ())), None)
                return isinstance(asked, threading.Event) and asked.is_set()
        return False

    def resumes(self, instance: DagsterInstance, run: DagsterRun) -> bool:
        """Return whether run monitoring resumes a run whose process has died.

        Args:
            instance: of the run.
            run: which is in progress; one of a command line has no origin, and ends with it.
        """
        launcher = instance.run_launcher
        return bool(
            run.job_code_origin
            and instance.run_monitoring_enabled
            and instance.run_monitoring_max_resume_run_attempts
            and launcher.supports_resume_run
            and launcher.supports_check_run_worker_health
        )


def _delete_events(instance: DagsterInstance, run_ids: Sequence[str]) -> int:
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
