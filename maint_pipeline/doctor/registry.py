"""Whether the registry of a fleet can be used: what `maint doctor` says of it."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.doctor.diagnosis import Diagnosis
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.registry.databases import Fleet
from maint_pipeline.registry.loading import load_fleet
from maint_pipeline.settings import Settings


def examine_registry(settings: Settings) -> Iterator[Diagnosis]:
    """Check the registry and its secrets; nothing where there is none.

    Args:
        settings: `databases_file` names it.
    """
    if settings.databases_file is None:
        return
    try:
        fleet = load_fleet(settings)
    except ConfigurationError as error:
        yield Diagnosis("registry", False, str(error), "Correct the file or its rights.")
        return
    yield from _entries(fleet, settings)
    if settings.database_url is None:
        yield Diagnosis(
            "databases", None, "not examined: none was named",
            "maint --database NAME doctor examines one; maint fleet shows the state of all.",
        )  # fmt: skip


def _entries(fleet: Fleet, settings: Settings) -> Iterator[Diagnosis]:
    problems = [(mistake.entry, mistake.problem) for mistake in fleet.mistakes]
    unusable = 0
    for database in fleet.databases:
        try:
            database.values(settings)
        except ConfigurationError as error:
            unusable += 1
            problems.append((database.name, str(error)))
    for entry, problem in problems:
        yield Diagnosis(
            "registry",
            False,
            f"{entry}: {problem}",
            f"Correct the entry in {settings.databases_file}. The others are not affected.",
        )
    if unusable == len(fleet.databases):
        yield Diagnosis(
            "registry", None, "no database can be used",
            f"Add a [[database]] to {settings.databases_file}.",
        )  # fmt: skip
    elif not problems:
        words = f"{len(fleet.databases)} databases in {settings.databases_file}"
        yield Diagnosis("registry", True, words)
