"""What may be written into the registry: its tables, and the rules of each.

No secret is in the file itself: it is read from where an entry says, at the time it is needed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from maint_pipeline.database.urls import parse
from maint_pipeline.errors import ConfigurationError
from maint_pipeline.time_zones import is_time_zone

_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def read_text(file: Path, name: str) -> str:
    """Read a file of the registry.

    Args:
        file: in UTF-8.
        name: what the message of an error calls it.

    Raises:
        ConfigurationError: it can't be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{name} is not text in UTF-8") from None
    except OSError as error:
        raise ConfigurationError(f"{name} can't be read: {error.strerror}") from None


class Reference(BaseModel):
    """Where a secret is: in a file, or in a variable of the environment."""

    model_config = _STRICT

    file: Path | None = None
    env: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Reference:
        if (self.file is None) == (self.env is None):
            raise ValueError('name one place: { file = "/path" } or { env = "VARIABLE" }')
        if self.file is not None and not self.file.is_absolute():
            raise ValueError("the file of a secret needs an absolute path")
        return self

    def read(self) -> str:
        """Give the secret, without the line's end.

        Raises:
            ConfigurationError: there is none; the message names the place.
        """
        if self.file is None:
            secret = os.environ.get(self.env or "", "")
        else:
            secret = read_text(self.file, f"the secret in {self.file}").rstrip("\r\n")
        if not secret:
            place = self.file or f"the variable {self.env}"
            raise ConfigurationError(f"{place} should have a secret, and is empty or not set")
        return secret


Text = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")]
Cron = Annotated[str, Field(pattern=r"^(@[a-z]+|[^ @]+( +[^ ]+){4})$")]


class Overrides(BaseModel):
    """Settings that one database has otherwise than the environment; named as its variables."""

    model_config = _STRICT

    timezone: Text | None = None
    archive_url: Text | Reference | None = Field(default=None, repr=False)
    restore_source: Text | None = None
    restore_bin_dir: Path | None = None
    scratch_dir: Path | None = None
    notify_urls: Reference | None = None
    notify_min_severity: Literal["low", "medium", "high", "critical"] | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and not is_time_zone(name):
            raise ValueError("not an IANA time zone; write for example Europe/Berlin")
        return name

    def over(self, others: Overrides) -> Overrides:
        """Give these, and of others what is not said here."""
        return others.model_copy(update={name: getattr(self, name) for name in self._said})

    @property
    def _said(self) -> list[str]:
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    def values(self) -> dict[str, Any]:
        """Give what is written, secrets read."""
        written = {name: getattr(self, name) for name in type(self).model_fields}
        found = {
            name: value.read() if isinstance(value, Reference) else value
            for name, value in written.items()
            if value is not None
        }
        # As settings have it, which take these values without looking at their types.
        if "notify_urls" in found:
            found["notify_urls"] = SecretStr(found["notify_urls"])
        return found


class Habits(BaseModel):
    """What databases do otherwise than the environment and the recommended schedules say.

    Attributes:
        schedules: crons by task; false for a task that no schedule starts.
    """

    model_config = _STRICT

    settings: Overrides = Overrides()
    schedules: dict[str, Cron | Literal[False]] = Field(default={})


class Access(Habits):
    """How databases are reached, and what all tables of the registry have in common."""

    name: Name
    url: Text | Reference = Field(repr=False)
    password: Reference | None = None
    admin_url: Text | Reference | None = Field(default=None, repr=False)
    admin_password: Reference | None = None
    owner_url: Text | Reference | None = Field(default=None, repr=False)
    owner_password: Reference | None = None
    groups: tuple[Text, ...] = ()

    @field_validator("url", "admin_url", "owner_url")
    @classmethod
    def _without_secrets(cls, url: str | Reference | None) -> str | Reference | None:
        if isinstance(url, str):
            try:
                parts = parse(url)
            except ConfigurationError as error:
                raise ValueError(str(error)) from None
            if any("password" in name or "secret" in name for name in parts):
                raise ValueError(
                    "no password belongs into this file: write it into another and name that, "
                    'password = { file = "/path" }'
                )
        return url


class Group(Habits):
    """`[[group]]`: what the databases of a group do otherwise; what one says itself goes first."""

    name: Text


class Written(Access):
    """`[[database]]`: one database.

    Attributes:
        canary: `maint migrate --all` begins with it.
    """

    canary: bool = False


class Discovery(Access):
    """`[[discover]]`: the databases of a server whose names match.

    Attributes:
        include: regular expression of PostgreSQL.
        exclude: one that leaves out.
    """

    include: Text
    exclude: Text | None = None
