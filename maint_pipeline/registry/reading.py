"""The registry: a TOML file, read again each time, where a mistake costs its own entry only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from maint_pipeline.registry.entries import Access, Discovery, Group, Written, read_text

_KINDS: dict[str, type[Access | Group]] = {
    "database": Written, "discover": Discovery, "group": Group,
}  # fmt: skip
_HEADER = re.compile(r"^[ \t]*\[\[[^\]\n]*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """What can't be used of the registry.

    Attributes:
        entry: its name, or its line where it has none.
    """

    entry: str
    problem: str


@dataclass(frozen=True)
class Registry:
    """What the file says."""

    databases: tuple[Written, ...]
    discoveries: tuple[Discovery, ...]
    mistakes: tuple[Mistake, ...]


def read_registry(file: Path) -> Registry:
    """Read the registry as it is now.

    Args:
        file: of `MAINT_DATABASES_FILE`.

    Returns:
        The entries that can be used, and what is wrong with the others.

    Raises:
        ConfigurationError: the file itself can't be read.
    """
    return _understand(read_text(file, f"MAINT_DATABASES_FILE: {file}"))


@lru_cache(maxsize=4)
def _understand(text: str) -> Registry:
    mistakes: list[Mistake] = []
    entries: dict[str, Access] = {}
    groups: dict[str, Group] = {}
    for kind, line, values in _tables(text, mistakes):
        named = values.get("name")
        place = named if isinstance(named, str) and named else f"line {line}"
        try:
            entry = _KINDS[kind].model_validate(values)
        except ValidationError as error:
            mistakes.append(Mistake(place, _in_words(error)))
            continue
        if entry.name in (groups if isinstance(entry, Group) else entries):
            mistakes.append(
                Mistake(f"line {line}", f"the name {entry.name} is taken by an entry above")
            )
        elif isinstance(entry, Group):
            groups[entry.name] = entry
        else:
            entries[entry.name] = entry
    complete = [_with_groups(entry, groups) for entry in entries.values()]
    return Registry(
        tuple(entry for entry in complete if isinstance(entry, Written)),
        tuple(entry for entry in complete if isinstance(entry, Discovery)),
        tuple(mistakes),
    )


def _with_groups(entry: Access, groups: Mapping[str, Group]) -> Access:
    """Give an entry with what its groups say, the first one first, where it says nothing itself."""
    settings, schedules = entry.settings, dict(entry.schedules)
    for name in entry.groups:
        if group := groups.get(name):
            settings = settings.over(group.settings)
            schedules = {**group.schedules, **schedules}
    return entry.model_copy(update={"settings": settings, "schedules": schedules})


def _tables(text: str, mistakes: list[Mistake]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Give kind, line and content of each entry."""
    for line, piece in _pieces(text):
        try:
            content = tomllib.loads(piece)
        except tomllib.TOMLDecodeError as error:
            # The message may quote what is written there, so only its place is passed on.
            where = re.search(r"at line (\d+)", str(error))
            number = line + int(where[1]) - 1 if where else line
            mistakes.append(
                Mistake(f"line {line}", f"not valid TOML at line {number}, or just above")
            )
            continue
        for kind, tables in content.items():
            if kind in _KINDS and isinstance(tables, list):
                yield from ((kind, line, table) for table in tables)
            else:
                mistakes.append(
                    Mistake(
                        f"line {line}",
                        f"{kind[:60]!r} is not known here; entries begin with [[database]], "
                        "[[discover]] or [[group]]",
                    )
                )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut the file before each entry, so that each is read alone; give the line and the text."""
    starts = [0, *(found.start() for found in _HEADER.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        if piece := text[start:end]:
            yield text.count("\n", 0, start) + 1, piece


def _in_words(error: ValidationError) -> str:
    """Say what is wrong, and repeat no value."""
    problems = {
        ".".join(str(part) for part in problem["loc"] if part not in ("str", "Reference")): problem[
            "msg"
        ].removeprefix("Value error, ")
        for problem in error.errors(include_input=False, include_url=False, include_context=False)
    }
    return "; ".join(f"{field}: {words}" if field else words for field, words in problems.items())
