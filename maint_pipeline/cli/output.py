"""How commands print: tables for people, JSON for programs.

Names and texts from the database may hold what a terminal obeys. Everything that is printed for
people goes through `console` and `errors`, which make it visible; JSON escapes it anyway.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

_HARMLESS = "\n\t\u200c\u200d"
"""Control and format characters that texts need: lines, and joining letters in some scripts."""


def printable(text: str) -> str:
    r"""Write out what a terminal would obey: escape sequences, carriage returns, bidi controls.

    Args:
        text: any.

    Returns:
        The same with `\x1b`, `\r`, `\u202e` and their like in letters.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    is_control = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    if not is_control or character in _HARMLESS:
        return character
    return character.encode("unicode_escape").decode()


class _Console(Console):
    """Prints nothing that a terminal would obey but its own styles."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(printable(text), **options)

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        # Texts that others have made, such as a progress bar's.
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=printable(segment.text))


# Without a terminal nobody needs lines of 80 characters, and names cut short can't be searched.
console = _Console(width=None if sys.stdout.isatty() else 200)
errors = _Console(stderr=True)

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


def print_script(text: str) -> None:
    """Print what may be piped into a program, unchanged; to a terminal as `console` would."""
    print(printable(text) if sys.stdout.isatty() else text)


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
        table.add_row(f"[bold]{escape(name)}[/]", _cell(value))
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
        return escape(json.dumps(value, default=_json_value, ensure_ascii=False))
    text = escape(str(value))
    return f"[{_STYLES[text]}]{text}[/]" if text in _STYLES else text
