"""How the Dagster UI shows a result: metadata of the run page, figures to plot, links to guides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dagster import MetadataValue, TableColumn, TableRecord, TableSchema

from maint_pipeline.guides import guide
from maint_pipeline.task_runs.context import Outcome

GUIDES = {
    "retention": "administrator.md#retention-policies",
    "checks": "checks.md",
    "backups": "administrator.md#restore-tests",
    "alerts": "operator.md#alerts",
    "reports": "operator.md#trends",
    "upkeep": "operator.md#keeping-dagster-healthy",
}
"""The page of the guides for each group of tasks."""


def job_description(description: str, group: str, docs_url: str | None) -> str:
    """Add the links to the guides to a description.

    Args:
        description: of the job, Markdown.
        group: of its task.
        docs_url: where the guides are served; without it pages are named as files.
    """

    def link(page: str) -> str:
        place = guide(page, docs_url)
        return f"[{page}]({place})" if docs_url else place

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


def figures(details: Mapping[str, Any]) -> dict[str, float | int]:
    """Give the numbers of a result, which the UI plots over time; what is no number is left out."""
    return {
        name: value
        for name, value in details.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


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
