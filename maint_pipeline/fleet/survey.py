"""The state of all databases of the fleet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from maint_pipeline.fleet.calendar import Calendar
from maint_pipeline.fleet.state import State, state_of
from maint_pipeline.registry.databases import Fleet, server_of
from maint_pipeline.registry.parallel import for_each
from maint_pipeline.settings import Settings


def survey(
    fleet: Fleet, dates: Calendar, settings: Settings, *, at_once: int, seconds: int
) -> list[State]:
    """Ask all databases for their state.

    Args:
        fleet: the databases, and the mistakes in the registry.
        dates: the tasks that may be late, and when they were due.
        settings: of the environment.
        at_once: how many of one server are asked at a time.
        seconds: how long one may take to connect, for a statement, and twice that for all.

    Returns:
        A state for each database and for each mistake, in the order of the registry.
    """
    return list(_states(fleet, dates, settings, at_once, seconds))


def _states(
    fleet: Fleet, dates: Calendar, settings: Settings, at_once: int, seconds: int
) -> Iterator[State]:
    now = datetime.now(UTC)
    answers = for_each(
        fleet.databases,
        lambda database: state_of(database, dates, settings, seconds, now),
        server_of=server_of,
        at_once=at_once,
        seconds=2 * seconds,
    )
    found = {database.name: state for database, state in answers}
    for database in fleet.databases:
        yield found[database.name] or State(
            database.name,
            "no answer",
            database.groups,
            problem=f"It did not answer within {2 * seconds} seconds.",
        )
    for mistake in fleet.mistakes:
        yield State(mistake.entry, "mistake", problem=mistake.problem)
