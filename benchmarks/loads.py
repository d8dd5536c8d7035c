"""Made-up loads of database servers, sixteen weeks of quarters of an hour each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Generator = np.random.Generator
WEEKS = 16
DAYS = 7 * WEEKS
_HOURS = np.arange(96) / 4


def _hill(center: float, width: float) -> Floats:
    """A hill over the hours of the day, around midnight too."""
    away = np.abs((_HOURS - center + 12) % 24 - 12)
    return np.asarray(np.exp(-((away / width) ** 2)))


def _office(chance: Generator) -> tuple[Floats, Floats]:
    """People at work, a quiet weekend; the server's clock is UTC, and they are anywhere."""
    zone = chance.choice([-8, -5, 0, 1, 5.5, 8])
    day = 0.1 + _hill(chance.uniform(9, 12) - zone, 2.5) + _hill(chance.uniform(14, 16) - zone, 2.5)
    return day, 0.1 + 0.1 * day


def _evening(chance: Generator) -> tuple[Floats, Floats]:
    """A shop or a game: evenings, and weekends more so."""
    day = 0.15 + _hill(chance.uniform(19, 22), 3.0)
    return day, 0.2 + 1.3 * _hill(chance.uniform(15, 20), 4.5)


def _world(chance: Generator) -> tuple[Floats, Floats]:
    """Two continents: the quiet hour is not at night."""
    first = chance.uniform(0, 24)
    day = 0.15 + _hill(first, 3.0) + 0.8 * _hill(first + chance.uniform(8, 12), 3.0)
    return day, 0.15 + 0.4 * day


def _nightly(chance: Generator) -> tuple[Floats, Floats]:
    """People by day, and imports and reports by night."""
    day, weekend = _office(chance)
    night = chance.uniform(1.0, 2.5) * _hill(chance.uniform(1.0, 4.0), chance.uniform(0.7, 1.5))
    return day + night, weekend + night * chance.choice([0.0, 1.0])


KINDS = (_office, _evening, _world, _nightly)


def load(chance: Generator) -> tuple[Floats, Floats]:
    """Make one load.

    Returns:
        Busy sessions by day and quarter, and the pattern without noise, which nobody knows.
    """
    day, weekend = KINDS[int(chance.integers(len(KINDS)))](chance)
    size = np.exp(chance.uniform(np.log(0.5), np.log(8)))
    weekdays = np.arange(DAYS) % 7
    pattern = size * np.where(weekdays[:, None] < 5, day, weekend)
    if chance.random() < 0.3:
        # Clocks change, or the application moves: from some day on everything is at another hour.
        moved = int(chance.integers(30, 90))
        pattern[moved:] = np.roll(pattern[moved:], int(chance.choice([-8, -4, 4, 8])), axis=1)
    noise, memory = chance.uniform(0.2, 0.5), chance.uniform(0.3, 0.8)
    shocks = chance.normal(0, noise * (1 - memory**2) ** 0.5, DAYS * 96)
    values = np.empty(DAYS * 96)
    last = 0.0
    for number, shock in enumerate(shocks):
        last = values[number] = memory * last + shock
    busy = pattern * np.exp(values.reshape(DAYS, 96) - noise**2 / 2)
    # Now and then something takes an hour that nobody expected.
    for _ in range(int(chance.poisson(DAYS / 7))):
        at = int(chance.integers(DAYS * 96 - 4))
        busy.reshape(-1)[at : at + 4] += size * chance.exponential(1.0)
    return np.asarray(busy), np.asarray(pattern)
