"""Signals: one of them ends a process in order, and the record of a run is left whole."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SOON_SECONDS = 0.01
_report_unraisable = sys.unraisablehook


def end_in_order() -> None:
    """Have SIGTERM and SIGHUP leave blocks as exceptions do: they stop what they have started.

    A signal that is ignored stays so, as under nohup. After the first one all are ignored.
    """
    sys.unraisablehook = _raise_again_what_is_lost
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    ignore_signals()
    raise SystemExit(128 + number)


def _raise_again_what_is_lost(unraisable: sys.UnraisableHookArgs) -> None:
    """Raise the exception of a signal's handler again where Python could not.

    What runs while the process forks or while garbage is collected has no caller to raise it to:
    Python prints such an exception and goes on, and the signal would be lost.
    """
    lost = unraisable.exc_value
    if lost is None or isinstance(lost, Exception):
        _report_unraisable(unraisable)
        return

    def again(_number: int, _frame: object) -> None:
        raise lost

    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, _SOON_SECONDS)


@contextmanager
def interrupted_once() -> Iterator[None]:
    """Let the first SIGINT or SIGTERM act as it would, and no further one until the block ends.

    What the first one has to leave behind, such as the record of a run, is then left whole.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def first(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, first)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_signals() -> None:
    """Let nothing but SIGKILL interrupt what follows: we are stopping already."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
