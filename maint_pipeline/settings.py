"""Everything that the environment decides, read in this one place.

What an administrator changes while the product runs (retention policies, thresholds, windows)
lives in the database, not here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, PrivateAttr, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from maint_pipeline.errors import ConfigurationError
from maint_pipeline.guides import guide
from maint_pipeline.secret_files import SUFFIX, named_files, read_secret
from maint_pipeline.setting_values import AbsolutePath, TimeZone, WatchdogUrl


class Settings(BaseSettings):
    """The settings of one process. An empty variable counts as one that is not set."""

    model_config = SettingsConfigDict(env_prefix="MAINT_", env_ignore_empty=True, frozen=True)

    database_url: SecretStr | None = Field(
        default=None,
        description="Application database, any libpq URL. Tasks log in as maint_worker; where this "
        "names another role, to the same server. Unset: the embedded PostgreSQL.",
    )
    admin_database_url: SecretStr | None = Field(
        default=None,
        description="The administrator's URL of the same database, for maint migrate and what "
        "changes rights. Then MAINT_DATABASE_URL is the worker's. Unset: MAINT_DATABASE_URL.",
    )
    owner_database_url: SecretStr | None = Field(
        default=None,
        description="URL of a role that can act as the owner of the tables under retention, for "
        "vacuum, indexes and partitions. Unset: the administrator's.",
    )
    databases_file: AbsolutePath | None = Field(
        default=None,
        description="Registry of a fleet, a TOML file (docs/fleet.md). Unset: one database.",
    )
    home: AbsolutePath = Field(
        default=Path(".maint"),
        description="State of the embedded PostgreSQL and of Dagster. Default: .maint here.",
    )
    timezone: TimeZone = Field(
        default="UTC",
        description="Time zone of all schedules, an IANA name such as Europe/Berlin. Default: UTC.",
    )
    archive_url: str | None = Field(
        default=None,
        description="Where archiving policies store the rows that they delete: a folder, or a URL "
        "that fsspec knows (s3, gcs and so on, with its package). Unset: MAINT_HOME/archive.",
    )
    restore_source: str | None = Field(
        default=None,
        description="The backups that verify_restore restores: a dump or base backup, a folder of "
        "them, or pgbackrest:STANZA, with ?config=FILE where that is not the usual one. "
        "Unset: none.",
    )
    restore_bin_dir: AbsolutePath | None = Field(
        default=None,
        description="PostgreSQL's programs for verify_restore. Unset: the installed ones of the "
        "backup's version, or of a newer one for a dump; else the embedded ones.",
    )
    scratch_dir: AbsolutePath | None = Field(
        default=None,
        description="Folder with room for a restored backup. Unset: MAINT_HOME/scratch.",
    )
    notify_urls: SecretStr | None = Field(
        default=None,
        description="Channels for notifications: Apprise URLs, separated by spaces or commas, each "
        "with a name in front if it should have one, such as "
        "ops=mailtos://user:password@host?to=ops@example.com. Unset: nobody.",
    )
    notify_min_severity: Literal["low", "medium", "high", "critical"] = Field(
        default="medium",
        description="From which severity on: low, medium, high or critical. Default: medium. "
        "A channel's row in maint.notification_channels can say otherwise.",
    )
    ui_url: str | None = Field(
        default=None,
        description="Address of the Dagster UI, for links in messages, such as "
        "https://dagster.example.com. Default in maint dev: its own.",
    )
    allowed_hosts: str | None = Field(
        default=None,
        description="Hosts by which the web server may be called beside loopback and the one of "
        "MAINT_UI_URL, separated by commas, such as dagster.internal,10.0.0.5:8080; without a "
        "port, with every port. Unset: no others.",
    )
    user_header: str | None = Field(
        default=None,
        pattern="^[A-Za-z0-9-]{1,100}$",
        description="Header in which the proxy in front of Dagster's web server sends the "
        "signed-in user, such as X-Forwarded-User, to record who started a run in the ledger and "
        "in maint changes. Set it only if nobody can reach the web server past the proxy, and the "
        "proxy overwrites what browsers send. Unset: no user is recorded.",
    )
    docs_url: str | None = Field(
        default=None,
        description="Where the guides in docs/ are served, for links in the UI and in messages. "
        "Unset: they are named as files.",
    )
    dagster_database_url: SecretStr | None = Field(
        default=None,
        description="Dagster's own storage, any libpq URL. Unset: the embedded PostgreSQL.",
    )
    watchdog_url: WatchdogUrl | None = Field(
        default=None,
        description="Watchdog URL, http or https, requested every minute while the leading daemon "
        "is healthy and its sensors work; the watchdog alerts when that stops. Unset: none.",
    )
    celery_broker_url: SecretStr | None = Field(
        default=None,
        description="Redis that carries runs to Celery's workers (docs/celery.md), such as "
        "redis+socket://maint:password@/run/redis-maint/redis.sock. Unset: no Celery.",
    )
    dagster_home: AbsolutePath | None = Field(
        default=None,
        validation_alias="DAGSTER_HOME",
        description="Folder of dagster.yaml. Unset: MAINT_HOME/dagster, with our dagster.yaml.",
    )

    _secret_files: dict[str, Path] = PrivateAttr(default_factory=dict)

    @property
    def secret_files(self) -> dict[str, Path]:
        """The files from which secrets were read, by name of the field."""
        return dict(self._secret_files)

    @property
    def owner_url(self) -> str | None:
        """With which URL to do what only a table's owner may do; None for the embedded server."""
        urls = (self.owner_database_url, self.admin_database_url, self.database_url)
        return next((url.get_secret_value() for url in urls if url), None)

    @property
    def archive(self) -> str:
        """Where the archive is."""
        return self.archive_url or str(self.home / "archive")

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables that say the same to a child process.

        A secret that was read from a file is passed on as that file, others in plain text.
        """
        given = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if file := self._secret_files.get(name):
                given[variable(name, field) + SUFFIX] = str(file)
            elif value is not None:
                plain = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
                given[variable(name, field)] = plain
        return given

    def guide(self, page: str) -> str:
        """Name a page of the guides, as a URL or, without `docs_url`, as a file.

        Args:
            page: its file, and a heading after #.
        """
        return guide(page, self.docs_url)

    @property
    def scratch(self) -> Path:
        """Where backups are restored to try them."""
        return self.scratch_dir or self.home / "scratch"


_chosen: dict[str, Any] = {}


@contextmanager
def chosen(values: Mapping[str, Any]) -> Iterator[None]:
    """Let settings of this process have these values, by name of the field, within the block."""
    _chosen.update(values)
    try:
        yield
    finally:
        _chosen.clear()


def load_settings() -> Settings:
    """Read the settings from the environment and the files that it names, but for `chosen`.

    Returns:
        The settings, paths made absolute.

    Raises:
        ConfigurationError: a variable has a value that can't be used, or a file can't be read; the
            message names it.
    """
    fields = {name: each for each, name in SECRET_FIELDS.items() if each not in _chosen}
    files = {fields[name]: file for name, file in named_files(fields, os.environ).items()}
    read = {name: read_secret(file, SECRET_FIELDS[name] + SUFFIX) for name, file in files.items()}
    try:
        settings = Settings(**{**read, **_chosen})
    except ValidationError as error:
        problems = [
            f"{_variable(problem['loc'])}{SUFFIX * (problem['loc'][0] in files)}: "
            f"{problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False)
        ]
        raise ConfigurationError("; ".join(problems)) from None
    settings._secret_files = files
    return settings


SECRET_FIELDS = {
    name: f"MAINT_{name.upper()}"
    for name, field in Settings.model_fields.items()
    if name in ("archive_url", "restore_source") or "SecretStr" in str(field.annotation)
}
"""Fields that can hold secrets, and their variables: databases, channels, the archive, backups."""

SECRETS = frozenset(name + end for name in SECRET_FIELDS.values() for end in ("", SUFFIX))
"""Variables with secrets, and those that name their files."""

WATCHDOG = frozenset({"MAINT_WATCHDOG_URL", "MAINT_WATCHDOG_URL_FILE"})
"""Of these the one that a leading daemon needs itself."""


def variable(name: str, field: FieldInfo) -> str:
    """Give the environment variable of a setting.

    Args:
        name: of the field of `Settings`.
        field: the field.
    """
    return str(field.validation_alias or f"MAINT_{name.upper()}")


def _variable(location: tuple[int | str, ...]) -> str:
    name = str(location[0])
    # pydantic reports a field with an alias by the alias.
    return variable(name, Settings.model_fields[name]) if name in Settings.model_fields else name
