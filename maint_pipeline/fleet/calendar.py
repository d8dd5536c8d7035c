"""The tasks and the moments at which they were due, kept in a file for a day.

Only Dagster knows when a cron is due, and loading it costs a second of a core. A command that asks
hundreds of databases once a minute pays for it once a day.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from maint_pipeline.files import write_atomically
from maint_pipeline.schedules.tasks import Task

LIFE = timedelta(days=1)
PAST = 200
"""Moments before now that are kept of each cron."""

_OPS = Path(__file__).parent.parent / "ops"

Cron = tuple[str, str]
"""A cron and the time zone in which it is meant."""


@dataclass(frozen=True)
class Calendar:
    """The tasks, and when crons are due.

    Attributes:
        tasks: with the recommended crons.
        ticks: by cron, the moments of the last days and the next one, in order.
    """

    tasks: tuple[Task, ...]
    ticks: dict[Cron, list[datetime]]

    def past_ticks(self, cron: str, time_zone: str, before: datetime) -> Iterator[datetime]:
        """Give the moments at which a cron was due, as `crons.past_ticks` does."""
        known = self.ticks.get((cron, time_zone))
        if known is None:
            from maint_pipeline.schedules.crons import past_ticks  # noqa: PLC0415

            yield from past_ticks(cron, time_zone, before)
            return
        yield from reversed(known[: bisect_right(known, before)])


def calendar(home: Path, crons: Iterable[Cron]) -> Calendar:
    """Read the calendar, or make it where it is missing, old, or lacks a cron.

    Args:
        home: MAINT_HOME, in which it is kept if that is possible.
        crons: those of the registry, beside the recommended ones in each of these time zones.
    """
    file, now, needed = home / "calendar.json", datetime.now(UTC), set(crons)
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        made_at = datetime.fromisoformat(kept["made_at"])
        found = _read(kept)
        is_fresh = kept["program"] == _program() and timedelta(0) <= now - made_at < LIFE
        if is_fresh and _complete(found.tasks, needed) <= found.ticks.keys():
            return found
    made = _make(needed, now)
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        write_atomically(file, json.dumps(_written(made, now)))
    return made


def _complete(tasks: Iterable[Task], needed: set[Cron]) -> set[Cron]:
    zones = {zone for _, zone in needed}
    own = {(task.cron, zone) for task in tasks if task.cron for zone in zones}
    return {(cron, zone) for cron, zone in needed if cron} | own


def _make(needed: set[Cron], now: datetime) -> Calendar:
    from maint_pipeline.ops import all_tasks  # noqa: PLC0415
    from maint_pipeline.schedules.crons import coming_ticks, past_ticks  # noqa: PLC0415

    tasks = tuple(all_tasks().values())
    ticks: dict[Cron, list[datetime]] = {}
    for cron, zone in _complete(tasks, needed):
        past = islice(past_ticks(cron, zone, now), PAST)
        coming = takewhile(lambda tick: tick < now + 2 * LIFE, coming_ticks(cron, zone, now))
        ticks[cron, zone] = sorted({*past, *coming})
    return Calendar(tasks, ticks)


def _program() -> str:
    """Say which files the tasks were read from."""
    return " ".join(f"{f.name}:{f.stat().st_mtime_ns}" for f in sorted(_OPS.glob("*.py")))


def _written(made: Calendar, now: datetime) -> dict[str, Any]:
    return {
        "program": _program(),
        "made_at": now.isoformat(),
        "tasks": [
            {"name": t.name, "cron": t.cron, "group": t.group, "heavy": t.heavy, "needs": t.needs}
            for t in made.tasks
        ],
        "ticks": [
            [*key, [tick.timestamp() for tick in ticks]] for key, ticks in made.ticks.items()
        ],
    }


def _read(kept: dict[str, Any]) -> Calendar:
    tasks = tuple(Task(**task) for task in kept["tasks"])
    ticks = {
        (cron, zone): [datetime.fromtimestamp(at, UTC) for at in moments]
        for cron, zone, moments in kept["ticks"]
    }
    return Calendar(tasks, ticks)
