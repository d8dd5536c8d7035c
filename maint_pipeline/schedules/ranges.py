"""Which databases of a fleet are due for which task, and how they are put into runs.

The recommended crons are spread over the hour, a shard of databases at a time, so that a fleet does
not begin all at once; what the registry says itself is kept to the minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from maint_pipeline.errors import UsageError
from maint_pipeline.registry.databases import Database
from maint_pipeline.schedules.tasks import Task
from maint_pipeline.settings import Settings

SHARD = 50
"""Databases of a shard, and of a run."""

Span = tuple[datetime, datetime]

SPREAD = timedelta(hours=1)
NONE = timedelta(0)
_STEP = 0.618034
"""The golden ratio: however many shards there are, their moments lie evenly, and never move."""


@dataclass(frozen=True)
class DueRange:
    """A run to launch.

    Attributes:
        task: name of the task.
        databases: neighbours in Dagster's order.
        at: when the first of them was due.
    """

    task: str
    databases: tuple[str, ...]
    at: datetime

    @property
    def key(self) -> str:
        """What is the same for the same run: Dagster launches it once."""
        return f"{self.task} {self.at.isoformat()} {self.databases[0]}"


def own_tasks(database: Database | None, tasks: Iterable[Task]) -> list[Task]:
    """Give the tasks with the crons that the registry has for a database.

    Args:
        database: None for one of which nothing is known.
        tasks: with the recommended crons.
    """
    crons = database.entry.schedules if database else {}
    return [
        replace(task, cron=crons[task.name] or None)
        if task.name in crons
        else replace(task, spread=SPREAD)
        for task in tasks
    ]


def crons_of(databases: Iterable[Database], settings: Settings) -> set[tuple[str, str]]:
    """Give the registry's own crons with the time zones that they are meant in; "" for none.

    Args:
        databases: of the registry.
        settings: of the environment, for the time zone where an entry has none.
    """
    return {
        (cron or "", database.entry.settings.timezone or settings.timezone)
        for database in databases
        for cron in ("", *database.entry.schedules.values())
    }


def due_ranges(
    keys: Sequence[str],
    databases: Mapping[str, Database],
    tasks: Sequence[Task],
    settings: Settings,
    span: Span,
) -> tuple[list[DueRange], list[str]]:
    """Find what was due between two moments. After a long while each is due once, not many times.

    Args:
        keys: of all partitions, in Dagster's order.
        databases: by key; one that is missing can't be used, and its run says why.
        tasks: with the recommended crons.
        settings: of the environment.
        span: two aware moments, of which only the second counts.

    Returns:
        The runs to launch, and what is wrong with crons.
    """
    since, until = span
    due: dict[str, dict[str, datetime]] = {}
    problems: dict[str, None] = {}
    for position, key in enumerate(keys):
        database = databases.get(key)
        zone = (database and database.entry.settings.timezone) or settings.timezone
        for task in own_tasks(database, tasks):
            if task.cron is None or _lacks(database, task, settings):
                continue
            try:
                late = delay(position) if task.spread else NONE
                at = _last_tick(task.cron, zone, until, late)
            except UsageError as error:
                problems[f"{key}: {error}"] = None
                continue
            if at > since:
                due.setdefault(task.name, {})[key] = at
    return [each for task in due for each in _ranges(task, due[task], keys)], list(problems)


def _lacks(database: Database | None, task: Task, settings: Settings) -> bool:
    return bool(task.needs and not (database and database.has(task.needs, settings)))


def delay(position: int) -> timedelta:
    """Give how much after the recommended moment a database's shard begins, in whole minutes."""
    return timedelta(minutes=int(position // SHARD * _STEP % 1 * SPREAD.total_seconds() / 60))


def _last_tick(cron: str, zone: str, until: datetime, late: timedelta) -> datetime:
    minute = (until - late).replace(second=0, microsecond=0)
    return _tick(cron, zone, minute) + late


@lru_cache(maxsize=4096)
def _tick(cron: str, zone: str, minute: datetime) -> datetime:
    from maint_pipeline.schedules.crons import past_ticks  # noqa: PLC0415 - it loads Dagster

    return next(past_ticks(cron, zone, minute))


def _ranges(task: str, due: Mapping[str, datetime], keys: Sequence[str]) -> Iterator[DueRange]:
    """Put neighbours together, `SHARD` at most."""
    range_: list[str] = []
    for key in [*keys, None]:
        if range_ and (key not in due or len(range_) == SHARD):
            yield DueRange(task, tuple(range_), min(due[each] for each in range_))
            range_ = []
        if key is not None and key in due:
            range_.append(key)
