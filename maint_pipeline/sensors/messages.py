"""How sensors say what they did."""

from __future__ import annotations

from collections.abc import Mapping


def alert_changes(changes: Mapping[str, int], nothing: str) -> str:
    """Tell what became of alerts.

    Args:
        changes: how many were `created`, `repeated`, `reopened`, `resolved`.
        nothing: what to say when all are 0.
    """
    told = [f"{count} {what}" for what, count in changes.items() if count]
    return f"Alerts: {', '.join(told)}." if told else nothing
