"""Forecasts of many sizes at once by a robust line, for tables that hardly matter.

Theil-Sen's slope over the last 60 days (Sen 1968), and as interval what as many days deviated from
it before. On `make bench-forecast` the interval holds in two of three cases where it says four of
five, so whatever is forecast so is marked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maint_pipeline.storage.increments import Floats

WINDOW = 60
_AT_ONCE = 250
"""Series; more take more memory and are no faster."""


def slopes(sizes: Floats, days: int) -> tuple[Floats, Floats]:
    """Forecast sizes.

    Args:
        sizes: bytes, a row for each series, a column for each day; no NaN.
        days: how far.

    Returns:
        For each series bytes a day; and the 10th, 50th and 90th percentile in bytes.
    """
    if not len(sizes):
        return np.zeros(0), np.zeros((0, 3))
    parts = [
        _some(sizes[first : first + _AT_ONCE], days) for first in range(0, len(sizes), _AT_ONCE)
    ]
    return np.concatenate([one for one, _ in parts]), np.concatenate([two for _, two in parts])


def _some(sizes: Floats, days: int) -> tuple[Floats, Floats]:
    last = sizes[:, -WINDOW:]
    first, second = np.triu_indices(last.shape[1], 1)
    slope = np.median((last[:, second] - last[:, first]) / (second - first), axis=1)
    # A short history has no deviations of so many days: those of fewer, as many times larger.
    step = min(days, sizes.shape[1] // 2)
    deviations = sizes[:, step:] - sizes[:, :-step] - step * slope[:, None]
    low, high = np.quantile(deviations, [0.1, 0.9], axis=1) * (days / step)
    middle = sizes[:, -1] + days * slope
    ends: NDArray[np.float64] = np.stack(
        [middle + np.minimum(low, 0), middle, middle + np.maximum(high, 0)], axis=1
    )
    return slope, np.maximum(ends, 0.0)
