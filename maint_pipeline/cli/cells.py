"""What a value looks like in a cell: times, numbers, lists and states, for people."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from rich.text import Text

from maint_pipeline.units import bytes_in_words, seconds_in_words

_HARMLESS = "\n\t\u200c\u200d"
"""Control and format characters that texts need: lines, and joining letters in some scripts."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)")
"""A time as JSON has it."""

SHORT_ID = 8
"""Characters of an id in lists; commands take them in place of the whole."""

STYLES = {
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


def cell(name: str, value: Any) -> Text:
    """Show a value in a list.

    Args:
        name: of its column; those that end in `bytes` or `seconds` get units.
        value: any.

    Returns:
        The text, printable; ids are shortened to `SHORT_ID` characters, times to the minute.
    """
    if isinstance(value, datetime):
        return Text(f"{value.astimezone():%Y-%m-%d %H:%M}")  # this machine's time, as ls shows it
    if isinstance(value, UUID):
        return Text(str(value)[:SHORT_ID])
    return field(name, value)


def field(name: str, value: Any) -> Text:
    """Show a value of one thing: as in a list, with ids whole and times to the second."""
    text = printable(_words(name, value))
    return Text(text, style=STYLES.get(text, ""))


def _words(name: str, value: Any) -> str:  # noqa: PLR0911 - one line for each kind of value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone():%Y-%m-%d %H:%M:%S}"
    if isinstance(value, int | float):
        return _number(name, value)
    if isinstance(value, str) and _TIME.fullmatch(value):
        return _words(name, datetime.fromisoformat(value))
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return ", ".join(map(str, value))
    if isinstance(value, dict | list):
        return json.dumps(value, default=str, ensure_ascii=False)
    return str(value)


def _number(name: str, value: float) -> str:
    if name.endswith("bytes"):
        return bytes_in_words(value)
    if name.endswith("seconds"):
        return seconds_in_words(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"
