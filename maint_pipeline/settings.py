"""Everything that the environment decides, read in this one place.

What an administrator changes while the product runs (retention policies, thresholds, windows)
lives in the database, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, SettingsConfigDict

from maint_pipeline.errors import ConfigurationError
from maint_pipeline.time_zones import is_time_zone


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
    databases_file: Path | None = Field(
        default=None,
        description="Registry of a fleet, a TOML file (docs/fleet.md). Unset: one database.",
    )
    home: Path = Field(
        default=Path(".maint"),
        description="State of the embedded PostgreSQL and of Dagster. Default: .maint here.",
    )
    timezone: str = Field(
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
    restore_bin_dir: Path | None = Field(
        default=None,
        description="PostgreSQL's programs for verify_restore. Unset: the installed ones of the "
        "backup's version, or of a newer one for a dump; else the embedded ones.",
    )
    scratch_dir: Path | None = Field(
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
    watchdog_url: SecretStr | None = Field(
        default=None,
        description="Watchdog URL, http or https, requested every minute while the leading daemon "
        "is healthy; the watchdog alerts when the requests stop. Unset: none.",
    )
    dagster_home: Path | None = Field(
        default=None,
        validation_alias="DAGSTER_HOME",
        description="Folder of dagster.yaml. Unset: MAINT_HOME/dagster, with our dagster.yaml.",
    )

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
        """The environment variables that say the same to a child process; secrets in plain text."""
        given = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value is not None:
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

    @field_validator("home", "databases_file", "dagster_home", "restore_bin_dir", "scratch_dir")
    @classmethod
    def _make_absolute(cls, path: Path | None) -> Path | None:
        # Dagster refuses a relative home, and resolves its own paths against the current directory.
        try:
            return path and path.expanduser().absolute()
        except FileNotFoundError:
            raise ValueError(
                "the current directory was deleted: change to another, or use an absolute path"
            ) from None
        except RuntimeError as error:  # of a user who doesn't exist
            raise ValueError(f"{path} can't be used: {error}") from None

    @field_validator("watchdog_url")
    @classmethod
    def _check_watchdog(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("https://", "http://")):
            raise ValueError("the watchdog's URL must begin with http:// or https://")
        return url

    @field_validator("timezone")
    @classmethod
    def _check_timezone(cls, name: str) -> str:
        if not is_time_zone(name):
            raise ValueError(f"{name!r} is not an IANA time zone; write for example Europe/Berlin")
        return name


def guide(page: str, docs_url: str | None) -> str:
    """Name a page of the guides, as a URL or, where they are not served, as a file.

    Args:
        page: its file, and a heading after #.
        docs_url: where the guides are served.
    """
    return f"{docs_url.rstrip('/') if docs_url else 'docs'}/{page}"


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
    """Read the settings from the environment, but for those of `chosen`.

    Returns:
        The settings, paths made absolute.

    Raises:
        ConfigurationError: a variable has a value that can't be used; the message names it.
    """
    try:
        return Settings(**_chosen)
    except ValidationError as error:
        problems = [
            f"{_variable(problem['loc'])}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False)
        ]
        raise ConfigurationError("; ".join(problems)) from None


SECRETS = frozenset(
    f"MAINT_{name.upper()}"
    for name, field in Settings.model_fields.items()
    if name == "archive_url" or "SecretStr" in str(field.annotation)
)
"""Variables with secrets: databases, channels, the archive."""


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
