"""When things happen in the sample: working hours, quiet weekends, slow growth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

# By hour of the day, in UTC: nearly nobody at night, a dip at lunch.
_HOURS = (2, 1, 1, 1, 1, 2, 6, 18, 42, 60, 66, 62, 44, 54, 64, 62, 52, 36, 20, 14, 11, 9, 6, 3)
# Monday to Sunday.
_DAYS = (1.05, 1.1, 1.08, 1.0, 0.85, 0.22, 0.16)
GROWTH = 0.6
"""How much busier the end is than the beginning."""


def weight(hour: datetime, progress: float) -> float:
    """Return how busy an hour is, against others.

    Args:
        hour: its beginning.
        progress: where it lies between the beginning (0) and the end (1).
    """
    return _HOURS[hour.hour] * _DAYS[hour.weekday()] * (1 + GROWTH * progress)


def events_by_hour(
    total: int, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, float, int]]:
    """Spread events over time.

    Args:
        total: how many events.
        begin: the first hour, on the hour.
        end: the moment of the last event; its hour is a part of one.

    Yields:
        Each hour's beginning, its length in seconds, and how many events fall into it. The counts
        add up to the total exactly.
    """
    count = int((end - begin) / timedelta(hours=1)) + 1
    hours = [begin + timedelta(hours=i) for i in range(count)]
    lengths = [min((end - hour).total_seconds(), 3600.0) for hour in hours]
    weights = [
        weight(hour, i / count) * length / 3600.0
        for i, (hour, length) in enumerate(zip(hours, lengths, strict=True))
    ]
    scale = total / sum(weights)
    exact, given = 0.0, 0
    for i, (hour, length) in enumerate(zip(hours, lengths, strict=True)):
        exact += weights[i] * scale
        # The rest of rounding goes on to the next hour, so that nothing is lost.
        events = (total if i == count - 1 else round(exact)) - given
        given += events
        yield hour, length, events
