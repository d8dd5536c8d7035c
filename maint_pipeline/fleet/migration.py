"""`maint migrate --all`: every database of the fleet to this version, a canary first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import psycopg

from maint_pipeline.database.connection import connect
from maint_pipeline.errors import MaintError, UsageError
from maint_pipeline.installation.install import install
from maint_pipeline.registry.databases import Database, Fleet

GOOD = ("migrated", "current")


@dataclass(frozen=True)
class Migration:
    """What became of one database.

    Attributes:
        database: its name in the registry.
        result: `migrated`, `current` (there was nothing to do), `failed` (also where it is migrated
            and tasks can't log in), `not tried`, or `mistake` of the registry.
        problem: the error, or why it was not tried.
    """

    database: str
    result: str
    is_canary: bool = False
    problem: str | None = None

    @property
    def row(self) -> dict[str, Any]:
        """The fields, by name."""
        return asdict(self)


def migrate_fleet(
    fleet: Fleet,
    canaries: Sequence[str],
    report: Callable[[str], None],
    trust: Sequence[str] = (),
) -> Iterator[Migration]:
    """Migrate all databases, one after the other. A failure stops no other but that of a canary.

    Args:
        fleet: the databases.
        canaries: names of those to begin with; if none, those that the registry calls so; if there
            is none either, the first one.
        report: called with a line for each step.
        trust: roles, as `installation.install.install` takes them.

    Yields:
        What became of each database, as it is known.

    Raises:
        UsageError: a canary is not among the databases.
    """
    first, others = _in_order(fleet, canaries)
    is_healthy = True
    for database in first:
        done = _migrate(database, report, trust, is_canary=True)
        is_healthy &= done.result in GOOD
        yield done
    for database in others:
        if is_healthy:
            yield _migrate(database, report, trust, is_canary=False)
        else:
            yield Migration(database.name, "not tried", problem="a canary failed")
    for mistake in fleet.mistakes:
        yield Migration(mistake.entry, "mistake", problem=mistake.problem)


def _in_order(fleet: Fleet, canaries: Sequence[str]) -> tuple[list[Database], list[Database]]:
    known = {database.name: database for database in fleet.databases}
    if unknown := [name for name in canaries if name not in known]:
        raise UsageError(
            f"The canary {unknown[0]} is not among the databases to migrate; maint fleet lists "
            "their names."
        )
    first = [known[name] for name in dict.fromkeys(canaries)]
    first = first or [database for database in fleet.databases if database.is_canary]
    first = first or list(fleet.databases[:1])
    return first, [database for database in fleet.databases if database not in first]


def _migrate(
    database: Database, report: Callable[[str], None], trust: Sequence[str], *, is_canary: bool
) -> Migration:
    try:
        urls = database.urls()
        had_work = install(
            urls.administrator, lambda step: report(f"{database.name}: {step}"), trust=trust
        )
        # Only a database in which tasks can work is at this version.
        connect(urls.worker, application_name="maint migrate").close()
    except (MaintError, psycopg.Error, OSError) as error:
        return Migration(database.name, "failed", is_canary, str(error).strip())
    return Migration(database.name, "migrated" if had_work else "current", is_canary)
