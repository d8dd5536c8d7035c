"""How large a B-tree will be: from statistics, duplicates kept once as PostgreSQL does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

BLOCK = 8192
_LEAF_BYTES = BLOCK * 0.9 - 40  # fill factor 90, less header and special space
_INNER_BYTES = BLOCK * 0.7 - 40
_HEADER, _POINTER = 8, 4
_POSTING_BYTES = 812
"""The longest tuple of duplicates that CREATE INDEX makes (nbtsort.c)."""

_TID_BYTES = 6
_HASH_ENTRIES, _HASH_STEPS = 307, 10
"""Of a bucket at fill factor 75; from this power of two on they come in quarters (hashpage.c)."""

_BRIN_PLACES = 1360
"""On a page that says where the ranges are."""

_FEW = 8
_ALMOST_UNIQUE = 0.3


@dataclass(frozen=True)
class Key:
    """A column of an index.

    Attributes:
        width: average bytes of a value that is not null.
        align: 1, 2, 4 or 8.
        null_part: of all rows.
        distinct: number of distinct values.
        frequent: the parts of all rows that the most common values have.
    """

    width: float
    align: int
    null_part: float = 0.0
    distinct: float = 0.0
    frequent: Sequence[float] = ()


def btree_blocks(tuples: float, keys: Sequence[Key]) -> tuple[int, int]:
    """Estimate a new B-tree.

    Args:
        tuples: entries.
        keys: its columns, included ones too.

    Returns:
        Its length in blocks, and its height above the leaves.
    """
    width = _tuple_bytes(keys)
    leaves = max(1, math.ceil(_entry_bytes(tuples, width, keys) / _LEAF_BYTES))
    fan = max(2, int(_INNER_BYTES / (_pivot_bytes(tuples, keys) + _POINTER)))
    blocks, height, level = leaves, 0, leaves
    while level > 1:
        level = math.ceil(level / fan)
        blocks, height = blocks + level, height + 1
    return blocks + 1, height


def height_of(blocks: int, width: float = 24) -> int:
    """Estimate the height of an existing B-tree.

    Args:
        blocks: its length, less the metapage.
        width: bytes of a key with its header.
    """
    fan, height, level = max(2, int(_INNER_BYTES / (width + _POINTER))), 0, blocks
    while level > 1:
        level, height = math.ceil(level / fan), height + 1
    return height


def _tuple_bytes(keys: Sequence[Key]) -> float:
    at = 0.0
    for key in keys:
        present = 1 - key.null_part
        if present <= 0:
            continue
        at = math.ceil(at / key.align) * key.align + key.width * present
    header = _HEADER * 2 if any(key.null_part > 0.5 for key in keys) else _HEADER  # noqa: PLR2004
    return header + math.ceil(at / 8) * 8


def _pivot_bytes(tuples: float, keys: Sequence[Key]) -> float:
    """Estimate a tuple of the upper levels: it keeps only the columns in which pages differ."""
    distinct = 1.0
    for count, key in enumerate(keys, 1):
        distinct *= max(1.0, key.distinct)
        if distinct >= tuples * _ALMOST_UNIQUE:
            return _tuple_bytes(keys[:count])
    return _tuple_bytes(keys) + (0 if distinct >= tuples / _FEW else 8)  # and the row's place


def _entry_bytes(tuples: float, width: float, keys: Sequence[Key]) -> float:
    """Add up line pointers and tuples, duplicates merged into posting lists."""
    frequent, rest, distinct = _groups(tuples, keys)
    total = sum(_group_bytes(size, width) for size in frequent)
    if rest <= 0:
        return total
    distinct = max(1.0, min(distinct, rest))
    mean = rest / distinct
    if mean > _FEW:
        return total + distinct * _group_bytes(mean, width)
    # Sizes of small groups spread as chance has it.
    rate = mean
    for _ in range(50):  # of Poisson's distribution without its zero, the mean is this one
        rate = max(1e-9, mean * (1 - math.exp(-rate)))
    weights = [math.exp(-rate) * rate**n / math.factorial(n) for n in range(1, 40)]
    rows = sum(n * weight for n, weight in enumerate(weights, 1))
    size = sum(weight * _group_bytes(n, width) for n, weight in enumerate(weights, 1))
    return total + rest * size / rows


def _group_bytes(size: float, width: float) -> float:
    if size < 2:  # noqa: PLR2004
        return size * (width + _POINTER)
    fits = max(2, int((_POSTING_BYTES - width) / _TID_BYTES))
    whole, left = divmod(size, fits)
    full = width + math.ceil(fits * _TID_BYTES / 8) * 8 + _POINTER
    if left < 2:  # noqa: PLR2004
        return whole * full + left * (width + _POINTER)
    return whole * full + width + math.ceil(left * _TID_BYTES / 8) * 8 + _POINTER


def _groups(tuples: float, keys: Sequence[Key]) -> tuple[list[float], float, float]:
    """Split entries into large groups, the rest, and the number of distinct values of the rest."""
    if len(keys) == 1:
        (key,) = keys
        parts = [part for part in (key.null_part, *key.frequent) if part > 0]
        rest = max(0.0, 1 - sum(parts))
        left = max(1.0, key.distinct - len(key.frequent))
        return [part * tuples for part in parts], rest * tuples, left
    each = [max(1.0, key.distinct + (key.null_part > 0)) for key in keys]
    # Between columns that have nothing in common, and one that says what the others are.
    distinct = math.sqrt(min(math.prod(each), tuples) * min(max(each), tuples))
    return [], tuples, distinct


def hash_blocks(tuples: float) -> int:
    """Estimate a new hash index: pages for its buckets are made at once, in steps of a quarter.

    Args:
        tuples: entries.
    """
    wanted = max(2.0, tuples / _HASH_ENTRIES)
    step = math.ceil(math.log2(wanted))
    buckets = 1 << step
    if step >= _HASH_STEPS:
        half = 1 << (step - 1)
        buckets = half + math.ceil((wanted - half) / (half / 4)) * (half // 4)
    return buckets + 2  # a metapage, and a bitmap of pages for what overflows


def brin_blocks(blocks: int, keys: Sequence[Key]) -> int:
    """Estimate a new BRIN index: the lowest and the highest value of every 128 pages.

    Args:
        blocks: of the table.
        keys: its columns.
    """
    ranges = math.ceil(blocks / 128)
    width = 8 + 2 * (_tuple_bytes(keys) - _HEADER) + _POINTER
    return 1 + math.ceil(ranges / _BRIN_PLACES) + max(1, math.ceil(ranges * width / _LEAF_BYTES))
