"""The way back of grants: who granted it, to whom, with which option."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.repairs.snapshot import Snapshot, State
from maint_pipeline.repairs.statements import GRANTS, OBJECTS, REVOKES, Statement, either


def undo_grants(
    before: Snapshot, changed: list[tuple[State | None, State | None]]
) -> Iterator[Statement]:
    """Revoke what came, then grant what went; a grant can rest on another, so those first.

    Args:
        before: the picture to come back to.
        changed: grants as they were and as they are.
    """
    wanted: list[State] = []
    taken: list[State] = []
    for was, now in changed:
        old, new = _present(was, now)
        if new and not old:
            taken.append(new)
            yield Statement(REVOKES, _revoke(new), _grantor(new))
        elif old and new and new["option"] and not old["option"]:
            yield Statement(REVOKES, _revoke(new, "grant option for "), _grantor(new))
        elif old:
            wanted.append(old)
    wanted += [grant for grant in _of_columns(before, taken) if grant not in wanted]
    for grant in _in_order(wanted):
        option = " with grant option" if grant["option"] else ""
        text = f"grant {_what(grant)} to {grant['grantee']}{option}"
        yield Statement(GRANTS, text, _grantor(grant))


def _present(old: State | None, new: State | None) -> tuple[State | None, State | None]:
    """Read an entry that says what is lost as the grant that was there before, and the reverse."""
    if (old or new or {}).get("lost"):
        return new, old
    return old, new


def _of_columns(before: Snapshot, taken: list[State]) -> list[State]:
    """Give the grants on columns that revoking one on the whole table takes along."""
    tables = {
        (grant["name"], grant["privilege"], grant["grantee"], grant["grantor"])
        for grant in taken
        if grant["what"] == "table" and grant["column"] is None
    }
    if not tables:
        return []
    return [
        state
        for (kind, _), state in before.states.items()
        if kind == "grants"
        and state["column"] is not None
        and (state["name"], state["privilege"], state["grantee"], state["grantor"]) in tables
    ]


def _in_order(grants: list[State]) -> Iterator[State]:
    """Put the grants of owners first, then those whose grantor has got the option by then."""
    waiting = sorted(grants, key=lambda grant: not grant["by_owner"])
    while waiting:
        ready = [g for g in waiting if g["by_owner"] or not _waits_for(g, waiting)] or waiting[:1]
        yield from ready
        waiting = [grant for grant in waiting if grant not in ready]


def _waits_for(grant: State, waiting: list[State]) -> bool:
    return any(
        other["grantee"] == grant["grantor"]
        and other["option"]
        and (other["what"], other["name"]) == (grant["what"], grant["name"])
        and other["privilege"] == grant["privilege"]
        and other["column"] in (None, grant["column"])
        for other in waiting
        if other is not grant
    )


def _grantor(grant: State) -> str | None:
    # What the owner grants, or a superuser for the owner, is granted by the owner.
    return None if grant["by_owner"] else str(grant["grantor"])


def _what(grant: State) -> str:
    columns = f" ({grant['column']})" if grant["column"] is not None else ""
    return f"{grant['privilege'].lower()}{columns} on {grant['what']} {grant['name']}"


def _revoke(grant: State, option: str = "") -> str:
    return f"revoke {option}{_what(grant)} from {grant['grantee']}"


def undo_default_privileges(
    _identity: str, old: State | None, new: State | None
) -> Iterator[Statement]:
    """Give back what default privileges added to the usual ones, or took from them."""
    entry = either(old, new)
    place = f" in schema {entry['schema']}" if entry["schema"] else ""
    begin = f"alter default privileges for role {entry['role']}{place}"
    what = f"{entry['privilege'].lower()} on {entry['on']}"
    # An entry says what is there, or that something usual is not: one that came is taken back.
    if (new is not None) != entry["lost"]:
        yield Statement(OBJECTS, f"{begin} revoke {what} from {entry['grantee']}")
    if (old is not None) != entry["lost"]:
        option = " with grant option" if (old or entry)["option"] else ""
        yield Statement(GRANTS, f"{begin} grant {what} to {entry['grantee']}{option}")
