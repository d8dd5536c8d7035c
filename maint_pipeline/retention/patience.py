"""Trying again what needs a lock that others hold: a purge never queues in front of them."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TypeVar

import psycopg

T = TypeVar("T")


def patiently(step: Callable[[], T], attempts: int, pause_seconds: float) -> T:
    """Do a step again, further and further apart, while a lock can't be had.

    Args:
        step: one transaction that waits for locks for an instant only.
        attempts: how often it is done at most.
        pause_seconds: between the first two attempts; twice that after the second, and so on.

    Returns:
        What the step returned.

    Raises:
        psycopg.errors.LockNotAvailable: not at the last attempt either.
    """
    for attempt in range(1, attempts):
        try:
            return step()
        except psycopg.errors.LockNotAvailable:
            sleep(pause_seconds * attempt)
    return step()
