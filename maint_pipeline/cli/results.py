"""What became of a task run, for people: after `maint run`, and in `maint history show`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from maint_pipeline.cli.output import console, print_fields
from maint_pipeline.units import seconds_in_words

_FIRST = (
    "policy", "policies", "action", "cutoff", "expired_count", "expired_bytes", "deleted_count",
    "oldest", "newest", "held", "locked_left", "refused", "refusal", "unfinished",
    "walked_percent", "archived_rows", "archived_bytes", "archive_files", "archive",
    "partitions_dropped", "reusable_bytes", "returned_bytes", "findings", "alerts_created",
    "alerts_resolved", "failed_checks", "findings_by_check",
)  # fmt: skip
"""What people look for, in this order; everything else follows."""

_LEFT_OUT = {"progress", "by_day", "dry_run", "on_request", "wrong_usage", "told_by"}
"""Said in other words, or for programs."""


def print_result(row: Mapping[str, Any], ui_url: str | None) -> None:
    """Print how a run ended in a sentence, then its figures, and at last where more is to see.

    Args:
        row: of the ledger, with `duration_seconds` and `dagster_run_id`.
        ui_url: of Dagster's web application, where it is known.
    """
    from maint_pipeline.task_runs.results import advice_in_words

    console.print(_headline(row), highlight=False)
    if advice := advice_in_words(row):
        console.print(Text(f"What to do: {advice}"), highlight=False)
    console.print()
    details = row["details"] if isinstance(row["details"], dict) else {}
    print_fields({**_figures(details), **_identity(row, ui_url)})


def _headline(row: Mapping[str, Any]) -> Text:
    from maint_pipeline.task_runs.results import result_in_words

    words = result_in_words(row)
    seconds = row["duration_seconds"]
    took = "" if seconds is None else f" ({seconds_in_words(seconds)})"
    is_said = row["status"] == "completed" or words.startswith(row["status"])
    status = "" if is_said else row["status"]
    text = Text(row["task_name"], style="bold")
    text.append(f" {status}" if status else "", style="red" if status == "failed" else "")
    return text.append(f": {words}{took}", style="not bold")


def _figures(details: Mapping[str, Any]) -> dict[str, Any]:
    left_out = _LEFT_OUT | ({"deleted_count"} if details.get("dry_run") else set())
    names = [name for name in _FIRST if name in details and name not in left_out]
    names += [name for name in details if name not in _FIRST and name not in left_out]
    figures = {name: _without_zeros(details[name]) for name in names}
    return {name: value for name, value in figures.items() if value not in (None, {}, [], "")}


def _without_zeros(value: Any) -> Any:
    """Leave out of a count by name what was counted and not found."""
    if not isinstance(value, dict):
        return value
    return {name: part for name, part in value.items() if part != 0}


def _identity(row: Mapping[str, Any], ui_url: str | None) -> dict[str, Any]:
    run_id = row["dagster_run_id"]
    known = {
        "started_at": row["started_at"],
        "error": row["error_message"] if row["status"] == "failed" else None,
        "task_id": row["id"],
        "run": f"{ui_url.rstrip('/')}/runs/{run_id}" if ui_url and run_id else run_id,
    }
    return {name: value for name, value in known.items() if value is not None}
