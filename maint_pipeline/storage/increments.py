"""What a size did each day, taken apart: usual growth, bursts, drops, and the week's rhythm.

A drop is a day that loses more than several days' growth (a partition dropped, VACUUM FULL, a
truncate), a burst is a day far above the others (an import). Neither says anything about the usual
rate, and both would bend a line through the sizes; so they are taken out, and forecast apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DROP_DAYS = 4.0
"""Days of growth that have to go at once for a drop. Above 7 the weekly purge of a log is
missed."""

BURST_DEVIATIONS = 6.0
"""Above the median, in robust standard deviations. Hampel's identifier has 3, made for normal
noise: daily growth is skewed, and what is cut off wrongly is forecast all the same, as a burst."""

MOST_BURSTS = 0.1
"""Of the days. What is more frequent is how the table grows."""

_PROFILE_DAYS = 84
_LEAST_DAYS_FOR_A_PROFILE = 28
_NORMAL = 1.4826
"""From the median absolute deviation to the standard deviation of normal noise."""


@dataclass(frozen=True)
class Parts:
    """Increments of a size, taken apart; bytes a day.

    Attributes:
        usual: without drops, bursts and the rhythm of the week.
        rhythm: seven values that sum to 0, for day 0 of the history, day 1, …
        burst_days: indexes of the days with a burst.
        bursts: how much each was above the usual.
        drop_days: indexes of the days with a drop.
        drops: how much each lost, positive.
    """

    usual: Floats
    rhythm: Floats
    burst_days: NDArray[np.intp]
    bursts: Floats
    drop_days: NDArray[np.intp]
    drops: Floats


def filled(sizes: Floats) -> Floats:
    """Fill days that nobody measured, evenly between their neighbors.

    Args:
        sizes: bytes, one for each day; NaN where there is none, not at both ends.
    """
    known = np.flatnonzero(~np.isnan(sizes))
    return np.interp(np.arange(len(sizes)), known, sizes[known])


def take_apart(sizes: Floats) -> Parts:
    """Take the daily increments of a size apart.

    Args:
        sizes: bytes, one for each day, without gaps.
    """
    increments = np.diff(sizes)
    typical = _typical(increments)
    middle = float(np.median(increments))
    noise = _NORMAL * float(np.median(np.abs(increments - middle)))
    limit = min(-DROP_DAYS * typical, middle - BURST_DEVIATIONS * noise)
    drop_days = np.flatnonzero(increments < limit) if typical else _falls(sizes)
    usual = increments.copy()
    usual[drop_days] = np.nan
    center = float(np.nanmedian(usual)) if np.isfinite(usual).any() else 0.0
    spread = _NORMAL * float(np.nanmedian(np.abs(usual - center))) if center or typical else 0.0
    limit = center + max(BURST_DEVIATIONS * spread, 2 * abs(center))
    burst_days = np.flatnonzero(usual > limit)
    if len(burst_days) > MOST_BURSTS * len(usual):
        burst_days = burst_days[:0]
    bursts = usual[burst_days] - center
    usual[burst_days] = np.nan
    usual = _replaced(usual, center)
    rhythm = _rhythm(usual)
    days = np.arange(len(usual)) % 7
    return Parts(
        usual=usual - rhythm[days],
        rhythm=rhythm,
        burst_days=burst_days,
        bursts=bursts,
        drop_days=drop_days,
        drops=np.maximum(0.0, center - increments[drop_days]),
    )


def _typical(increments: Floats) -> float:
    """Give the median of what the days of growth add; 0 where hardly a day grows."""
    growing = increments[increments > 0]
    return float(np.median(growing)) if len(growing) * 5 >= len(increments) else 0.0


def _falls(sizes: Floats) -> NDArray[np.intp]:
    """Find the drops of a size that hardly ever grows: more than a hundredth of it at once."""
    return np.flatnonzero(np.diff(sizes) < -0.01 * np.maximum(sizes[:-1], 1.0))


def _replaced(usual: Floats, center: float) -> Floats:
    """Put what the days around usually add where an event was."""
    missing = np.isnan(usual)
    for day in np.flatnonzero(missing):
        near = usual[max(0, day - 10) : day + 11]
        near = near[~np.isnan(near)]
        usual[day] = np.median(near) if len(near) else center
    return usual


def _rhythm(usual: Floats) -> Floats:
    """Give the medians of each day of the week over twelve weeks, less their mean."""
    if len(usual) < _LEAST_DAYS_FOR_A_PROFILE:
        return np.zeros(7)
    first = max(0, len(usual) - _PROFILE_DAYS)
    days = np.arange(first, len(usual)) % 7
    recent = usual[first:]
    medians = np.array([np.median(recent[days == day]) for day in range(7)])
    return np.asarray(medians - medians.mean(), dtype=np.float64)
