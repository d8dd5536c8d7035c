"""The databases that the registry means at this moment: those written, and those discovered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing

import psycopg
from psycopg import conninfo

from maint_pipeline.database.connection import limit_statements
from maint_pipeline.database.opening import open_session
from maint_pipeline.errors import ConfigurationError, MaintError
from maint_pipeline.registry.databases import Database, Fleet
from maint_pipeline.registry.entries import Discovery
from maint_pipeline.registry.parallel import for_each
from maint_pipeline.registry.reading import Mistake, read_registry
from maint_pipeline.settings import Settings

# Names are the server's, patterns the registry's; both are values, never text of the statement.
_NAMES = """
select datname from pg_catalog.pg_database
where datallowconn and not datistemplate and has_database_privilege(oid, 'connect')
    and datname ~ %(include)s and (%(exclude)s::text is null or datname !~ %(exclude)s)
order by datname
"""
DISCOVERY_SECONDS = 10

# Whoever may create databases chooses their names, and they become keys, tags and words in mails.
_USABLE = re.compile(r"\w(?:[\w .@+-]{0,61}[\w.@+-])?")


def load_fleet(settings: Settings) -> Fleet:
    """Read the registry, and ask the servers whose databases are discovered.

    Args:
        settings: `databases_file` names the registry.

    Raises:
        ConfigurationError: there is no registry, or its file can't be read.
    """
    if settings.databases_file is None:
        raise ConfigurationError(
            "There is no registry: MAINT_DATABASES_FILE is not set. Name the file with your "
            "databases in it (docs/fleet.md)."
        )
    registry = read_registry(settings.databases_file)
    found = [Database(entry.name, entry) for entry in registry.databases]
    mistakes = list(registry.mistakes)
    asked = for_each(
        registry.discoveries, _discovered, server_of=lambda entry: entry.name, at_once=1,
        seconds=2 * DISCOVERY_SECONDS,
    )  # fmt: skip
    answers = {entry.name: answer for entry, answer in asked}
    for entry in registry.discoveries:
        databases, problems = answers[entry.name] or (
            [], [Mistake(entry.name, "its databases are not known: the server does not answer")],
        )  # fmt: skip
        found += databases
        mistakes += problems
    return Fleet(tuple(found), tuple(mistakes))


def find_database(settings: Settings, name: str) -> Database:
    """Find a database by its name. Only the server that may have it is asked.

    Args:
        settings: as for `load_fleet`.
        name: as the registry calls it.

    Raises:
        ConfigurationError: there is none of that name; the message names those that there are.
    """
    if settings.databases_file is not None:
        for entry in read_registry(settings.databases_file).databases:
            if entry.name == name:
                return Database(name, entry)
    fleet = load_fleet(settings)
    for database in fleet.databases:
        if database.name == name:
            return database
    problem = next((each.problem for each in fleet.mistakes if each.entry == name), None)
    if problem is None:
        server = name.partition("/")[0]
        problem = next((each.problem for each in fleet.mistakes if each.entry == server), None)
    if problem is not None:
        raise ConfigurationError(f"The registry's entry {name} can't be used: {problem}.")
    raise ConfigurationError(
        f"No database of the registry is called {name}. There are: {_some(fleet)}."
    )


_SHOWN = 30


def _some(fleet: Fleet) -> str:
    names = [database.name for database in fleet.databases]
    more = f" and {len(names) - _SHOWN} more (maint fleet)" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none"


def find_databases(
    settings: Settings, names: Sequence[str]
) -> tuple[list[Database], dict[str, str]]:
    """Find databases by their names.

    Args:
        settings: as for `load_fleet`.
        names: as the registry calls them.

    Returns:
        Those that there are, and of the others why they can't be used.

    Raises:
        ConfigurationError: as `load_fleet`.
    """
    return choose(load_fleet(settings), names)


def choose(fleet: Fleet, names: Sequence[str]) -> tuple[list[Database], dict[str, str]]:
    """Choose databases by their names.

    Args:
        fleet: the databases that there are.
        names: as the registry calls them.

    Returns:
        As `find_databases`.
    """
    known = {database.name: database for database in fleet.databases}
    reasons = {mistake.entry: mistake.problem for mistake in fleet.mistakes}
    problems = {
        name: reasons.get(name)
        or reasons.get(name.partition("/")[0])
        or "the registry has no such database any more"
        for name in names
        if name not in known
    }
    return [known[name] for name in names if name in known], problems


def _discovered(entry: Discovery) -> tuple[list[Database], list[Mistake]]:
    """Ask a server; give its databases, and what is wrong with the answer or with a name."""
    try:
        names = _names(entry)
    except (MaintError, psycopg.Error) as error:
        return [], [Mistake(entry.name, f"its databases are not known: {error}".strip())]
    usable = [name for name in names if _USABLE.fullmatch(name) and "..." not in name]
    strange = [name for name in names if name not in usable]
    return (
        [Database(f"{entry.name}/{name}", entry, name) for name in usable],
        [
            Mistake(
                entry.name + "/?",
                f"the database {ascii(name)[:80]} is left out, for the characters in its name; "
                "rename it, or name it in a [[database]]",
            )
            for name in strange
        ],
    )


def _names(entry: Discovery) -> list[str]:
    url = Database(entry.name, entry).urls()
    server = url.own_worker or url.administrator
    limited = conninfo.make_conninfo(server, connect_timeout=DISCOVERY_SECONDS)
    connection, _ = open_session(limited, "maint fleet")
    with closing(connection):
        limit_statements(connection, DISCOVERY_SECONDS)
        parameters = {"include": entry.include, "exclude": entry.exclude}
        return [row["datname"] for row in connection.execute(_NAMES, parameters).fetchall()]
