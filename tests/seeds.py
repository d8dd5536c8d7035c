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


def spread(cases: Iterable[Any], step: int, also: pytest.MarkDecorator | None = None) -> list[Any]:
    """Mark all cases but every so manieth `full`, and with `also`; the first stays as it is."""
    marks = (pytest.mark.full, also) if also else (pytest.mark.full,)
    return [_marked(case, *marks) if number % step else case for number, case in enumerate(cases)]


def one_of_each(cases: Iterable[Any], kind: Callable[[Any], Hashable]) -> list[Any]:
    """Mark all cases `full` but the first of each kind."""
    seen: set[Hashable] = set()
    marked = []
    for case in cases:
        marked.append(_full(case) if kind(case) in seen else case)
        seen.add(kind(case))
    return marked


def _full(case: Any) -> Any:
    return _marked(case, pytest.mark.full)


def _marked(case: Any, *marks: pytest.MarkDecorator) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=marks)
