"""When crons are due, as Dagster's scheduler itself reckons it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

# Not public, but what the scheduler itself asks: a change of the clock counts the same here
# (docs/decisions/0017).
from dagster._utils.schedules import cron_string_iterator, reverse_cron_string_iterator


def next_tick(cron: str, time_zone: str, now: datetime) -> datetime:
    """Give the next moment at which a cron is due, in UTC.

    Args:
        cron: five fields.
        time_zone: IANA name of the zone that it is meant in.
        now: aware.
    """
    return next(coming_ticks(cron, time_zone, now))


def coming_ticks(cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron will be due, the next first, in UTC; there is no end.

    Args:
        cron: as above.
        time_zone: as above.
        after: aware.
    """
    ticks = cron_string_iterator(after.timestamp(), cron, time_zone)
    return (tick.astimezone(UTC) for tick in ticks)


def past_ticks(cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron was due, the latest first, in UTC.

    Args:
        cron: as above.
        time_zone: as above.
        before: aware.
    """
    ticks = reverse_cron_string_iterator(before.timestamp(), cron, time_zone)
    return (tick.astimezone(UTC) for tick in ticks)
