"""Long lists of cases: some of them in `make test`, all in `make test-full`."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], count: int = 1) -> list[Any]:
    """Mark all cases but the first ones `full`.

    Args:
        cases: of `pytest.mark.parametrize`.
        count: how many are left to `make test`.
    """
    listed = list(cases)
    return listed[:count] + [_full(case) for case in listed[count:]]


def spread(cases: Iterable[Any], step: int) -> list[Any]:
    """Mark all cases `full` but every so manieth, beginning with the first."""
    return [_full(case) if number % step else case for number, case in enumerate(cases)]


def one_of_each(cases: Iterable[Any], kind: Callable[[Any], Hashable]) -> list[Any]:
    """Mark all cases `full` but the first of each kind."""
    seen: set[Hashable] = set()
    marked = []
    for case in cases:
        marked.append(_full(case) if kind(case) in seen else case)
        seen.add(kind(case))
    return marked


def _full(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.full)
