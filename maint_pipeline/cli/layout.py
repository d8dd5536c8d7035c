"""How rows are laid out for a terminal: a table where it fits, records below one another where not.

No column is ever dropped and no text is cut: an id that is cut can't be used, and a reason that is
missing can't be read. What a cell says is cells.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from maint_pipeline.cli.cells import cell

SENTENCES = {
    "condition", "description", "detail", "error_message", "fix", "path", "problem", "reason",
    "result", "rights", "title",
}  # fmt: skip
"""Columns whose text may be broken into lines."""

GAP = 2
LEAST_OF_A_SENTENCE = 28
"""Characters; a narrower column of text is read worse than text below its row."""

INDENT = 4


class Rows:
    """Rows as a table, or, in a narrow terminal, each with its texts below it."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
        self._columns = list(columns)
        self._cells = [{name: cell(name, row[name]) for name in columns} for row in rows]
        self._widths = {
            name: max([cell_len(name), *(_width(cells[name]) for cells in self._cells)])
            for name in columns
        }

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        texts = [name for name in self._columns if name in SENTENCES]
        short = [name for name in self._columns if name not in SENTENCES]
        if self._needed(self._columns) <= options.max_width:
            yield self._table()
        elif short and self._needed(short) <= options.max_width:
            yield from self._with_texts_below(short, texts)
        else:
            yield from self._records()

    def _needed(self, names: Iterable[str]) -> int:
        widths = [
            min(self._widths[name], LEAST_OF_A_SENTENCE) if name in SENTENCES
            else self._widths[name]
            for name in names
        ]  # fmt: skip
        return sum(widths) + GAP * (len(widths) - 1)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
        for name in self._columns:
            is_text = name in SENTENCES
            table.add_column(
                name, overflow="fold", no_wrap=not is_text,
                min_width=min(self._widths[name], LEAST_OF_A_SENTENCE if is_text else 1000),
            )  # fmt: skip
        for cells in self._cells:
            table.add_row(*cells.values())
        return table

    def _with_texts_below(self, short: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        yield self._line(short, {name: Text(name, style="bold") for name in short})
        for cells in self._cells:
            yield self._line(short, cells)
            for name in texts:
                if cells[name].plain:
                    label = Text(f"{name}: ", style="dim") if len(texts) > 1 else Text()
                    yield Padding(label + cells[name], (0, 0, 0, INDENT))

    def _line(self, names: Sequence[str], cells: Mapping[str, Text]) -> Text:
        line = Text()
        for name in names:
            line.append_text(cells[name])
            line.append(" " * (self._widths[name] - cells[name].cell_len + GAP))
        line.rstrip()
        return line

    def _records(self) -> Iterator[Any]:
        for number, cells in enumerate(self._cells):
            if number:
                yield Text()
            yield fields({name: text for name, text in cells.items() if text.plain})


def fields(cells: Mapping[str, Text]) -> Table:
    """Lay out one thing's fields, a line or more each.

    Args:
        cells: by name.
    """
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, GAP, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in cells.items():
        table.add_row(Text(name, style="bold"), value)
    return table


def _width(text: Text) -> int:
    return max((cell_len(line) for line in text.plain.splitlines()), default=0)
