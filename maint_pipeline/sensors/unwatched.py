"""Informing people of databases that nobody can watch: an alert in them would be seen by nobody.

Since when each is not watched, and which channels know, is kept in a file, so it outlives the
process. A process of its own sends, as a mail server may take minutes.
"""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from maint_pipeline.files import write_atomically
from maint_pipeline.registry.databases import Database
from maint_pipeline.sensors.sending import start_sending
from maint_pipeline.sensors.unwatched_delivery import channels_of
from maint_pipeline.settings import load_settings

AFTER = timedelta(minutes=5)
"""How long a database may be out of reach before people are informed: a restart takes less."""

AGAIN_SECONDS = 300.0
"""How long a channel that did not accept it is left alone."""

DELIVERY = "maint_pipeline.sensors.unwatched_delivery"

FILE = "unwatched.json"
"""In MAINT_HOME."""


@dataclass(frozen=True)
class Unwatched:
    """A database, or an entry of the registry, that is not watched.

    Attributes:
        since: an aware moment, as ISO 8601 has it.
        informed: the channels that have accepted a message about it.
        is_over: whether it is watched again, and those channels do not know yet.
    """

    since: str
    informed: tuple[str, ...] = ()
    is_over: bool = False


Known = dict[str, Unwatched]


def _read(file: Path) -> Known:
    """Read what the last process knew; nothing where that can't be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {
            n: Unwatched(**{**one, "informed": tuple(one["informed"])}) for n, one in kept.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _written(known: Known) -> str:
    return json.dumps({name: asdict(one) for name, one in known.items()})


def follow(known: Known, names: Iterable[str], unclear: Container[str], now: datetime) -> Known:
    """Bring what is known in line with what is so at the moment.

    Args:
        known: at the tick before.
        names: of those that are not watched.
        unclear: those of which nobody can say yet; what was known of them holds.
        now: aware.

    Returns:
        What is known. One that is watched again stays until those who were informed of it know.
    """
    found: Known = {}
    for name in names:
        last = known.get(name)
        if last is None:
            found[name] = Unwatched(now.isoformat())
        else:
            # Gone again before those who know of it were informed of its return: they still know.
            found[name] = replace(last, is_over=False)
    for name, last in known.items():
        if name in unclear:
            found[name] = last
        elif name not in found and last.informed:
            found[name] = replace(last, is_over=True)
    return found


def to_inform(
    known: Known, channels: Mapping[str, Iterable[str]], now: datetime
) -> dict[str, Known]:
    """Give by channel what it has to be informed of.

    Args:
        known: of `follow`.
        channels: by name of the database, those that get messages about it.
        now: aware.
    """
    found: dict[str, Known] = defaultdict(dict)
    for name, one in known.items():
        if one.is_over:
            for channel in one.informed:
                found[channel][name] = one
        elif datetime.fromisoformat(one.since) <= now - AFTER:
            for channel in channels.get(name, ()):
                if channel not in one.informed:
                    found[channel][name] = one
    return found


def noted(known: Known, channel: str, informed: Known) -> Known:
    """Note that a channel has accepted a message."""
    found = dict(known)
    for name, one in informed.items():
        now = found.get(name)
        if now is None:
            continue
        others = tuple(each for each in now.informed if each != channel)
        if not one.is_over:
            found[name] = replace(now, informed=(*others, channel))
        elif others:
            found[name] = replace(now, informed=others)
        else:
            del found[name]
    return found


class Informer:
    """Sends to each channel what it has to be informed of, a process for each message."""

    def __init__(self) -> None:
        """Begin with no process, and with what the last one knew."""
        self._at_work: dict[str, tuple[subprocess.Popen[bytes], Known]] = {}
        self._not_before: dict[str, float] = {}
        self._known: Known | None = None

    def inform(
        self,
        problems: Mapping[str, str],
        unclear: Container[str],
        databases: Mapping[str, Database],
    ) -> None:
        """Note what was accepted since the last call, and start what has to be sent.

        Args:
            problems: why, by name, of those that are not watched.
            unclear: as of `follow`.
            databases: of the registry, by name; what is not in it gets the environment's channels.
        """
        file = load_settings().home / FILE
        before = _read(file) if self._known is None else self._known
        now = datetime.now(UTC)
        known = self._noted(follow(before, problems, unclear, now))
        channels = {name: channels_of(databases.get(name)) for name in known}
        for key, informed in to_inform(known, channels, now).items():
            if key not in self._at_work and monotonic() >= self._not_before.get(key, 0.0):
                self._at_work[key] = _started(key, informed, problems), informed
        if known != before:
            with suppress(OSError):  # then only this process knows
                file.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(file, _written(known))
        self._known = known

    def _noted(self, known: Known) -> Known:
        """Note what was accepted; a channel that did not is left alone for some time."""
        for key, (process, informed) in list(self._at_work.items()):
            if process.poll() is None:
                continue
            del self._at_work[key]
            if process.returncode == 0:
                known = noted(known, key, informed)
            else:
                self._not_before[key] = monotonic() + AGAIN_SECONDS
        return known


def _started(key: str, informed: Known, problems: Mapping[str, str]) -> subprocess.Popen[bytes]:
    rows = [
        (name, one.since, one.is_over, problems.get(name, "")) for name, one in informed.items()
    ]
    return start_sending(DELIVERY, key, rows)
