"""What this machine can isolate programs with, found by trying it, and the commands that do it.

Strongest first: bubblewrap does all at once. Where it is missing or forbidden, namespaces (no
network, no processes of others), Landlock (no files of others) and, for root, a user of its own
are taken together, as far as each works. It knows neither PostgreSQL's ways nor backups.
"""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from maint_pipeline.backups import landlock
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS, let_others_pass

BUBBLEWRAP, NAMESPACES, LANDLOCK = "bubblewrap", "namespaces", "Landlock"
ANOTHER_USER = "another user"
NONE = "none"

ENVIRONMENT = {
    "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
    "LC_ALL": "C",
    "TZ": "UTC",
    "PGPASSFILE": os.devnull,
}
"""All the variables of programs in a sandbox."""

_FIRST_FREE_USER = 65100
_TRY_SECONDS = 60
_MERGED = tuple(map(Path, ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")))
_FILES = ("/etc/ld.so.cache", "/etc/localtime")
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
_SHARED_MEMORY = "/dev/shm"  # noqa: S108


@cache
def strongest() -> str:
    """Find the strongest isolation that works here.

    Returns:
        `bubblewrap`; or what works of `namespaces`, `Landlock` and `another user`, joined by
        commas; or `none`.
    """
    if _works(BUBBLEWRAP):
        return BUBBLEWRAP
    found = [name for name in (NAMESPACES, LANDLOCK) if _works(name)]
    if sandbox_user() is not None:
        found.append(ANOTHER_USER)
    return ", ".join(found) or NONE


def protects_files(isolation: str) -> bool:
    """Return whether even a program that the backup brings along finds no file of ours."""
    return any(name in isolation for name in (BUBBLEWRAP, LANDLOCK, ANOTHER_USER))


def ends_as_a_whole(isolation: str) -> bool:
    """Return whether nothing that was started within outlives its first process."""
    return any(name in isolation for name in (BUBBLEWRAP, NAMESPACES))


def command(isolation: str, writable: Iterable[Path], readable: Iterable[Path]) -> list[str]:
    """Return the command line that goes before a program's own.

    Args:
        isolation: of `strongest`.
        writable: folders in which the program may do anything.
        readable: files and folders that it may read, beside the system's, Python's, PostgreSQL's.
    """
    if isolation == BUBBLEWRAP:
        return list(_bubblewrap(writable, (*_installed(), *readable)))
    words: list[str] = []
    if NAMESPACES in isolation:
        words += (
            "unshare", "--user", "--map-current-user", "--net", "--ipc", "--pid", "--mount-proc",
            "--fork", "--kill-child=SIGKILL", "--",
        )  # fmt: skip
    if LANDLOCK in isolation:
        seen = (*map(Path, ("/usr", *_FILES)), *_MERGED, *_installed(), *readable, Path("/proc"))
        used = (*writable, *map(Path, (*_DEVICES, _SHARED_MEMORY)))
        words += (sys.executable, "-I", landlock.__file__)
        words += (":".join(map(str, paths)) for paths in (seen, used))
    return words


def user_options() -> dict[str, Any]:
    """Give the options of `subprocess` that run a program as `sandbox_user`."""
    user = sandbox_user()
    return {} if user is None else {"user": user, "group": user, "extra_groups": []}


@cache
def sandbox_user() -> int | None:
    """Give the number of the user of sandboxes where we are root, else None.

    It is nobody's: no server, file or process of the machine belongs to it, `nobody`'s neither.
    """
    if os.geteuid() != 0:
        return None
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(number for number in range(_FIRST_FREE_USER, 1 << 16) if number not in taken)


def _works(isolation: str) -> bool:
    try:
        tried = subprocess.run(
            [*command(isolation, (), ()), "/bin/true"], check=False, capture_output=True,
            env=ENVIRONMENT, cwd="/", timeout=_TRY_SECONDS, **user_options(),
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def _bubblewrap(writable: Iterable[Path], readable: Iterable[Path]) -> Iterator[str]:
    yield from ("bwrap", "--unshare-all", "--die-with-parent", "--new-session")
    yield from ("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp")  # noqa: S108
    for path in _MERGED:
        if path.is_symlink():
            yield from ("--symlink", str(path.readlink()), str(path))
        elif path.exists():
            yield from ("--ro-bind", str(path), str(path))
    for file in _FILES:
        yield from ("--ro-bind-try", file, file)
    for path in readable:
        yield from ("--ro-bind", str(path), str(path))
    for path in writable:
        yield from ("--bind", str(path), str(path))
    yield from ("--remount-ro", "/", "--chdir", "/", "--")


@cache
def _installed() -> tuple[Path, ...]:
    """Where Python, we and the embedded PostgreSQL are; the sandbox's user may pass through."""
    found = {Path(sys.base_prefix), Path(sys.prefix), Path(landlock.__file__).parent}
    if EMBEDDED_PROGRAMS:
        found.add(EMBEDDED_PROGRAMS.parents[2])
    if sandbox_user() is not None:
        for path in found:
            let_others_pass(path)
    return tuple(sorted(found))
