"""Long lists of cases: a few of them in `make test`, all in `make test-full`."""

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], count: int = 1) -> list[Any]:
    """Mark all cases but the first ones `full`.

    Args:
        cases: of `pytest.mark.parametrize`.
        count: how many are left to `make test`.
    """
    listed = list(cases)
    rest = [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.full)
        for case in listed[count:]
    ]
    return listed[:count] + rest
