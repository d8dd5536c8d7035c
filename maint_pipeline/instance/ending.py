"""Whether Dagster's code server, in which sensors tick, was asked to end."""

from __future__ import annotations

import threading

_WAITS_FOR_THE_END = "grpc-server-termination"
"""Dagster's thread that waits for the server's end, and then for running ticks unannounced
(dagster/_grpc/server.py, server_termination_target, 1.13)."""


def is_ending() -> bool:
    """Return whether this process is to end; long work stops then."""
    if not threading.main_thread().is_alive():
        return True
    for thread in threading.enumerate():
        if thread.name == _WAITS_FOR_THE_END:
            asked = next(iter(getattr(thread, "_args", ())), None)
            return isinstance(asked, threading.Event) and asked.is_set()
    return False
