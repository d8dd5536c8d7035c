"""The databases that the registry means at this moment, and how each is reached."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import conninfo
from pydantic import SecretStr

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.connection import limit_statements
from maint_pipeline.database.opening import open_session
from maint_pipeline.database.urls import database_url, parse
from maint_pipeline.errors import ConfigurationError, MaintError
from maint_pipeline.fleet.entries import Access, Discovery, Reference, Written
from maint_pipeline.fleet.registry import Mistake, read_registry
from maint_pipeline.settings import Settings

# Names are the server's, patterns the registry's; both are values, never text of the statement.
_NAMES = """
select datname from pg_catalog.pg_database
where datallowconn and not datistemplate and has_database_privilege(oid, 'connect')
    and datname ~ %(include)s and (%(exclude)s::text is null or datname !~ %(exclude)s)
order by datname
"""
DISCOVERY_SECONDS = 10


@dataclass(frozen=True)
class Database:
    """One database of the fleet.

    Attributes:
        name: by which people call it; discovered ones are called ENTRY/DATABASE.
        entry: what the registry says of it.
        dbname: its name on the server, where it was discovered.
    """

    name: str
    entry: Access
    dbname: str | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that it belongs to."""
        return self.entry.groups

    @property
    def is_canary(self) -> bool:
        """Whether a migration of all begins with it."""
        return isinstance(self.entry, Written) and self.entry.canary

    def urls(self) -> ApplicationUrls:
        """Give its URLs, secrets read.

        Raises:
            ConfigurationError: a secret can't be read; the message names the database.
        """
        try:
            entry = self.entry
            url = self._url(entry.url, entry.password)
            administrator = self._url(entry.admin_url, entry.admin_password)
            owner = self._url(entry.owner_url, entry.owner_password)
        except ConfigurationError as error:
            raise ConfigurationError(f"Database {self.name}: {error}") from None
        if url is None:
            raise ConfigurationError(f"Database {self.name} has no URL.")
        return ApplicationUrls(administrator or url, url if administrator else None, owner)

    def _url(self, url: str | Reference | None, password: Reference | None) -> str | None:
        if url is None:
            return None
        plain = url.read() if isinstance(url, Reference) else url
        if self.dbname is not None:
            plain = database_url(plain, self.dbname)
        if password is None:
            parse(plain)
            return plain
        return conninfo.make_conninfo(**{**parse(plain), "password": password.read()})

    def values(self, settings: Settings) -> dict[str, Any]:
        """Give the settings of a process that works on this database.

        What belongs to another database is never taken from the environment: no URL and no
        backups. An archive in MAINT_HOME or MAINT_ARCHIVE_URL has a folder for each database.

        Args:
            settings: of the environment.

        Raises:
            ConfigurationError: a secret can't be read.
        """
        urls = self.urls()
        separate = urls.own_worker is not None
        given: dict[str, Any] = {
            "database_url": SecretStr(urls.own_worker or urls.administrator),
            "admin_database_url": SecretStr(urls.administrator) if separate else None,
            "owner_database_url": SecretStr(urls.own_owner) if urls.own_owner else None,
            "restore_source": None,
            "archive_url": f"{settings.archive.rstrip('/')}/{quote(self.name, safe='')}",
        }
        try:
            own = self.entry.settings.values()
        except ConfigurationError as error:
            raise ConfigurationError(f"Database {self.name}: {error}") from None
        return {**given, **own}


@dataclass(frozen=True)
class Fleet:
    """The databases, and what could not be used of the registry."""

    databases: tuple[Database, ...]
    mistakes: tuple[Mistake, ...]

    def in_groups(self, groups: Sequence[str]) -> Fleet:
        """Give the databases of any of these groups, all where none is named.

        Raises:
            ConfigurationError: no database is in one of them.
        """
        for group in groups:
            if not any(group in database.groups for database in self.databases):
                raise ConfigurationError(f"No database of the registry is in the group {group}.")
        wanted = [one for one in self.databases if not groups or set(groups) & set(one.groups)]
        return Fleet(tuple(wanted), self.mistakes)


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
    for entry in registry.discoveries:
        try:
            found += _discovered(entry)
        except (MaintError, psycopg.Error) as error:
            mistakes.append(Mistake(entry.name, f"its databases are not known: {error}".strip()))
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


def _discovered(entry: Discovery) -> list[Database]:
    url = Database(entry.name, entry).urls()
    server = url.own_worker or url.administrator
    limited = conninfo.make_conninfo(server, connect_timeout=DISCOVERY_SECONDS)
    connection, _ = open_session(limited, "maint fleet")
    with closing(connection):
        limit_statements(connection, DISCOVERY_SECONDS)
        parameters = {"include": entry.include, "exclude": entry.exclude}
        rows = connection.execute(_NAMES, parameters).fetchall()
    return [Database(f"{entry.name}/{row['datname']}", entry, row["datname"]) for row in rows]
