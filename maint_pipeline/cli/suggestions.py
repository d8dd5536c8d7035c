"""How the command line shows a suggested policy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from maint_pipeline.cli.output import console


def print_suggestion(row: dict[str, Any]) -> None:
    """Print why a policy would make sense, what it would free, and the command that adds it.

    Args:
        row: as the fields of `Suggestion`.
    """
    from maint_pipeline.sources.command_line import command

    def say(text: str, **style: Any) -> None:
        console.print(text, markup=False, highlight=False, soft_wrap=True, **style)

    say(f"{row['relation']} ({row['confidence']:.2f}): keep {row['keep']}", style="bold")
    say(f"  {'; '.join(row['reasons'])}")
    figures = ("rows", "bytes", "rows_per_day", "oldest_at", "would_free_rows", "would_free_bytes")
    known = [f"{name.replace('_', ' ')} {_figure(row[name])}" for name in figures]
    say(f"  {', '.join(known)}")
    for text in (row["note"], row["problem"]):
        if text:
            say(f"  {text[0].upper()}{text[1:]}.")
    if row["grant"]:
        say(f"  {command(['maint', 'psql', '-c', row['grant']])}")
    if row["command"]:
        say(f"  {row['command']}")


def _figure(value: Any) -> str:
    if value is None:
        return "unknown"
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else f"{value:,}"
