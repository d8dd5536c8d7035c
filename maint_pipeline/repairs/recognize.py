"""Recognizing the statements that repairs are made of: nothing else is ever run.

What a check advises is text out of the database. It has to be one of the statements of shapes.py as
a whole, with names quoted as PostgreSQL quotes them; each says what it may change, so that the
difference afterwards can be held against it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from maint_pipeline.repairs.errors import RepairError
from maint_pipeline.repairs.scope import Scope
from maint_pipeline.repairs.shapes import PARTS, SHAPES, Shape


@dataclass(frozen=True)
class Step:
    """One statement of a repair, recognized.

    Args:
        text: the statement.
        shape: what kind it is.
        scopes: what it may change.
        table: the table that it works on, where there is one, quoted.
    """

    text: str
    shape: Shape
    scopes: tuple[Scope, ...]
    table: str | None


def recognize(fix: str) -> list[Step]:
    """Read the statements that a check advises.

    Args:
        fix: as `metadata.fix` of a finding has them.

    Raises:
        RepairError: one of them is none that repairs are made of.
    """
    texts = [text.strip() for text in fix.split(";\n")]
    texts[-1] = texts[-1].removesuffix(";")
    return [_recognize(text) for text in texts]


def _recognize(text: str) -> Step:
    for pattern, shape in _COMPILED:
        if match := pattern.fullmatch(text):
            found = {name: value for name, value in match.groupdict().items() if value is not None}
            return Step(text, shape, tuple(shape.scopes(found)), found.get("table"))
    raise RepairError(f"No repair is made of this statement, so it is never run: {text}")


def _expand(pattern: str) -> str:
    """Put the parts in: <path> as it is, <path:table> as a group of that name."""

    def part(match: re.Match[str]) -> str:
        kind, _, group = match[1].partition(":")
        return f"(?P<{group}>{PARTS[kind]})" if group else PARTS[kind]

    # Not the names of groups, which stand behind a P.
    return re.sub(r"(?<!P)<([a-z]+(?::[a-z]+)?)>", part, pattern)


_COMPILED = [(re.compile(_expand(shape.pattern), re.DOTALL), shape) for shape in SHAPES]
