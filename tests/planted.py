"""The dangers in tests/dangers: what an attacker, or a tired colleague, might have left behind.

Each begins with what it is, who could use it ("by") and what must be found, as severity, check and
object. Its statements run as the application's owner, "as superuser" as the server's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

FOLDER = Path(__file__).parent / "dangers"
_DANGER = re.compile(
    r"-- danger: (?P<title>.+)\n-- by: (?P<by>.+)\n(?P<superuser>-- as superuser\n)?"
    r"-- found: (?P<severity>\w+) (?P<check>\w+): (?P<object>.+)\n"
    r"(?P<statements>(?:(?!-- danger).*\n?)+)"
)


@dataclass(frozen=True)
class Danger:
    """One of them; its category is the name of its file."""

    title: str
    by: str
    as_superuser: bool
    severity: str
    check: str
    object: str
    statements: str
    category: str


def load_dangers() -> list[Danger]:
    return [
        Danger(
            match["title"], match["by"], match["superuser"] is not None, match["severity"],
            match["check"], match["object"], match["statements"], path.stem,
        )
        for path in sorted(FOLDER.glob("*.sql"))
        for match in _DANGER.finditer(path.read_text())
    ]  # fmt: skip


def findings(connection: psycopg.Connection, check: str) -> dict[str, dict]:
    """Give what a check sees now, by object, as maint_owner; nothing where it can't look."""
    with acting_as(connection, "maint_owner"):
        missing = connection.execute(
            "select maint.missing_needs(needs) from maint.checks where name = %s", [check]
        ).fetchone()
        if missing is None or missing[0]:
            return {}
        rows = connection.cursor(row_factory=dict_row).execute(
            f"select * from maint.check_{check}()".encode()
        )
        return {row["object"]: row for row in rows.fetchall()}


@contextmanager
def acting_as(connection: psycopg.Connection, role: str) -> Iterator[None]:
    """Act as a role for a while, within a transaction."""
    connection.execute(f"set local role {role}".encode())
    yield
    connection.execute("reset role")
