"""The way back of policies, routines, triggers, rules and comments: what has a whole definition."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import sql

from maint_pipeline.repairs.errors import NoWayBackError
from maint_pipeline.repairs.snapshot import State
from maint_pipeline.repairs.statements import (
    COMMENTS,
    DEFINITIONS,
    FIRST,
    MARKS,
    Statement,
    either,
    literal,
)

_STATES = {"O": "enable", "D": "disable", "R": "enable replica", "A": "enable always"}
# What pg_identify_object() calls it, in the words of COMMENT ON; others are called the same there.
_COMMENTED = {
    "table column": "column", "view column": "column", "foreign table column": "column",
    "materialized view column": "column", "composite type column": "column",
    "table constraint": "constraint", "domain constraint": "constraint on domain",
}  # fmt: skip


def undo_policy(_identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Drop a policy that came; create one that went; give one that changed its conditions back."""
    if old and new and _can_alter(old, new):
        text = f"alter policy {old['name']} on {old['relation']} to {', '.join(old['roles'])}"
        yield Statement(DEFINITIONS, text + _conditions(old))
        return
    if new:
        yield Statement(FIRST, f"drop policy {new['name']} on {new['relation']}")
    if old:
        text = (
            f"create policy {old['name']} on {old['relation']} "
            f"as {'permissive' if old['permissive'] else 'restrictive'} for {old['command']} "
            f"to {', '.join(old['roles'])}"
        )
        yield Statement(DEFINITIONS, text + _conditions(old))


def _can_alter(old: State, new: State) -> bool:
    # A condition can be replaced, not taken away.
    return all(old[name] == new[name] for name in ("permissive", "command")) and all(
        new[name] is None or old[name] is not None for name in ("using", "check")
    )


def _conditions(policy: State) -> str:
    using = f" using ({policy['using']})" if policy["using"] is not None else ""
    check = f" with check ({policy['check']})" if policy["check"] is not None else ""
    return using + check


def undo_routine(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Replace a routine by its whole definition from before; its grants and owner stay."""
    if not old or not new or old["kind"] not in "fp" or old["kind"] != new["kind"]:
        raise NoWayBackError(f"Routine {identity} came or went, or is no function.")
    if old["definition"] != new["definition"]:
        yield Statement(DEFINITIONS, str(old["definition"]).rstrip())
    if old["owner"] != new["owner"]:
        yield Statement(MARKS, f"alter routine {identity} owner to {old['owner']}")


def undo_trigger(
    identity: str, old: State | None, new: State | None, name: str | None
) -> Iterator[Statement]:
    """Let a trigger fire when it did; that of a foreign key comes and goes with it."""
    if (old is None or new is None) and either(old, new)["internal"]:
        if old and old["enabled"] != "O":
            raise NoWayBackError(f"A trigger of a foreign key that went was off: {identity}.")
        return
    if not old or not new or {**old, "enabled": ""} != {**new, "enabled": ""}:
        raise NoWayBackError(f"Trigger {identity} came, went or has another definition.")
    name = sql.Identifier(name).as_string() if name else old["name"]
    yield Statement(
        MARKS, f"alter table only {old['table']} {_STATES[old['enabled']]} trigger {name}"
    )


def undo_rule(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Create a rule that went; drop one that came; let it fire when it did."""
    if old and new and old["definition"] != new["definition"]:
        raise NoWayBackError(f"Rule {identity} has another definition.")
    if new and not old:
        yield Statement(FIRST, f"drop rule {new['name']} on {new['relation']}")
    if old and not new:
        yield Statement(DEFINITIONS, str(old["definition"]).rstrip(";"))
    if old and (new or {"enabled": "O"})["enabled"] != old["enabled"]:
        if old["kind"] not in "rp":
            raise NoWayBackError(f"Rule {identity} of a view can't be switched.")
        yield Statement(
            MARKS, f"alter table {old['relation']} {_STATES[old['enabled']]} rule {old['name']}"
        )


def undo_event_trigger(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Drop an event trigger that came; create one that went, with its owner and state."""
    if old and new and {**old, "enabled": ""} != {**new, "enabled": ""}:
        raise NoWayBackError(f"Event trigger {identity} has another definition.")
    if new and not old:
        yield Statement(FIRST, f"drop event trigger {identity}")
    if old and not new:
        tags = ", ".join(literal(tag) for tag in old["tags"])
        condition = f" when tag in ({tags})" if tags else ""
        yield Statement(
            COMMENTS,
            f"create event trigger {identity} on {old['event']}{condition} "
            f"execute function {old['function']}()",
        )
        yield Statement(COMMENTS, f"alter event trigger {identity} owner to {old['owner']}")
    if old and (new or {"enabled": "O"})["enabled"] != old["enabled"]:
        yield Statement(COMMENTS, f"alter event trigger {identity} {_STATES[old['enabled']]}")


def undo_comment(_identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Write a comment as it was."""
    comment = either(old, new)
    kind = _COMMENTED.get(comment["type"], comment["type"])
    text = literal(old["text"]) if old else "null"
    yield Statement(COMMENTS + 1, f"comment on {kind} {comment['identity']} is {text}")
