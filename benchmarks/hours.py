"""Learned hours beside a fixed 02:00, and beside one who knows the pattern: `make bench-hours`.

Loads of sixteen weeks (loads.py); each night from the fifteenth day on a task starts within a
window, and what it meets is compared with what it would have met at the best hour of the pattern
without noise, as nobody knows it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from benchmarks.loads import DAYS, Floats, load
from maint_pipeline.hours.choice import choose, waits
from maint_pipeline.hours.profile import LEAST_DAYS, QUARTERS, foresee_day

TRACES = 200
SEED = 2000
FIXED = 8
"""02:00."""


@dataclass
class Score:
    """How one load went: overlapped load by who chose, moves and mistakes."""

    learned: float = 0.0
    waiting: float = 0.0
    fixed: float = 0.0
    knowing: float = 0.0
    moves: int = 0
    outside: int = 0
    late: int = 0
    days: int = 0


@dataclass(frozen=True)
class Night:
    """A day of a load: as it was, without noise, as foreseen; and when a task may start."""

    busy: Floats
    pattern: Floats
    foreseen: Floats
    allowed: list[int]
    quarters: int


def score(chance: np.random.Generator) -> Score:
    """Score one load."""
    busy, pattern = load(chance)
    quarters = int(chance.integers(2, 9))
    # Half of the installations have no window, the others one of four to ten hours.
    opens, hours = int(chance.integers(0, 96)), int(chance.integers(16, 41))
    has_window = chance.random() < 0.5
    allowed = [
        start
        for start in range(QUARTERS - quarters)
        if not has_window or (start - opens) % QUARTERS < hours - quarters
    ]
    result = Score()
    former = FIXED if FIXED in allowed else None
    weekdays = np.arange(DAYS) % 7
    for day in range(LEAST_DAYS, DAYS):
        foreseen = foresee_day(busy[:day], weekdays[:day], int(weekdays[day]))
        chosen = choose(foreseen, allowed, quarters, former)
        if chosen is None:
            break
        result.days += 1
        result.moves += chosen.moved and former is not None
        former = chosen.start
        _add(result, Night(busy[day], pattern[day], foreseen, allowed, quarters), former)
    return result


def _add(result: Score, night: Night, start: int) -> None:
    def met(at: int) -> float:
        return float(night.busy[at : at + night.quarters].mean())

    result.learned += met(start)
    result.fixed += met(FIXED)
    known = choose(night.pattern, night.allowed, night.quarters)
    result.knowing += met(known.start) if known else 0.0
    latest = start
    while latest + 1 in night.allowed and latest - start < 8:
        latest += 1
    at = start
    while waits(night.busy[at - 1] if at else 0.0, night.foreseen[at], at, latest):
        at += 1
    result.waiting += met(at)
    result.outside += at not in night.allowed
    result.late += at > latest


def main() -> None:
    """Print the scores; a seed may be given."""
    seed = int(sys.argv[1]) if sys.argv[1:] else SEED
    scores = [score(np.random.default_rng([seed, number])) for number in range(TRACES)]
    scores = [one for one in scores if one.days]
    for name in ("learned", "waiting"):
        ratios = [getattr(one, name) / one.knowing for one in scores]
        print(f"{name}: mean {np.mean(ratios):.3f}, p90 {np.quantile(ratios, 0.9):.3f} of the best")
    fixed = sum(one.fixed / one.knowing for one in scores)
    print(f"fixed 02:00: mean {fixed / len(scores):.2f} of the best")
    print(f"waiting to fixed: {sum(one.waiting / one.knowing for one in scores) / fixed:.2f}")
    moves = [30 * one.moves / one.days for one in scores]
    print(f"moves a month: mean {np.mean(moves):.1f}, p90 {np.quantile(moves, 0.9):.1f}")
    print(
        f"starts outside windows {sum(one.outside for one in scores)}, deadlines missed "
        f"{sum(one.late for one in scores)}, {sum(one.days for one in scores):,} starts"
    )


if __name__ == "__main__":
    main()
