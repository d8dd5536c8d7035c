"""What a quarter of an hour will be like, by the weeks before.

The logarithm of the load is averaged over like days (working days, or days of the weekend), the
latest counting most, and over the same weekday, which counts more slowly; both are mixed by how
much is known of the weekday (shrinkage, James and Stein 1961), and smoothed over five quarters.
Means of logarithms are what a rare busy hour does not move. The closest that was published is
Seagull (Poppe and others, PVLDB 14(2), 2020), which starts backups in Azure by the load of days
before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

QUARTERS = 96
"""Of a day."""

LEAST_DAYS = 14
"""With fewer, nobody knows a week."""

LIKE_HALF_LIFE = 7.0
WEEKDAY_HALF_LIFE = 21.0
SHRINK = 2.0
"""Weekdays' worth of knowledge that like days have."""

_SMOOTH = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9
_FLOOR = 0.02
"""Sessions: less load than this is none, and no logarithm makes a difference of it."""

_WEEKEND = 5


@dataclass(frozen=True)
class Week:
    """The load that is foreseen for the seven days from the next one on.

    Attributes:
        load: busy sessions on average, a row for each day, a column for each quarter of an hour.
        weekdays: of each row, 0 being Monday.
        days: of how many days there were samples.
    """

    load: Floats
    weekdays: tuple[int, ...]
    days: int


def foresee_day(load: Floats, weekdays: NDArray[np.intp], weekday: int) -> Floats:
    """Foresee the day after a history.

    Args:
        load: busy sessions, a row for each day, the latest last, a column for each quarter; NaN
            where there is no sample.
        weekdays: of each day, 0 being Monday.
        weekday: of the day after.

    Returns:
        Busy sessions in each of its quarters; NaN in all where nothing is known.
    """
    logs = np.log(np.maximum(load, _FLOOR))
    ages = np.arange(len(load))[::-1] + 1.0
    like = (weekdays >= _WEEKEND) == (weekday >= _WEEKEND)
    same = weekdays == weekday
    of_like, _ = _mean(logs, like * 0.5 ** (ages / LIKE_HALF_LIFE))
    of_all, _ = _mean(logs, np.asarray(0.5 ** (ages / LIKE_HALF_LIFE), dtype=np.float64))
    of_like = np.where(np.isnan(of_like), of_all, of_like)
    of_same, known = _mean(logs, same * 0.5 ** (ages / WEEKDAY_HALF_LIFE))
    share = known / (known + SHRINK)
    mixed = np.where(np.isnan(of_same), of_like, share * np.nan_to_num(of_same)
                     + (1 - share) * of_like)  # fmt: skip
    return _smoothed(np.exp(mixed))


def foresee_week(load: Floats, weekdays: NDArray[np.intp]) -> Week | None:
    """Foresee the seven days after a history.

    Args:
        load: as above.
        weekdays: as above.

    Returns:
        None where there are samples of fewer than `LEAST_DAYS`.
    """
    days = int(np.count_nonzero((~np.isnan(load)).sum(axis=1) >= QUARTERS / 2))
    if days < LEAST_DAYS:
        return None
    coming = tuple(int(weekdays[-1] + 1 + number) % 7 for number in range(7))
    rows = np.stack([foresee_day(load, weekdays, weekday) for weekday in coming])
    return Week(rows, coming, days)


def _mean(logs: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Give the weighted mean of each quarter, and the sum of weights that it rests on."""
    known = ~np.isnan(logs)
    sums = weights @ known
    means = weights @ np.nan_to_num(logs) / np.where(sums > 0, sums, 1.0)
    return np.where(sums > 0, means, np.nan), np.asarray(sums, dtype=np.float64)


def _smoothed(day: Floats) -> Floats:
    """Smooth a day over five quarters; its ends by what is there."""
    if np.isnan(day).any():
        return day
    padded = np.concatenate([day[:1], day[:1], day, day[-1:], day[-1:]])
    return np.convolve(padded, _SMOOTH, mode="valid")
