"""Names of time zones, as IANA has them."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def is_time_zone(name: str) -> bool:
    """Return whether this machine knows a time zone.

    Args:
        name: such as `Europe/Berlin`. It may come from anywhere, so anything may be in it.
    """
    # Not by `available_timezones`, which reads 600 files: every run of a task would wait for it.
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True
