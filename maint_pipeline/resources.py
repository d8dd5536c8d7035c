"""Dagster's handles on the database. What is done with it belongs to the rooms below."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from dagster import ConfigurableResource

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.settings import load_settings


class Database(ConfigurableResource):  # type: ignore[type-arg]
    """The application database, as the environment names it.

    It has no configuration of its own: a URL in run config would show its password in the UI.
    """

    @contextmanager
    def url(self) -> Iterator[str]:
        """Give the URL that tasks log in with; the embedded server runs where it is meant."""
        with application_urls(load_settings()) as urls:
            yield urls.worker

    @contextmanager
    def connect(self, application_name: str) -> Iterator[Connection]:
        """Give a connection as `maint_owner`, in autocommit mode."""
        with self.url() as url, closing(connect(url, application_name=application_name)) as opened:
            yield opened
