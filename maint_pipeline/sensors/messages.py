"""How sensors say what they did."""

from __future__ import annotations

from collections.abc import Mapping


def alert_changes(changes: Mapping[str, int], nothing: str) -> str:
    """Return a sentence on how alerts changed.

    Args:
        changes: how many were `created`, `repeated`, `reopened`, `resolved`.
        nothing: what to say when all are 0.
    """
    parts = [f"{count} {what}" for what, count in changes.items() if count]
    return f"Alerts: {', '.join(parts)}." if parts else nothing
