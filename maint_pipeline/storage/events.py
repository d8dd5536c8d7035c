"""Bursts and drops of the futures of a size, as its history had them."""

from __future__ import annotations

import numpy as np

from maint_pipeline.storage.increments import Floats, Parts

_REGULAR = 0.2
"""Of their period: by how much regular drops may be early or late."""

_LEAST_DROPS = 3
_SHARES = 12


def bursts(parts: Parts, shape: tuple[int, int], chance: np.random.Generator) -> Floats:
    """Draw bursts as often as there were some, each as large as one of them, or about so.

    Args:
        parts: of the history.
        shape: paths and days.
        chance: of the paths.
    """
    if not len(parts.bursts):
        return np.zeros(shape)
    # How often is uncertain itself: the gamma distribution is what a count says of its rate.
    often = chance.gamma(len(parts.bursts) + 0.5, 1.0 / len(parts.usual), (shape[0], 1))
    sizes = chance.choice(parts.bursts, shape)
    sizes = sizes * np.exp(chance.normal(0.0, 0.2, shape))
    return np.where(chance.random(shape) < often, sizes, 0.0)


def drops(parts: Parts, grown: Floats, known: Floats, chance: np.random.Generator) -> Floats:
    """Project drops that came regularly; draw others, if there were several, at their frequency.

    Args:
        parts: of the history.
        grown: what each path adds each day.
        known: the history.
        chance: of the paths.
    """
    if len(parts.drops) < _LEAST_DROPS:
        return np.zeros(grown.shape)
    gaps = np.diff(parts.drop_days)[-6:]
    period = float(np.median(gaps))
    if np.abs(gaps - period).max() > max(2.0, _REGULAR * period):
        often = len(parts.drops) / len(parts.usual)
        sizes = chance.choice(parts.drops, grown.shape)
        return np.where(chance.random(grown.shape) < often, sizes, 0.0)
    if len(parts.usual) - 1 - int(parts.drop_days[-1]) > 2 * period:
        return np.zeros(grown.shape)  # they have ended
    return _regular(parts, grown, known, chance)


def _regular(parts: Parts, grown: Floats, known: Floats, chance: np.random.Generator) -> Floats:
    """Project regular drops.

    Each takes a share of what came since the one before: a purge deletes as much as has expired. So
    what is lost depends on what each path has grown.
    """
    paths, days = grown.shape
    gaps = np.diff(parts.drop_days)[-6:]
    period, jitter = float(np.median(gaps)), max(0.0, float(np.std(gaps)))
    age = len(parts.usual) - 1 - int(parts.drop_days[-1])
    shares = _shares(parts, known)
    # What they are on average is uncertain, too.
    bias = chance.normal(0, float(shares.std()) / len(shares) ** 0.5, paths)
    rows = np.arange(paths)
    sums = np.concatenate([np.zeros((paths, 1)), np.cumsum(grown, axis=1)], axis=1)
    before = np.full(paths, float(known[parts.drop_days[-1] + 1] - known[-1]))
    lost = np.zeros(grown.shape)
    day = np.maximum(0.0, period - age - 1 + chance.normal(0, jitter, paths))
    for _ in range(int(days / period) + 2):
        within = day < days
        at = day[within].astype(np.intp)
        now = sums[rows[within], at + 1]
        share = (chance.choice(shares, paths) + bias)[within]
        lost[rows[within], at] += np.maximum(0.0, share * (now - before[within]))
        before[within] = now
        day = day + np.maximum(1.0, period + chance.normal(0, jitter, paths))
    return lost


def _shares(parts: Parts, known: Floats) -> Floats:
    """Give which share of what had come since the drop before each of the last drops took."""
    ends = parts.drop_days[-_SHARES - 1 :]
    lost = parts.drops[1 - len(ends) :]
    came = np.array(
        [
            known[end] - known[begin + 1] + drop / max(1, end - begin)
            for begin, end, drop in zip(ends[:-1], ends[1:], lost, strict=True)
        ]
    )
    shares = np.clip(lost / np.maximum(came, 1.0), 0.0, 2.0)
    return np.asarray(shares, dtype=np.float64)
