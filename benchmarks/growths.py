"""Made-up histories of sizes, of eight kinds that tables and disks have.

A history has `DAYS` days and goes on for `AHEAD` more, which a forecast does not see.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Generator = np.random.Generator
DAYS, AHEAD = 180, 180
_ALL = DAYS + AHEAD


def _week(chance: Generator) -> Floats:
    """Weekends are quieter, by as much as chance says."""
    quiet = float(chance.uniform(0.2, 1.0))
    week = np.array([1, 1, 1, 1, 1, quiet, quiet])
    return np.asarray(np.roll(week / week.mean(), int(chance.integers(7)))[np.arange(_ALL) % 7])


def _noise(chance: Generator) -> Floats:
    """Days that resemble the days before them."""
    spread, memory = chance.uniform(0.1, 0.5), chance.uniform(0, 0.6)
    shocks = chance.normal(0, spread * (1 - memory**2) ** 0.5, _ALL)
    values = np.zeros(_ALL)
    for day in range(_ALL):
        values[day] = memory * values[day - 1] + shocks[day] if day else shocks[day]
    return np.asarray(np.exp(values - spread**2 / 2))


def _inflow(chance: Generator) -> Floats:
    rate = np.exp(chance.uniform(np.log(1e6), np.log(5e9)))
    return np.asarray(rate * _week(chance) * _noise(chance))


def _begin(inflow: Floats, chance: Generator) -> float:
    """A table has a past: 60 to 900 days of growth."""
    return float(inflow[:30].mean() * chance.uniform(60, 900))


def steady(chance: Generator) -> Floats:
    """Grow at one rate."""
    inflow = _inflow(chance)
    return np.asarray(_begin(inflow, chance) + np.cumsum(inflow))


def growing(chance: Generator) -> Floats:
    """Grow faster and faster: 3 to 15 % a month."""
    inflow = _inflow(chance) * (1 + chance.uniform(0.03, 0.15)) ** (np.arange(_ALL) / 30)
    return np.asarray(_begin(inflow, chance) + np.cumsum(inflow))


def regime(chance: Generator) -> Floats:
    """Change the rate for good once or twice, by a factor of 1.5 to 4 up or down."""
    inflow = _inflow(chance)
    for day in chance.choice(np.arange(30, DAYS - 14), chance.integers(1, 3), replace=False):
        inflow[day:] *= np.exp(chance.uniform(0.4, 1.4) * chance.choice([-1, 1]))
    return np.asarray(_begin(inflow, chance) + np.cumsum(inflow))


def retained(chance: Generator) -> Floats:
    """Lose each night what is older than 30 to 150 days, so that the size levels off."""
    inflow, keep = _inflow(chance), int(chance.integers(30, 150))
    outflow = np.concatenate([inflow[:keep].mean() * np.ones(keep), inflow[:-keep]])
    if chance.random() < 0.5:  # The purge was set up recently: still filling, or emptying.
        outflow[: chance.integers(1, keep)] = 0
    return np.asarray(1.2 * keep * inflow.mean() + np.cumsum(inflow - outflow))


def purged(chance: Generator) -> Floats:
    """Lose a period's growth at once, each week, fortnight or month."""
    inflow, period = _inflow(chance), int(chance.choice([7, 14, 30]))
    sizes = np.empty(_ALL)
    size = _begin(inflow, chance)
    first = chance.integers(period)
    for day in range(_ALL):
        size += inflow[day]
        if day % period == first:
            size -= period * inflow[max(0, day - 60) : day + 1].mean() * chance.uniform(0.85, 1.05)
        sizes[day] = size
    return sizes


def bursty(chance: Generator) -> Floats:
    """Grow, and import 5 to 30 days' worth now and then."""
    inflow = _inflow(chance)
    begin = _begin(inflow, chance)
    imports = chance.random(_ALL) < chance.uniform(1 / 60, 1 / 20)
    inflow += imports * inflow.mean() * chance.uniform(5, 30, _ALL)
    return np.asarray(begin + np.cumsum(inflow))


def plateau(chance: Generator) -> Floats:
    """Reuse the space of deleted rows: the file grows only where that is not enough."""
    inflow, keep = _inflow(chance), int(chance.integers(20, 90))
    live = np.convolve(inflow, np.ones(keep))[:_ALL] + keep * inflow.mean()
    live[:keep] = keep * inflow.mean() * 2
    live *= 1 + chance.uniform(0, 0.02) * np.arange(_ALL) / 30
    return np.asarray(np.maximum.accumulate(live))


def idle(chance: Generator) -> Floats:
    """Hardly change."""
    size = np.exp(chance.uniform(np.log(1e6), np.log(1e10)))
    changes = (chance.random(_ALL) < 0.05) * chance.exponential(size * 2e-4, _ALL)
    return np.asarray(size + np.cumsum(changes))


KINDS: dict[str, Callable[[Generator], Floats]] = {
    maker.__name__: maker
    for maker in (steady, growing, regime, retained, purged, bursty, plateau, idle)
}


def traces(seed: int, count: int) -> list[tuple[str, Floats]]:
    """Make traces, each kind as often as the others, in whole pages.

    Args:
        seed: of the chance.
        count: how many.
    """
    chance = np.random.default_rng(seed)
    names = list(KINDS)
    made = []
    for number in range(count):
        kind = names[number % len(names)]
        sizes = np.maximum(KINDS[kind](chance), 8192.0)
        made.append((kind, np.asarray(np.ceil(sizes / 8192) * 8192)))
    return made
