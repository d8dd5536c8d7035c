"""A database of the registry, and how it is reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from psycopg import conninfo
from pydantic import SecretStr

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.database.urls import database_url, parse
from maint_pipeline.database.worker import server_name
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.registry.entries import Access, Reference, Written
from maint_pipeline.registry.reading import Mistake
from maint_pipeline.settings import Settings

_OWN = ("restore_source",)
"""What never comes from the environment: another database's backup would prove nothing."""


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

    def has(self, setting: str, settings: Settings) -> bool:
        """Return whether a setting is set for it; no secret is read.

        Args:
            setting: a field of `Settings`.
            settings: of the environment.
        """
        if getattr(self.entry.settings, setting, None) is not None:
            return True
        return setting not in _OWN and getattr(settings, setting) is not None

    @property
    def is_canary(self) -> bool:
        """Whether a migration of all begins with it."""
        return isinstance(self.entry, Written) and self.entry.canary

    @property
    def channels_in(self) -> str:
        """Where the registry says its channels are: the same for those that share them."""
        named = self.entry.settings.notify_urls
        return str(named.file or named.env) if named else ""

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
            **dict.fromkeys(_OWN),
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


def server_of(database: Database) -> str:
    """Name the server of a database; one whose URL can't be read counts as its own."""
    try:
        return server_name(database.urls().administrator)
    except ConfigurationError:
        return f"database {database.name}"
