"""Forecasts of sizes, beside Theil-Sen's line: `make bench-forecast`.

Histories of eight kinds (growths.py), 180 days, scored at day 30 after them. The constants of the
method were chosen on seeds 0 to 7; these are others. Theil-Sen's interval is what 30 days deviated
from its line before.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from time import process_time

import numpy as np

from benchmarks.growths import AHEAD, DAYS, KINDS, Floats, traces
from maint_pipeline.storage.forecast import Forecast, forecast

SEEDS = range(1000, 1010)
TRACES = 300
HORIZON = 30
FULL_WITHIN = 180
_WINDOW = 60


@dataclass(frozen=True)
class Score:
    """How one forecast did; errors as part of the true size."""

    kind: str
    covered: bool
    error: float
    winkler: float
    winkler_of_line: float
    covered_by_line: bool
    milliseconds: float
    fills: bool
    date_right: bool


def theil_sen(sizes: Floats) -> tuple[float, float, float]:
    """Give the 10th, 50th and 90th percentile after `HORIZON` days by a robust line."""
    last = sizes[-_WINDOW:]
    first, second = np.triu_indices(len(last), 1)
    slope = float(np.median((last[second] - last[first]) / (second - first)))
    deviations = sizes[HORIZON:] - sizes[:-HORIZON] - HORIZON * slope
    low, high = np.quantile(deviations, [0.1, 0.9])
    middle = float(sizes[-1]) + HORIZON * slope
    return middle + float(low), middle, middle + float(high)


def winkler(low: float, high: float, true: float) -> float:
    """Give Winkler's score of an 80 % interval (1972): its width, and what it missed by."""
    return high - low + 10 * (max(0.0, low - true) + max(0.0, true - high))


def date_is_right(
    futures: Forecast, known: Floats, ahead: Floats, limit: float
) -> tuple[bool, bool]:
    """Say whether a disk fills within the horizon, and whether the interval of that day holds.

    For a disk that doesn't fill: whether the early end is not before the horizon's end.
    """
    full = np.flatnonzero(ahead >= limit)
    early, _, late = futures.full_dates(limit)
    if not len(full):
        return False, early is None or early >= FULL_WITHIN
    day = int(full[0]) + 1
    return True, early is not None and early <= day and (late is None or day <= late)


def score(kind: str, trace: Floats, chance: np.random.Generator) -> Score:
    """Score one trace."""
    known, ahead = trace[:DAYS], trace[DAYS : DAYS + AHEAD]
    true = float(ahead[HORIZON - 1])
    began = process_time()
    futures = forecast(known, FULL_WITHIN)
    milliseconds = 1000 * (process_time() - began)
    if futures is None:
        raise ValueError("a history of the benchmark is too short")
    low, middle, high = futures.interval(HORIZON)
    line_low, _, line_high = theil_sen(known)
    # A disk that is 50 to 95 % full today.
    limit = float(known[-1]) / chance.uniform(0.5, 0.95)
    fills, date_right = date_is_right(futures, known, ahead, limit)
    return Score(
        kind=kind,
        covered=low <= true <= high,
        error=abs(middle - true) / true,
        winkler=winkler(low, high, true) / true,
        winkler_of_line=winkler(line_low, line_high, true) / true,
        covered_by_line=line_low <= true <= line_high,
        milliseconds=milliseconds,
        fills=fills,
        date_right=date_right,
    )


def _line(name: str, scores: list[Score]) -> str:
    mean, ours = np.mean, [one.winkler for one in scores]
    line = [one.winkler_of_line for one in scores]
    return (
        f"{name:10} {mean([one.covered for one in scores]):9.1%} "
        f"{mean([one.covered_by_line for one in scores]):9.1%} {mean(ours) / mean(line):9.2f} "
        f"{np.quantile([one.error for one in scores], 0.9):9.2%}"
    )


def main() -> None:
    """Print the scores of each kind and of all; other seeds may be given."""
    seeds = [int(word) for word in sys.argv[1:]] or list(SEEDS)
    scores = []
    for seed in seeds:
        chance = np.random.default_rng(seed)
        scores += [score(kind, trace, chance) for kind, trace in traces(seed, TRACES)]
    print(f"{len(seeds)} seeds, {TRACES} traces each; day {HORIZON}, 80 % intervals")
    print(f"{'kind':10} {'covered':>9} {'its line':>9} {'winkler':>9} {'p90 error':>9}")
    for kind in KINDS:
        print(_line(kind, [one for one in scores if one.kind == kind]))
    print(_line("all", scores))
    for fills, words in ((True, "fills within 180 days"), (False, "does not fill")):
        right = [one.date_right for one in scores if one.fills == fills]
        print(f"disk {words}: {np.mean(right):.1%} right of {len(right)}")
    times = [one.milliseconds for one in scores]
    print(
        f"a forecast of {FULL_WITHIN} days: {np.median(times):.1f} ms, at most {max(times):.1f} ms"
    )


if __name__ == "__main__":
    main()
