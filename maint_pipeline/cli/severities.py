"""Severities as options take them."""

from __future__ import annotations

from maint_pipeline.alerts import SEVERITIES
from maint_pipeline.errors import UsageError


def at_least(severity: str | None) -> tuple[str, ...]:
    """Give a severity and all higher ones; all of them for None.

    Raises:
        UsageError: there is no such severity.
    """
    if severity is None:
        return SEVERITIES
    if severity not in SEVERITIES:
        raise UsageError(f"There is no severity {severity}: it is one of {', '.join(SEVERITIES)}.")
    return SEVERITIES[: SEVERITIES.index(severity) + 1]
