"""Durations as people write them on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from maint_pipeline.errors import UsageError

_DURATION = re.compile(r"([1-9][0-9]{0,4})([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(option: str, text: str) -> timedelta:
    """Read a duration such as 30m, 12h, 2d or 1w.

    Args:
        option: the option's name, for the error.
        text: what was written.

    Raises:
        UsageError: it is no such duration.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise UsageError(f"{option} takes a duration such as 30m, 12h, 2d or 1w, not {text!r}.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def moment(option: str, text: str) -> datetime:
    """Read a time in the past: how long ago, such as 12h or 2d, or a date or time, in UTC.

    Args:
        option: the option's name, for the error.
        text: what was written.

    Returns:
        Aware.

    Raises:
        UsageError: it is neither.
    """
    if _DURATION.fullmatch(text):
        return datetime.now(UTC) - duration(option, text)
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"{option} takes a duration such as 12h or 2d, or a date such as 2026-05-03, "
            f"not {text!r}."
        ) from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
