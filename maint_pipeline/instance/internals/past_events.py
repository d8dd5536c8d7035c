"""Materializations dated when they happened; Dagster's public interface dates them now."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from dagster import (
    AssetKey,
    AssetMaterialization,
    DagsterEvent,
    DagsterEventType,
    DagsterInstance,
    EventLogEntry,
)
from dagster._core.events import StepMaterializationData
from dagster._core.instance.utils import RUNLESS_JOB_NAME, RUNLESS_RUN_ID


def store_materialization(
    instance: DagsterInstance, key: AssetKey, figures: Mapping[str, float], at: datetime
) -> None:
    """Store a materialization of the past, which belongs to no run.

    Args:
        instance: where to.
        key: of the asset.
        figures: what the UI plots.
        at: when it happened, aware.
    """
    materialization = AssetMaterialization(
        key, description="From the ledger: this Dagster didn't run it.", metadata=figures
    )
    event = DagsterEvent(
        event_type_value=DagsterEventType.ASSET_MATERIALIZATION.value,
        job_name=RUNLESS_JOB_NAME,
        event_specific_data=StepMaterializationData(materialization),
    )
    entry = EventLogEntry(  # type: ignore[no-untyped-call]
        error_info=None, level=logging.INFO, user_message="", run_id=RUNLESS_RUN_ID,
        timestamp=at.timestamp(), job_name=RUNLESS_JOB_NAME, dagster_event=event,
    )  # fmt: skip
    instance.event_log_storage.store_event(entry)
