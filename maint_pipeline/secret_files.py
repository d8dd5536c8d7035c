"""Secrets that are given as files, for each variable NAME that holds one: NAME_FILE.

systemd's credentials, Kubernetes' and Compose's secrets are such files. What the processes of an
installation pass on to each other is the file's name, so that no environment has the secret.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from maint_pipeline.errors import ConfigurationError

SUFFIX = "_FILE"
MOST_BYTES = 65_536
_OTHERS = 0o027
"""Others can read it, or change it; a group may read it, as Kubernetes' fsGroup has it."""


def named_files(variables: Iterable[str], environment: Mapping[str, str]) -> dict[str, Path]:
    """Find the variables for which a file is named.

    Args:
        variables: that hold secrets.
        environment: an empty variable counts as one that is not set.

    Returns:
        The files, by variable.

    Raises:
        ConfigurationError: both the variable and its file are set, or the path is not absolute.
    """
    found = {}
    for name in variables:
        if not (written := environment.get(name + SUFFIX)):
            continue
        if environment.get(name):
            raise ConfigurationError(
                f"{name} and {name}{SUFFIX} are both set, and only one of them can count. "
                f"Remove {name} to use the file."
            )
        found[name] = Path(written)
        if not found[name].is_absolute():
            raise ConfigurationError(f"{name}{SUFFIX}: {written} is not an absolute path.")
    return found


def read_secret(file: Path, name: str) -> str:
    """Read the secret in a file, without the line's end.

    Args:
        file: with nothing else in it, in UTF-8.
        name: what names the file, for messages, which never repeat what is in it.

    Raises:
        ConfigurationError: it can't be read, has nothing in it, or others can read or change it.
    """
    where = f"{name}: {file}"
    try:
        # A pipe would wait for somebody who writes.
        number = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as opened:
            _check(os.fstat(number), where)
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigurationError(f"{where} can't be read: {error.strerror}.") from None
    try:
        secret = content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        raise ConfigurationError(f"{where} is not text in UTF-8.") from None
    if len(content) > MOST_BYTES or "\0" in secret:
        raise ConfigurationError(f"{where} is not a secret: it is too long, or not text.")
    if not secret.strip():
        raise ConfigurationError(f"{where} is empty; it should hold the secret.")
    return secret


def _check(found: os.stat_result, where: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ConfigurationError(f"{where} is not a file.")
    if found.st_mode & _OTHERS:
        mode = stat.S_IMODE(found.st_mode)
        raise ConfigurationError(
            f"{where} is open to others (mode {mode:04o}). Let only its owner, or its group, read "
            "it: chmod 0400; in Kubernetes defaultMode: 0440 with an fsGroup; in Compose it is the "
            "mode of the file outside."
        )
