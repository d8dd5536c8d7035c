"""When crons are due, as Dagster's scheduler has it (docs/decisions/0017).

Dagster's iterators of crons are not public. The windows of its partitions are, and they begin and
end at the same moments, where clocks change too: tests/unit/test_crons.py compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from dagster import DagsterInvalidDefinitionError, TimeWindowPartitionsDefinition

from maint_pipeline.errors import UsageError

_ANY_START = datetime(2000, 1, 1)


def next_tick(cron: str, time_zone: str, now: datetime) -> datetime:
    """Give the next moment at which a cron is due, which may be now, in UTC.

    Args:
        cron: five fields, or such as @daily.
        time_zone: IANA name of the zone that it is meant in.
        now: aware.

    Raises:
        UsageError: the cron can't be read.
    """
    return next(coming_ticks(cron, time_zone, now))


def coming_ticks(cron: str, time_zone: str, after: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron will be due, the next first, in UTC; there is no end.

    Args:
        cron: as above.
        time_zone: as above.
        after: aware; a tick at this moment counts.

    Raises:
        UsageError: as above.
    """
    windows = _windows(cron, time_zone)
    while window := windows.get_next_partition_window(after, respect_bounds=False):
        yield window.start.astimezone(UTC)
        after = window.end


def past_ticks(cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
    """Give the moments at which a cron was due, the latest first, in UTC.

    Args:
        cron: as above.
        time_zone: as above.
        before: aware; a tick at this moment counts.

    Raises:
        UsageError: as above.
    """
    windows = _windows(cron, time_zone)
    while window := windows.get_prev_partition_window(before, respect_bounds=False):
        yield window.end.astimezone(UTC)
        before = window.start


def _windows(cron: str, time_zone: str) -> TimeWindowPartitionsDefinition:
    try:
        return TimeWindowPartitionsDefinition(
            start=_ANY_START, fmt="%Y-%m-%d %H:%M", cron_schedule=cron, timezone=time_zone
        )
    except DagsterInvalidDefinitionError as error:
        raise UsageError(f"The cron {cron} can't be read: {error}") from None
