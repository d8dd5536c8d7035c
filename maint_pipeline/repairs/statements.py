"""Statements of an undo, and how they are put together from what the catalog said.

Identities come quoted from the database (`quote_ident`, `regclass`), values are quoted here.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from maint_pipeline.repairs.snapshot import State

# In the order in which they are run: what is in the way goes first, comments come last.
FIRST, DEFINITIONS, OBJECTS, REVOKES, GRANTS, ROLES, SETTINGS, INDEXES, MARKS, COMMENTS = range(10)


@dataclass(frozen=True)
class Statement:
    """One statement of an undo.

    Args:
        phase: when it is run, of the above.
        text: without a semicolon at its end.
        role: as which role it is run, quoted, because a grant says who made it; None: as the one
            who undoes.
        alone: it can't be in a transaction.
    """

    phase: int
    text: str
    role: str | None = None
    alone: bool = False


def either(old: State | None, new: State | None) -> State:
    """Give what an object was, or what it is where it wasn't there."""
    state = old or new
    if state is None:
        raise ValueError("neither before nor after")
    return state


def literal(value: object) -> str:
    """Quote a value as a string of SQL."""
    return sql.Literal(str(value)).as_string()


def option_pairs(options: list[str]) -> dict[str, str]:
    """Read what PostgreSQL keeps as name=value."""
    return dict(option.split("=", 1) for option in options)


def script(statements: list[Statement]) -> list[str]:
    """Give the texts to run one after the other, with the changes of role in between.

    Args:
        statements: in the order to run them.
    """
    lines: list[str] = []
    role = None
    for statement in statements:
        if statement.role != role:
            if role is not None:
                lines.append("reset role")
            if statement.role is not None:
                lines.append(f"set role {statement.role}")
            role = statement.role
        lines.append(statement.text)
    return lines + (["reset role"] if role is not None else [])
