"""Samples of the load, read back as days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from maint_pipeline.database.connection import Connection
from maint_pipeline.hours.profile import QUARTERS, Floats

LEARNED_DAYS = 112
"""Older weeks say nothing of the next one."""

_READ = """
select at, greatest(0, active_seconds - own_seconds) / seconds as busy
from maint.load_samples
where at >= now() - make_interval(days => %s)
order by at
"""


def read_days(connection: Connection, zone: str) -> tuple[Floats, NDArray[np.intp]]:
    """Read how busy the server was, without our own work.

    Args:
        connection: as `maint_owner`.
        zone: IANA name of the zone in which days begin.

    Returns:
        Busy sessions, a row for each day up to yesterday, a column for each quarter, NaN where
        there is no sample; and the weekday of each, 0 being Monday.
    """
    rows = connection.execute(_READ, [LEARNED_DAYS]).fetchall()
    return as_days(((row["at"], row["busy"]) for row in rows), zone, datetime.now(UTC))


def as_days(
    samples: Iterable[tuple[datetime, float]], zone: str, now: datetime
) -> tuple[Floats, NDArray[np.intp]]:
    """Put samples into local days. An hour that a change of the clock repeats counts once.

    Args:
        samples: aware moments with busy sessions.
        zone: IANA name of the zone in which days begin.
        now: aware; its day is not over and is left out.
    """
    local = ZoneInfo(zone)
    today = now.astimezone(local).date()
    moments = [(at.astimezone(local), busy) for at, busy in samples]
    moments = [(at, busy) for at, busy in moments if at.date() < today]
    if not moments:
        return np.full((0, QUARTERS), np.nan), np.zeros(0, dtype=np.intp)
    first = moments[0][0].date()
    days = np.full(((today - first).days, QUARTERS), np.nan)
    for at, busy in moments:
        days[(at.date() - first).days, at.hour * 4 + at.minute // 15] = busy
    weekdays = [(first + timedelta(days=number)).weekday() for number in range(len(days))]
    return days, np.array(weekdays, dtype=np.intp)
