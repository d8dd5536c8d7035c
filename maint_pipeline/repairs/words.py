"""Differences of the catalog in words."""

from __future__ import annotations

from maint_pipeline.repairs.snapshot import Difference, State

_ONE = {
    "columns": "column", "comments": "comment on", "constraints": "constraint",
    "default_privileges": "default privilege:", "event_triggers": "event trigger",
    "grants": "grant:", "indexes": "index", "memberships": "membership:", "policies": "policy",
    "relations": "relation", "role_settings": "setting of", "roles": "role", "routines": "routine",
    "rules": "rule", "server_settings": "setting of the server", "triggers": "trigger",
}  # fmt: skip
_LONGEST = 200


def in_words(changes: Difference) -> list[str]:
    """Say of each object what changes.

    Args:
        changes: between two snapshots.
    """
    return [
        f"{_ONE.get(kind, kind)} {identity}: {_change(old, new)}"
        for (kind, identity), (old, new) in changes.items()
    ]


def _change(old: State | None, new: State | None) -> str:
    if old is None or new is None:
        return "new" if old is None else "gone"
    return "; ".join(
        f"{name.replace('_', ' ')} {_short(old[name])} → {_short(new.get(name))}"
        for name in old
        if old[name] != new.get(name)
    )


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(
            name if flag is True else f"{name} {flag}" for name, flag in value.items() if flag
        )
    text = "on" if value is True else "off" if value is False else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
