"""Durations as people write them on the command line."""

from __future__ import annotations

import re
from datetime import timedelta

from maint_pipeline.errors import UsageError

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(option: str, text: str) -> timedelta:
    """Read a duration such as 30m, 12h, 2d or 1w.

    Args:
        option: the option's name, for the error.
        text: what was written.

    Raises:
        UsageError: it is no such duration.
    """
    match = re.fullmatch(r"([1-9][0-9]{0,4})([mhdw])", text)
    if match is None:
        raise UsageError(f"{option} takes a duration such as 30m, 12h, 2d or 1w, not {text!r}.")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
