"""The application database and its settings, as a Dagster resource."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, Literal

from dagster import ConfigurableResource
from pydantic import Field, PrivateAttr, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import Connection, connect
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.registry.databases import Database
from maint_pipeline.registry.loading import find_database
from maint_pipeline.settings import Settings, load_settings
from maint_pipeline.task_runs.turn import Turn

_SECRETS = ("database_url", "owner_database_url", "notify_urls")


class GivenSettings(Settings):
    """Settings that a program gives in full: nothing is read from the environment."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what the constructor was given, and nothing else."""
        return (init_settings,)


class Maintenance(ConfigurableResource):  # type: ignore[type-arg]
    """The application database, and what is configured beside it.

    The fields mean what the variables MAINT_… of the same names mean (docs/reference.md). Give
    what is secret as `dagster.EnvVar`: Dagster's UI shows other values.
    """

    from_environment: bool = Field(
        default=False,
        description="Read the variables MAINT_… at run time; the other fields are ignored.",
    )
    database_url: str | None = Field(
        default=None,
        description="URL of the application database for the role maint_worker, as "
        "maint migrate --print-worker-url prints it.",
    )
    owner_database_url: str | None = Field(
        default=None, description="URL of a role that can act as the owner of the tables."
    )
    archive_url: str | None = Field(default=None, description="Where archived rows go.")
    restore_source: str | None = Field(default=None, description="Backups for verify_restore.")
    scratch_dir: str | None = Field(
        default=None, description="Folder with room for a restored backup."
    )
    notify_urls: str | None = Field(
        default=None, description="Channels that get alerts: Apprise URLs."
    )
    notify_min_severity: Literal["low", "medium", "high", "critical"] = "medium"
    ui_url: str | None = Field(
        default=None, description="Address of the Dagster UI, for links in messages."
    )
    docs_url: str | None = Field(default=None, description="Where the guides are served.")
    timezone: str = Field(default="UTC", description="Time zone of schedules and reports.")

    @property
    def database_name(self) -> str | None:
        """What the registry calls the database; None where there is no registry."""
        return None

    @property
    def turn(self) -> Turn | None:
        """Its turn, where a run works through several databases."""
        return None

    def settings(self) -> Settings:
        """Give the settings: the environment's, or those of the fields.

        Raises:
            ConfigurationError: a variable of the environment has a value that can't be used.
        """
        if self.from_environment:
            return load_settings()
        given: dict[str, Any] = {
            name: SecretStr(value) if name in _SECRETS else value
            for name in type(self).model_fields
            if name in Settings.model_fields and (value := getattr(self, name)) is not None
        }
        return GivenSettings(**given)

    @contextmanager
    def url(self) -> Iterator[str]:
        """Give the URL that tasks log in with; the embedded server runs where it is meant.

        Raises:
            ConfigurationError: no database is named.
        """
        if self.from_environment:
            with application_urls(self.settings()) as urls:
                yield urls.worker
        elif self.database_url is None:
            raise ConfigurationError(
                "The resource `maintenance` has no database_url: give it the worker's URL."
            )
        else:
            yield self.database_url

    @contextmanager
    def connect(self, application_name: str) -> Iterator[Connection]:
        """Give a connection as `maint_owner`, in autocommit mode."""
        with self.url() as url, closing(connect(url, application_name=application_name)) as opened:
            yield opened


class DatabaseOfFleet(Maintenance):
    """One database of the registry: what a task is given that works through several."""

    from_environment: bool = True
    database: str = Field(description="Its name in the registry.")
    _found: Database | None = PrivateAttr(default=None)
    _turn: Turn | None = PrivateAttr(default=None)
    _own: Settings | None = PrivateAttr(default=None)

    @classmethod
    def of(cls, database: Database, turn: Turn | None = None) -> DatabaseOfFleet:
        """Give the resource for a database of the registry.

        Args:
            database: which.
            turn: of the run, where it works through several.
        """
        made = cls(database=database.name)
        made._found, made._turn = database, turn
        return made

    @property
    def turn(self) -> Turn | None:
        """Its turn in a run that works through several databases."""
        return self._turn

    @property
    def database_name(self) -> str | None:
        """What the registry calls the database."""
        return self.database

    def settings(self) -> Settings:
        """Give the environment's settings, with what the registry says otherwise, secrets read.

        Raises:
            ConfigurationError: the registry has it no more, or a secret can't be read.
        """
        if self._own is not None:
            return self._own
        settings = load_settings()
        found = self._found or find_database(settings, self.database)
        own = {**found.values(settings), "databases_file": None}
        self._own = settings.model_copy(update=own)
        return self._own
