"""How large a table or a disk will be: hundreds of futures, and what most of them share.

The history is taken apart (increments.py), the rate of now estimated (rate.py), and each path puts
it together again: the rate, which is uncertain and drifts, and now and then changes for good;
whole weeks of past deviations (moving-block bootstrap, Künsch 1989); bursts at their past
frequency; drops that came regularly, at their next dates. Quantiles of the paths are the interval
of a size, and of the day on which a disk is full (first passage).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maint_pipeline.storage.events import bursts, drops
from maint_pipeline.storage.increments import Floats, filled, take_apart
from maint_pipeline.storage.rate import Rate, current_rate

LEAST_DAYS = 28
"""A younger history is too short for a forecast."""

PATHS = 400
DRIFT_A_MONTH = 0.13
"""How much of itself a rate moves in 30 days without anything happening, as standard deviation.
This and the constants below were chosen for coverage on seeds 0 to 7 of `make bench-forecast`."""

CHANGES_A_YEAR = 0.5
"""Changes of rate that are expected besides those that the history shows."""

REPEATED = 0.5
"""How much of the frequency of the history's changes goes on: two changes are no habit."""

CHANGE_SIZE = 0.5
"""Of the logarithm of the factor by which a rate changes, as standard deviation."""

FLOW = 2.0
"""How much of the days' mean deviation moves at least: a table that loses as much as it gets has a
rate of 0, and yet what comes and what goes change."""

STILL_ERRORS = 4.0
"""A rate within so many standard errors of 0: the table loses about what it gets, by a purge of its
own or because it reuses space, and has a size that it comes back to. What its rate seems to be then
fades with `STILL_DAYS`. In the benchmark nine of ten tables that level off are recognized so, and
hardly one that grows: those have 5 standard errors and more."""

STILL_DAYS = 20.0
STILL_WIDER = 2.0
"""Times its levels: what fades within a month moves the more in its first weeks."""

DATE_SHARES = (0.13, 0.5, 0.93)
"""The 80 % interval of a date: dates are skewed to the late side, and with the 10th and the 90th
percentile a disk that never fills was said to fill soon in more than one of ten cases."""

_FADING_DAYS = 90.0


@dataclass(frozen=True)
class Forecast:
    """Possible futures of a size.

    Attributes:
        now: bytes on the last day of the history.
        rate: bytes a day now, regular drops and bursts included, on average.
        changed: how many days ago the rate last changed for good; None where it did not.
        rate_before: bytes a day before that, on average; None likewise.
        paths: bytes, a row for each future, a column for each day after the last.
    """

    now: float
    rate: float
    changed: int | None
    rate_before: float | None
    paths: Floats

    def size(self, days: int, share: float) -> float:
        """Give the bytes that a share of the futures stays below after so many days."""
        return float(np.quantile(self.paths[:, days - 1], share))

    def interval(self, days: int) -> tuple[float, float, float]:
        """Give the 10th, 50th and 90th percentile of the size after so many days, in bytes."""
        low, middle, high = np.quantile(self.paths[:, days - 1], [0.1, 0.5, 0.9])
        return float(low), float(middle), float(high)

    def full_in(self, limit: float, share: float) -> int | None:
        """Give the day by which a share of the futures has reached a size for the first time.

        Args:
            limit: bytes.
            share: of the futures.

        Returns:
            Days from now, 0 where it is reached; None beyond the forecast.
        """
        if self.now >= limit:
            return 0
        reached = self.paths >= limit
        first = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1.0, np.inf)
        day = float(np.sort(first)[min(len(first) - 1, int(share * len(first)))])
        return None if np.isinf(day) else int(day)

    def full_dates(self, limit: float) -> tuple[int | None, int | None, int | None]:
        """Give the early end, the middle and the late end of the date on which a size is reached.

        Args:
            limit: bytes.

        Returns:
            Days from now; None beyond the forecast.
        """
        early, middle, late = (self.full_in(limit, share) for share in DATE_SHARES)
        return early, middle, late


def forecast(sizes: Floats, days: int, seed: int = 1) -> Forecast | None:
    """Forecast a size.

    Args:
        sizes: bytes, one for each day; NaN where nobody measured, but not on the last day.
        days: how far.
        seed: of the chance; the same history and seed give the same forecast.

    Returns:
        The futures; None where the history has less than `LEAST_DAYS`.
    """
    if np.count_nonzero(~np.isnan(sizes)) < LEAST_DAYS:
        return None
    known = filled(sizes[int(np.argmin(np.isnan(sizes))) :])
    chance = np.random.default_rng(seed)
    parts = take_apart(known)
    rate = current_rate(parts.usual)
    daily = _levels(rate, days, len(known), chance)
    daily += _deviations(rate, days, chance)
    daily += parts.rhythm[(len(parts.usual) + np.arange(days)) % 7]
    daily += bursts(parts, (PATHS, days), chance)
    daily -= drops(parts, daily, known, chance)
    paths = np.maximum(known[-1] + np.cumsum(daily, axis=1), 0.0)
    return Forecast(
        now=float(known[-1]),
        rate=float(np.mean(paths[:, -1]) - known[-1]) / days,
        changed=len(parts.usual) - rate.since if rate.changes else None,
        rate_before=rate.before,
        paths=np.asarray(paths, dtype=np.float64),
    )


def _levels(rate: Rate, days: int, known: int, chance: np.random.Generator) -> Floats:
    """Give the rate of each path on each day."""
    shape = (PATHS, days)
    ahead = np.arange(1, days + 1)
    level = rate.level + rate.error * chance.standard_t(rate.freedom, (PATHS, 1))
    # A trend fades: few tables go on growing faster and faster.
    faded = _FADING_DAYS * (1 - np.exp(-ahead / _FADING_DAYS))
    slope = rate.trend + rate.trend_error * chance.standard_normal((PATHS, 1))
    # What moves a rate moves what comes and what goes, even where both are equal.
    scale = max(abs(rate.level), FLOW * float(np.abs(rate.residuals).mean()))
    drift = chance.standard_normal(shape).cumsum(axis=1) * scale * DRIFT_A_MONTH / 30**0.5
    expected = CHANGES_A_YEAR / 365 + REPEATED * len(rate.changes) / known
    changes = chance.random(shape) < expected
    factors = np.where(changes, chance.normal(0.0, CHANGE_SIZE, shape), 0.0).cumsum(axis=1)
    moved = scale * (np.exp(np.clip(factors, -2, 2)) - 1)
    levels = level + slope * faded + moved + drift
    if abs(rate.level) < STILL_ERRORS * rate.error:
        levels = STILL_WIDER * levels * np.exp(-ahead / STILL_DAYS)
    return np.asarray(levels, dtype=np.float64)


def _deviations(rate: Rate, days: int, chance: np.random.Generator) -> Floats:
    """Draw whole weeks of what the days deviated from the rate."""
    residuals = rate.residuals
    weeks = -(-days // 7)
    starts = chance.integers(0, max(1, len(residuals) - 6), (PATHS, weeks))
    days_of = starts[:, :, None] + np.arange(7)
    drawn = residuals[days_of % len(residuals)].reshape(PATHS, weeks * 7)[:, :days]
    return np.asarray(drawn, dtype=np.float64)
