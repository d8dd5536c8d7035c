"""How commands print: tables for people, JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

# Without a terminal nobody needs lines of 80 characters, and names cut short can't be searched.
console = Console(width=None if sys.stdout.isatty() else 200)
errors = Console(stderr=True)

_SENTENCES = {
    "condition", "description", "detail", "error_message", "fix", "problem", "reason", "title",
}  # fmt: skip
_STYLES = {
    "completed": "green",
    "passed": "green",
    "failed": "red",
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "findings": "yellow",
    "skipped": "dim",
    "not_applicable": "dim",
}


def print_rows(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool, empty: str
) -> None:
    """Print rows as a table of some columns, or all of them as one JSON array.

    Args:
        rows: what to print.
        columns: what the table shows of them.
        as_json: print JSON.
        empty: what to say instead of a table without rows.
    """
    if as_json:
        print(json.dumps([dict(row) for row in rows], default=_json_value, indent=2))
    elif not rows:
        console.print(empty)
    else:
        console.print(table_of(rows, columns))


def table_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    """Make a table of some columns of rows."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column not in _SENTENCES)
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    return table


def print_fields(values: Mapping[str, Any]) -> None:
    """Print one thing's fields, a line each."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, value in values.items():
        table.add_row(f"[bold]{name}[/]", _cell(value))
    console.print(table)


def _json_value(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M:%S}"  # this machine's time, as ls shows it
    if isinstance(value, float):
        return f"{value:,.3f}"
    if isinstance(value, dict | list):
        return json.dumps(value, default=_json_value)
    text = str(value).replace("[", r"\[")
    return f"[{_STYLES[text]}]{text}[/]" if text in _STYLES else text
