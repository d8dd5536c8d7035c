"""The functions that others call: in schema maint always, in public where the name is free.

The application may have functions of these names. `entry_functions.sql` says for each whether it
stays and whether ours can be created beside it: calls to theirs return the same before and after
(docs/decisions/0034).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from maint_pipeline.database.connection import Connection
from maint_pipeline.errors import UsageError

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    """What a function of ours takes.

    Attributes:
        types: of its arguments, in order, as `regtype` writes them.
        required: how many of them have no default.
    """

    types: tuple[str, ...] = ()
    required: int = 0


ENTRY_FUNCTIONS = {
    "run_automated_security_checks": Entry(),
    "cleanup_old_audit_logs": Entry(),
    "cleanup_old_security_alerts": Entry(),
    "verify_backup_health": Entry(),
    "get_maintenance_task_history": Entry(("integer",)),
    "get_unresolved_security_alerts": Entry(),
    "resolve_security_alert": Entry(("uuid", "text"), 1),
    "acknowledge_security_alert": Entry(("uuid", "text"), 1),
    "silence_security_alert": Entry(("uuid", "timestamp with time zone", "text"), 2),
    "preview_cleanup": Entry(("text",)),
    "get_maintenance_changes": Entry(("integer",)),
}
"""A test compares it with what the scripts install."""


@dataclass(frozen=True)
class Place:
    """Where a function of ours is to be called, and what that means for the application's.

    Attributes:
        name: of the function.
        in_public: whether `public.NAME` is ours; `maint.NAME` always is.
        is_there: whether `public.NAME` is ours now.
        replaced: signature of the application's function that ours takes the place of.
        because: why ours is not in public; or, of a function that is replaced, why it may be.
        remedy: what would change that.
        others: signatures of functions of the same name that belong to others and stay.
    """

    name: str
    in_public: bool
    is_there: bool
    replaced: str | None
    because: str | None
    remedy: str | None
    others: tuple[str, ...]

    def in_words(self) -> str | None:
        """Return what is special about it; None when nothing is."""
        if self.replaced:
            return (
                f"{self.replaced} is replaced: {self.because}. It is kept with its owner and "
                "grants in maint.kept_functions; maint migrate --down gives it back"
            )
        if not self.in_public:
            remedy = f". {self.remedy}" if self.remedy else ""
            return (
                f"{self.name} is maint.{self.name} only: {self.because}, and stays as it is{remedy}"
            )
        if self.others:
            return f"{', '.join(self.others)} stays as it is, beside public.{self.name} of ours"
        return None


def places(connection: Connection, replace: Sequence[str] = ()) -> list[Place]:
    """Decide for each of our functions whether it can be called in public.

    Args:
        connection: of the role that migrates, or any other that only wants to know.
        replace: names whose function of the application ours is to replace.

    Returns:
        One for each function, ordered by name.
    """
    entries = [
        {"name": name, "types": entry.types, "required": entry.required}
        for name, entry in ENTRY_FUNCTIONS.items()
    ]
    query = (_HERE / "entry_functions.sql").read_text(encoding="utf-8")
    rows = connection.execute(
        query.encode(), {"entries": json.dumps(entries), "replace": list(replace)}
    ).fetchall()
    return [Place(**{**row, "others": tuple(row["others"])}) for row in rows]


def publishing(found: Sequence[Place]) -> str:
    """Give the statement that makes our functions callable from outside.

    Args:
        found: of `places`.
    """
    names = ", ".join(f"'{name}'" for name in ENTRY_FUNCTIONS)
    public = ", ".join(f"'{place.name}'" for place in found if place.in_public)
    return f"select maint.publish_functions(array[{names}], array[{public}]::text[]);"


def replacing(found: Sequence[Place]) -> list[str]:
    """Give the statements that keep the application's functions and make room for ours.

    Args:
        found: of `places`.
    """
    keep = (_HERE / "keep_function.sql").read_text(encoding="utf-8")
    return [
        statement
        for place in found
        if place.replaced
        for statement in (
            # The signature comes from the catalog, written by regprocedure itself.
            keep.replace(":signature", "'" + place.replaced.replace("'", "''") + "'"),
            f"drop function {place.replaced};",
        )
    ]


def refuse_to_replace(found: Sequence[Place], replace: Sequence[str]) -> Iterator[str]:
    """Return which functions can't be replaced although somebody asks for it, and why.

    Args:
        found: of `places`.
        replace: names that were asked for.

    Raises:
        UsageError: we have no function of that name.
    """
    for name in replace:
        if name not in ENTRY_FUNCTIONS:
            raise UsageError(
                f"maint_pipeline has no function {name}. It has "
                f"{', '.join(sorted(ENTRY_FUNCTIONS))}."
            )
    for place in found:
        if place.name in replace and not place.in_public:
            yield f"{place.name} can't be replaced: {place.because}"
