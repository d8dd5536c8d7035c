"""What a suggestion is."""

from __future__ import annotations

from dataclasses import dataclass, field

LEAST_CONFIDENCE = 0.5
"""Below this a likeness is not worth anybody's time."""


@dataclass(frozen=True)
class Suggestion:
    """A relation that may play a part, or a function that may test for administrators.

    Attributes:
        part: of `likeness.COLUMNS`, or `admin_test`.
        relation: quoted as SQL has it; of a function its signature.
        state: `in use`, nothing is left to do; `proposed`, the likeliest where none is in use;
            `alternative`, the others; `closed`, it can't be used as it is.
        columns: SQL over the relation, by our column names.
        confidence: 0 to 1.
        reasons: arguments for and against it, as text.
        problem: why it can't be used as it is; None otherwise.
        grant: the SQL to run before, where an expression reads another relation; None otherwise.
        command: what accepts it; None where nothing does.
        enables: the checks and tasks that would have all that they need, other parts as proposed.
    """

    part: str
    relation: str
    state: str
    confidence: float
    reasons: list[str]
    columns: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    grant: str | None = None
    command: str | None = None
    enables: list[str] = field(default_factory=list)
