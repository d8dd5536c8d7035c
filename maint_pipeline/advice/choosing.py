"""Choosing indexes: what saves most first, longer ones in the place of shorter, then exchanges."""

from __future__ import annotations

import math

from maint_pipeline.advice.errors import OutOfTimeError
from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.selection import Selector

MOST_INDEXES = 20
MOST_ROUNDS = 3


def narrow(selector: Selector) -> None:
    """Let each query forget the candidates that change nothing for it: fewer plans to ask for.

    Those that a plan uses are hidden, until what is left is not used at all.

    Args:
        selector: with the candidates of each query.
    """
    for place, asked in enumerate(selector.asked):
        left, useful = asked.relevant, frozenset[Index]()
        while left and (used := selector.used(place, left)):
            left, useful = left - used, useful | used
        asked.relevant = useful


def choose(selector: Selector, most: int = MOST_INDEXES) -> list[Index]:
    """Choose what saves most until the next one is not worth it; then try others in its place.

    Args:
        selector: with the candidates of each query.
        most: how many at most.

    Returns:
        The indexes, in the order in which they were chosen.
    """
    chosen: list[Index] = []
    try:
        narrow(selector)
        chosen = _greedy(selector, most)
        chosen = without_superfluous(selector, _exchanged(selector, chosen))
    except OutOfTimeError:
        selector.out_of_time = True
    return chosen


def _greedy(selector: Selector, most: int) -> list[Index]:
    """Add or extend, the best first.

    What an index was worth beside fewer others is taken to be the most that it is worth now.
    """
    chosen: list[Index] = []
    known = dict.fromkeys(selector.bench.indexes, math.inf)
    while True:
        fresh: dict[Index, list[Index]] = {}
        least = selector.least(selector.saved(chosen))
        while True:
            index = max(known, key=lambda each: known[each], default=None)
            if index is None or known[index] <= least or index in fresh:
                break
            known[index], fresh[index] = _best_step(selector, chosen, index, most)
        if index is None or index not in fresh or known[index] <= least:
            return chosen
        chosen = fresh[index]
        for each in chosen:
            known.pop(each, None)


def _best_step(
    selector: Selector, chosen: list[Index], index: Index, most: int
) -> tuple[float, list[Index]]:
    """Give what adding an index is worth, or having it in the place of one that it extends."""
    steps = [[*chosen, index]] if len(chosen) < most else []
    for old in chosen:
        if old.relation == index.relation and old.keys == index.keys[: len(old.keys)]:
            steps.append([*(each for each in chosen if each != old), index])
    worth = [(selector.worth(step) - selector.worth(chosen), step) for step in steps]
    return max(worth, key=lambda each: each[0], default=(-math.inf, chosen))


def _exchanged(selector: Selector, chosen: list[Index]) -> list[Index]:
    """Try others of the same table in the place of each, until nothing is better."""
    for _ in range(MOST_ROUNDS):
        before = list(chosen)
        for old in before:
            rest = [each for each in chosen if each != old]
            worth = selector.worth(chosen)
            for other in _instead(selector, old):
                if other in chosen:
                    continue
                if (changed := selector.worth([*rest, other])) > worth:
                    worth, chosen = changed, [*rest, other]
        if chosen == before:
            break
    return chosen


def _instead(selector: Selector, old: Index) -> list[Index]:
    """Give the candidates that could serve a query that an index may serve."""
    found = {
        index: None
        for asked in selector.asked if old in asked.relevant
        for index in asked.relevant if index.relation == old.relation and index != old
    }  # fmt: skip
    return sorted(found, key=lambda index: (selector.bench.indexes[index].bytes, index.keys))


def without_superfluous(selector: Selector, chosen: list[Index]) -> list[Index]:
    """Drop indexes that save too little beside the others.

    Args:
        selector: that chose.
        chosen: in the order in which they were chosen.
    """
    kept = list(chosen)
    for index in chosen:
        rest = [each for each in kept if each != index]
        saved = selector.saved(kept)
        if saved - selector.saved(rest) < selector.least(saved):
            kept = rest
    return kept
