"""When a heavy task is best started: where it meets least load, as the week is foreseen.

A start is moved only if that is clearly better, because an hour that people know is worth
something (hysteresis).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BETTER = 0.25
"""A start is moved if it meets so much less load, as part of what it would meet else."""

BUSIER = 2.0
"""Times the foreseen load: then it waits, and looks again a quarter later."""

IDLE = 0.05
"""Sessions: what is less is no load worth moving or waiting for."""


@dataclass(frozen=True)
class Choice:
    """A start.

    Attributes:
        start: quarter of the day.
        load: busy sessions that it meets on average, as foreseen.
        kept: what the former start would meet; None without one.
        moved: whether it is another than the former.
    """

    start: int
    load: float
    kept: float | None
    moved: bool


def choose(
    day: Floats, allowed: Sequence[int], quarters: int, former: int | None = None
) -> Choice | None:
    """Choose a start.

    Args:
        day: busy sessions that are foreseen, for each quarter from midnight on; as many as a run
            can reach, such as those of two days.
        allowed: quarters in which it may start.
        quarters: how many it takes.
        former: where it starts now.

    Returns:
        None where it may not start at all.
    """
    if not allowed:
        return None
    met = {start: float(day[start : start + quarters].mean()) for start in allowed}
    best = min(allowed, key=lambda start: (met[start], start))
    if former is None or former not in met:
        return Choice(best, met[best], None, former is not None)
    worth = met[former] - met[best] > max(BETTER * met[former], IDLE * BETTER)
    start = best if worth else former
    return Choice(start, met[start], met[former], start != former)


def waits(now: float, foreseen: float, quarter: int, latest: int) -> bool:
    """Say whether a start waits another quarter. Nothing but the benchmark waits so far.

    Args:
        now: busy sessions in the quarter before.
        foreseen: for this one.
        quarter: this one.
        latest: the last one in which it may start: a window's, or a deadline's.
    """
    return quarter < latest and now > max(BUSIER * foreseen, IDLE)
