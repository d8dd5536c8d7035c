"""Requests to a watchdog while everything works. It alerts when they stop.

Nothing inside could report that the daemon, the code server or the database is down: they send the
notifications.
"""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Callable
from threading import Event, Thread

from dagster import DagsterInstance

from maint_pipeline.instance.internals.daemon import is_healthy, sensors_work

TELL_SECONDS = 60.0
LOOK_SECONDS = 2.0
ANSWER_SECONDS = 10.0


def watch(url: str, ended: Event, report: Callable[[str], None]) -> None:
    """Request a URL every minute, in a thread, while the daemon that starts now is healthy.

    So is what it asks: its sensors tick, which needs the code server and the database.

    Args:
        url: of the watchdog; a secret.
        ended: set when the daemon has ended.
        report: called when the watchdog can't be reached.
    """
    arguments = (url, time.time(), ended, report)
    Thread(target=_watch, args=arguments, daemon=True).start()


def _watch(url: str, since: float, ended: Event, report: Callable[[str], None]) -> None:
    while not ended.is_set():
        try:
            with DagsterInstance.get() as instance:
                is_well = is_healthy(instance, since) and sensors_work(instance, since, time.time())
            if is_well:
                _tell(url)
        except Exception as error:  # whatever storage or watchdog raise: the daemon goes on
            is_well = True
            # Its text may have the URL.
            report(f"The watchdog could not be reached: {type(error).__name__}.")
        ended.wait(TELL_SECONDS if is_well else LOOK_SECONDS)


def _tell(url: str) -> None:
    with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - http only
        answer.read(1000)
