"""A network that a test can cut: what is sent then arrives nowhere, as when a machine is gone."""

import ctypes
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNET = 0x40000000


@contextmanager
def network_to_cut() -> Iterator[Callable[[], None]]:
    """Put this thread, and what it starts, into a network with a loopback of its own.

    Gives what cuts it. Sockets of files go on working, so that a test can look from outside.
    """
    outside = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        if _LIBC.unshare(_CLONE_NEWNET):
            pytest.skip(f"no network of our own: {os.strerror(ctypes.get_errno())}")
        _loopback("up")
        yield lambda: _loopback("down")
    finally:
        _LIBC.setns(outside, _CLONE_NEWNET)
        os.close(outside)


def _loopback(state: str) -> None:
    subprocess.run(["ip", "link", "set", "lo", state], check=True)
