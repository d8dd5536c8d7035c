"""What the values of settings have to be, as types of the fields."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, SecretStr

from maint_pipeline.time_zones import is_time_zone


def _absolute(path: Path) -> Path:
    # Dagster refuses a relative home, and resolves its own paths against the current directory.
    try:
        return path.expanduser().absolute()
    except FileNotFoundError:
        raise ValueError(
            "the current directory was deleted: change to another, or use an absolute path"
        ) from None
    except RuntimeError as error:  # of a user who doesn't exist
        raise ValueError(f"{path} can't be used: {error}") from None


def _http(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("the watchdog's URL must begin with http:// or https://")
    return url


def _known_zone(name: str) -> str:
    if not is_time_zone(name):
        raise ValueError(f"{name!r} is not an IANA time zone; write for example Europe/Berlin")
    return name


AbsolutePath = Annotated[Path, AfterValidator(_absolute)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]
WatchdogUrl = Annotated[SecretStr, AfterValidator(_http)]
