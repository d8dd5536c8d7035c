"""Where the application database is, for the administrator, for tasks and for owners of tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maint_pipeline.database.worker import worker_url
from maint_pipeline.settings import Settings


@dataclass(frozen=True)
class ApplicationUrls:
    """How the application database is reached, each a libpq URL.

    Attributes:
        administrator: what migrates and changes rights.
        worker: what tasks log in with.
        owner: what only a table's owner may do is done by a session of this one.
    """

    administrator: str
    worker: str
    owner: str

    @classmethod
    def of_administrator(cls, url: str) -> ApplicationUrls:
        """Derive all from the administrator's."""
        return cls(administrator=url, worker=worker_url(url), owner=url)


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


def _configured_urls(settings: Settings, url: str) -> ApplicationUrls:
    urls = ApplicationUrls.of_administrator(url)
    if settings.admin_database_url is not None:
        urls = ApplicationUrls(settings.admin_database_url.get_secret_value(), url, url)
    return replace(urls, owner=settings.owner_url or urls.owner)
