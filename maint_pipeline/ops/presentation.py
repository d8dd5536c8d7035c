"""What the Dagster UI shows of a task run: metadata of the run page, figures to plot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dagster import (
    AssetKey,
    AssetMaterialization,
    MetadataValue,
    TableColumn,
    TableRecord,
    TableSchema,
)

from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import Outcome

GUIDES = {
    "retention": "administrator.md#retention-policies",
    "checks": "checks.md",
    "backups": "administrator.md#proof-that-backups-restore",
    "alerts": "operator.md#alerts",
    "reports": "operator.md#trends",
    "upkeep": "operator.md#keeping-dagster-healthy",
}
"""The page of the guides for each group of tasks."""


def job_description(description: str, group: str, settings: Settings) -> str:
    """Add to a description where more is said.

    Args:
        description: of the job, Markdown.
        group: of its task.
        settings: `docs_url`; without it pages are named as files.
    """

    def link(page: str) -> str:
        place = settings.guide(page)
        return f"[{page}]({place})" if settings.docs_url else place

    trouble = link("troubleshooting.md")
    return f"{description}\n\nGuide: {link(GUIDES[group])}. When it fails: {trouble}."


def result_metadata(
    outcome: Outcome,
    summary: str,
    tables: Mapping[str, list[dict[str, Any]]],
    next_run: datetime | None,
) -> dict[str, MetadataValue[Any]]:
    """Turn an outcome into metadata: the result first, then tables, then every detail.

    Args:
        outcome: of the task run.
        summary: the same in a few words.
        tables: by title.
        next_run: when its schedule starts it next.
    """
    metadata: dict[str, MetadataValue[Any]] = {
        "result": MetadataValue.text(summary),
        "status": MetadataValue.text(outcome.status),
    }
    metadata |= {title: _table(rows) for title, rows in tables.items() if rows}
    metadata |= {name: _value(value) for name, value in outcome.details.items()}
    if next_run is not None:
        metadata["next_scheduled_run"] = MetadataValue.timestamp(next_run)
    return {**metadata, "task_id": MetadataValue.text(str(outcome.task_id))}


def asset_key(task_name: str) -> AssetKey:
    """Name the asset that a task's figures belong to."""
    return AssetKey(["maintenance", task_name])


def asset_event(task_name: str, details: Mapping[str, Any], seconds: float) -> AssetMaterialization:
    """Give the event whose numeric figures the UI plots over time, run by run.

    Args:
        task_name: whose asset it is.
        details: of the outcome; what is no number is left out.
        seconds: how long the run took.
    """
    figures = {
        name: value
        for name, value in {**details, "duration_seconds": seconds}.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }
    return AssetMaterialization(asset_key=asset_key(task_name), metadata=figures)


def _value(value: Any) -> MetadataValue[Any]:
    if isinstance(value, bool):
        return MetadataValue.bool(value)
    if isinstance(value, int):
        return MetadataValue.int(value)
    if isinstance(value, float):
        return MetadataValue.float(value)
    if isinstance(value, dict | list):
        return MetadataValue.json(value)
    return MetadataValue.text("" if value is None else str(value))


def _table(rows: list[dict[str, Any]]) -> MetadataValue[Any]:
    columns = list(rows[0])
    return MetadataValue.table(
        records=[TableRecord({name: _cell(row[name]) for name in columns}) for row in rows],
        schema=TableSchema(columns=[TableColumn(name) for name in columns]),
    )


def _cell(value: Any) -> str | int | float | bool | None:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return json.dumps(value, default=str)
