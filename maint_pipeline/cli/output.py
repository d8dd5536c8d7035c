"""How commands print: tables for people, JSON for programs.

Names and texts from the database may hold what a terminal obeys. Everything that is printed for
people goes through `console` and `errors`, which make it visible; JSON escapes it anyway.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from maint_pipeline.cli.cells import field, printable
from maint_pipeline.cli.layout import Rows, fields


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
        console.print(Rows(rows, columns))


def print_script(text: str) -> None:
    """Print what may be piped into a program, unchanged; to a terminal as `console` would."""
    print(printable(text) if sys.stdout.isatty() else text)


def print_fields(values: Mapping[str, Any]) -> None:
    """Print one thing's fields, a line each."""
    console.print(fields({printable(name): field(name, value) for name, value in values.items()}))


def _json_value(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
