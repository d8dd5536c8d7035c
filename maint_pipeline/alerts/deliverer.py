"""A process that delivers to one channel, and ends when nothing is due.

A mail server may take ten minutes to accept a message, a tick of a sensor has one. So the sensor
starts this and goes on; a channel that is slow holds up no other. The channel's lock is this
process's, and every wait in it has a limit.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from threading import Event
from types import FrameType

import psycopg

from maint_pipeline.alerts.channels import Channel, DeliveryError, Message, UnansweredError
from maint_pipeline.alerts.delivery import Note, configured_channels, deliver
from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import connect
from maint_pipeline.errors import ConfigurationError, MaintError, UnreachableError
from maint_pipeline.settings import Settings, load_settings

MESSAGE_SECONDS = 3600.0
"""For one message, whatever a service does: mail has limits of its own, Apprise for each byte."""

RECORD_SECONDS = 600.0
"""How long a database that went away is waited for, to record what a server has answered."""

_started: dict[str, subprocess.Popen[bytes]] = {}


def start_deliverers(names: Iterable[str], settings: Settings) -> list[str]:
    """Start a process for each of these channels, unless this process has one running for it.

    Args:
        names: of channels.
        settings: that configure them; the process gets these, whatever our environment says.

    Returns:
        The channels whose last process ended with an error; its reason is on standard error.
    """
    others = {k: v for k, v in os.environ.items() if not k.startswith("MAINT_")}
    failed = []
    for name in names:
        last = _started.get(name)
        if last and last.poll() is None:
            continue
        if last and last.returncode:
            failed.append(name)
        _started[name] = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", __name__, name],
            stdin=subprocess.DEVNULL,
            env={**others, **settings.variables},
        )
    return failed


def at_work() -> list[str]:
    """Return the channels to which a child process delivers; ended ones are removed."""
    return sorted(name for name, process in _started.items() if process.poll() is None)


def run(name: str, settings: Settings, asked_to_stop: Event) -> None:
    """Deliver to one channel what is due.

    Args:
        name: of the channel.
        settings: of this process.
        asked_to_stop: then no further message is begun.

    Raises:
        ConfigurationError: there is no such channel, or the database can't be used.
    """
    channel = configured_channels(settings).get(name)
    if channel is None:
        raise ConfigurationError(f"MAINT_NOTIFY_URLS has no channel {name}.")
    with application_urls(settings) as urls:
        me = f"maint delivery to {name}"
        with closing(connect(urls.worker, application_name=me)) as connection:
            deliver(
                connection,
                Limited(channel),
                settings,
                go_on=lambda: not asked_to_stop.is_set(),
                record=lambda note: _record(urls.worker, me, note),
            )


def _record(url: str, me: str, note: Note) -> None:
    deadline = time.monotonic() + RECORD_SECONDS
    while True:
        try:
            with closing(connect(url, application_name=me)) as connection:
                note(connection)
            return
        except (UnreachableError, psycopg.OperationalError):
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


@dataclass(frozen=True)
class Limited:
    """A channel that gives up a message after `MESSAGE_SECONDS`. For the main thread only."""

    channel: Channel

    @property
    def name(self) -> str:
        """What the channel is called."""
        return self.channel.name

    def send(self, message: Message) -> str | None:
        """Send a message, as the channel does."""
        late = UnansweredError(f"no answer within {MESSAGE_SECONDS:g} seconds")
        is_late = Event()

        def give_up(_number: int, _frame: FrameType | None) -> None:
            is_late.set()
            raise late

        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, MESSAGE_SECONDS)
        try:
            return self.channel.send(message)
        except DeliveryError:
            # Apprise makes an error of its own of whatever is raised within.
            if is_late.is_set():
                raise late from None
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _main(name: str) -> None:
    asked_to_stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # The message at hand is finished: cut off now, it might come twice.
        signal.signal(number, lambda _number, _frame: asked_to_stop.set())
    try:
        run(name, load_settings(), asked_to_stop)
    except (MaintError, psycopg.Error) as error:
        sys.exit(f"Delivery to {name}: {error}")


if __name__ == "__main__":
    _main(sys.argv[1])
