"""Where the application database is, for the administrator, for tasks and for owners of tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from maint_pipeline.database.worker import worker_url
from maint_pipeline.settings import Settings


@dataclass(frozen=True)
class ApplicationUrls:
    """How the application database is reached, each a libpq URL.

    Attributes:
        administrator: what migrates and changes rights.
        own_worker: what tasks log in with, where it was named; see `worker`.
        own_owner: what only a table's owner may do, likewise; see `owner`.
    """

    administrator: str
    own_worker: str | None = None
    own_owner: str | None = None

    @property
    def worker(self) -> str:
        """What tasks log in with. Looked up each time: a migration may just have made the role."""
        return self.own_worker or worker_url(self.administrator)

    @property
    def owner(self) -> str:
        """For sessions that do what only a table's owner may do."""
        return self.own_owner or self.administrator


@contextmanager
def application_urls(settings: Settings) -> Iterator[ApplicationUrls]:
    """Give the URLs of the application database, starting the embedded server when it is needed.

    Args:
        settings: without `database_url`, the database `app` of the embedded server is meant.

    Yields:
        URLs that work until the block ends.

    Raises:
        EmbeddedServerError: the embedded server can't be started.
    """
    if settings.database_url is not None:
        yield _configured_urls(settings, settings.database_url.get_secret_value())
        return
    # Imported here: a process that has a URL never needs the embedded server's library.
    from maint_pipeline.database.embedded import (  # noqa: PLC0415
        embedded_server,
        ensure_database,
    )

    with embedded_server(settings.home) as server:
        ensure_database(server, "app")
        yield _configured_urls(settings, server.url("app"))


@contextmanager
def served_urls(settings: Settings) -> Iterator[ApplicationUrls | None]:
    """Give the URLs of the database that Dagster's processes work on; None for a registry's.

    Args:
        settings: `databases_file` names the registry.

    Raises:
        EmbeddedServerError: as `application_urls`.
    """
    if settings.databases_file is not None:
        yield None
        return
    with application_urls(settings) as urls:
        yield urls


def _configured_urls(settings: Settings, url: str) -> ApplicationUrls:
    administrator, owner = settings.admin_database_url, settings.owner_database_url
    return ApplicationUrls(
        administrator.get_secret_value() if administrator else url,
        url if administrator else None,
        owner.get_secret_value() if owner else None,
    )
