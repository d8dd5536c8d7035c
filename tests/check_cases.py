"""The cases in tests/checks: one file for each security check, named like it.

A file's sections begin with a comment:

- "-- prepare: REASON" makes a check applicable that was not, for that reason;
- "-- harmless" plants what looks like the problem and isn't;
- "-- problem: A; B" plants it and names what it must be found at, no more and no less (in brackets:
  an SQL expression);
- "-- repair" mends it; "-- repair: fix" runs the statements that the findings themselves advise;
- "-- clean up" takes away what belongs to the whole server.

A first line "-- on a server of its own" asks for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "checks"
_SECTION = re.compile(
    r"^-- (prepare|harmless|problem|repair|clean up)(?:: (.*))?\n", flags=re.MULTILINE
)


@dataclass(frozen=True)
class Section:
    """What a section is, what follows its colon, and its statements."""

    kind: str
    argument: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One file."""

    check: str
    own_server: bool
    sections: tuple[Section, ...]


def load_cases() -> list[Case]:
    return [_parse(path.stem, path.read_text()) for path in sorted(FOLDER.glob("*.sql"))]


def _parse(check: str, text: str) -> Case:
    _, *parts = _SECTION.split(text)
    sections = tuple(
        Section(kind, argument or "", tuple(filter(None, map(str.strip, body.split(";\n")))))
        for kind, argument, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    )
    return Case(check, text.startswith("-- on a server of its own"), sections)
