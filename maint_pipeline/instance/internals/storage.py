"""Dagster's storage in PostgreSQL, whose URL is in a file.

dagster.yaml can take a secret from the environment only, where every child inherits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dagster import BoolSource, Field, StringSource
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage

from maint_pipeline.database.urls import sqlalchemy_url
from maint_pipeline.secret_files import read_secret


class StorageFromFile(DagsterPostgresStorage):
    """Dagster's own storage; `url_file` has any libpq URL and is read when a process opens it."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Give what dagster.yaml may say."""
        return {
            "url_file": StringSource,
            "should_autocreate_tables": Field(BoolSource, is_required=False, default_value=True),
        }

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> StorageFromFile:
        """Make the storage.

        Args:
            inst_data: what dagster.yaml says, for processes that Dagster starts.
            config_value: the same, checked.

        Raises:
            ConfigurationError: the file can't be read, or has no URL in it.
        """
        url = read_secret(Path(config_value["url_file"]), "storage in dagster.yaml, url_file")
        return cls(
            sqlalchemy_url(url, "psycopg2"),  # Dagster's storage works with psycopg2 only
            config_value["should_autocreate_tables"],
            inst_data,
        )

    @property
    def event_storage_data(self) -> None:
        """Nothing: this storage is whole, of one configuration."""

    @property
    def run_storage_data(self) -> None:
        """Nothing, likewise."""

    @property
    def schedule_storage_data(self) -> None:
        """Nothing, likewise."""
