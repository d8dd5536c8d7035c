"""The rate at which a size grows now: since its last change, the latest days counting most.

Sources: binary segmentation with a penalty for each change (Scott and Knott 1974; Killick,
Fearnhead and Eckley 2012 for the choice of penalty, log n); Theil-Sen's slope with Kendall's test
(Sen 1968).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maint_pipeline.storage.increments import Floats

HALF_LIFE_DAYS = 21.0
LEAST_SEGMENT_DAYS = 14
PENALTY = 4.0
"""Times log(n) times the variance: what a change of rate has to explain. Daily growth is
correlated and has heavy tails, so that twice the textbook's finds changes in steady tables."""

LEAST_WEEKS_FOR_A_TREND = 8


@dataclass(frozen=True)
class Rate:
    """A rate of growth, bytes a day.

    Attributes:
        level: now.
        error: its standard error.
        freedom: degrees of freedom of the t distribution of that error.
        trend: change of the level a day; 0 where none is certain.
        trend_error: standard error of the trend.
        since: index of the first day after the last change of rate.
        changes: indexes of all changes.
        before: the mean rate between the last change and the one before; None without a change.
        residuals: what the days since deviate from the fitted rate.
    """

    level: float
    error: float
    freedom: float
    trend: float
    trend_error: float
    since: int
    changes: tuple[int, ...]
    before: float | None
    residuals: Floats


def current_rate(usual: Floats) -> Rate:
    """Estimate the rate at the end of a history.

    Args:
        usual: what each day added, without events and the rhythm of the week.
    """
    changes = change_points(usual)
    since = changes[-1] if changes else 0
    recent = usual[since:]
    ages = np.arange(len(recent))[::-1]
    weights = 0.5 ** (ages / HALF_LIFE_DAYS)
    weights /= weights.sum()
    trend, trend_error = _trend(recent)
    level = float(weights @ (recent + trend * ages))
    residuals = recent - (level - trend * ages)
    weeks = _weekly(residuals)
    spread = float(weeks.std(ddof=1)) * 7**0.5 if len(weeks) > 2 else 0.0  # noqa: PLR2004
    spread = max(spread, float(residuals.std()))
    effective = 1 / float((weights**2).sum())
    return Rate(
        level=level,
        error=spread / effective**0.5,
        freedom=max(3.0, effective / 7),
        trend=trend,
        trend_error=trend_error,
        since=since,
        changes=changes,
        before=_before(usual, changes),
        residuals=residuals,
    )


def _before(usual: Floats, changes: tuple[int, ...]) -> float | None:
    if not changes:
        return None
    first = changes[-2] if len(changes) > 1 else 0
    return float(usual[first : changes[-1]].mean())


def change_points(usual: Floats) -> tuple[int, ...]:
    """Find where the rate changed, by binary segmentation.

    A split has to explain more than a straight line does: a rate that grows steadily did not
    change.

    Args:
        usual: as above.

    Returns:
        Indexes of the first day after each change, ascending.
    """
    if not len(usual):
        return ()
    limits = np.quantile(usual, [0.02, 0.98])
    calm = np.clip(usual, *limits)
    variance = _variance(calm)
    if variance <= 0:
        return ()
    threshold = PENALTY * np.log(len(calm)) * variance
    found: list[int] = []
    pending = [(0, len(calm))]
    while pending:
        first, last = pending.pop()
        cut = _best_split(calm[first:last], threshold)
        if cut is not None:
            found.append(first + cut)
            pending += [(first, first + cut), (first + cut, last)]
    return tuple(sorted(found))


def _variance(values: Floats) -> float:
    """Estimate the noise from neighbors' weeks, which a change of rate hardly touches."""
    differences = np.diff(values)
    daily = float(np.median(np.abs(differences)) / 0.6745) ** 2 / 2
    weeks = _weekly(values)
    if len(weeks) < 4:  # noqa: PLR2004
        return daily
    return max(daily, 7 * float(np.median(np.abs(np.diff(weeks))) / 0.6745) ** 2 / 2)


def _best_split(values: Floats, threshold: float) -> int | None:
    count = len(values)
    if count < 2 * LEAST_SEGMENT_DAYS:
        return None
    cuts = np.arange(LEAST_SEGMENT_DAYS, count - LEAST_SEGMENT_DAYS + 1)
    sums = np.cumsum(values)
    before, total = sums[cuts - 1], sums[-1]
    gains = before**2 / cuts + (total - before) ** 2 / (count - cuts) - total**2 / count
    best = int(np.argmax(gains))
    days = np.arange(count) - (count - 1) / 2
    explained_by_a_line = float(days @ values) ** 2 / float(days @ days)
    if gains[best] < threshold or gains[best] < explained_by_a_line:
        return None
    return int(cuts[best])


def _trend(recent: Floats) -> tuple[float, float]:
    """Give Theil-Sen's slope of the weekly means, the smaller the less certain, and its error."""
    weeks = _weekly(recent)
    count = len(weeks)
    if count < LEAST_WEEKS_FOR_A_TREND:
        return 0.0, 0.0
    first, second = np.triu_indices(count, 1)
    slopes = (weeks[second] - weeks[first]) / (second - first) / 7
    slope = float(np.median(slopes))
    # Sen's interval of the slope, one standard deviation of Kendall's S to each side.
    half = (count * (count - 1) * (2 * count + 5) / 18) ** 0.5 / 2 / len(slopes)
    low, high = np.quantile(slopes, [max(0.0, 0.5 - half), min(1.0, 0.5 + half)])
    error = float(high - low) / 2
    if abs(slope) <= 0.6 * error:
        return 0.0, 0.0
    kept = 1 - 0.3 * (error / slope) ** 2
    return slope * kept, error * kept


def _weekly(values: Floats) -> Floats:
    """Give the means of whole weeks, the last day being a week's end."""
    count = len(values) // 7
    means = values[len(values) - 7 * count :].reshape(count, 7).mean(axis=1)
    return np.asarray(means, dtype=np.float64)
