"""A folder for one restore, with a part for the sandbox: gone afterwards.

What is in the sandbox's part may be hostile: once a program of the sandbox has run, we neither
follow a path nor trust a name there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from maint_pipeline.backups.errors import InsufficientSpaceError
from maint_pipeline.backups.isolation import sandbox_user, strongest
from maint_pipeline.backups.sandbox import SPARE_BYTES, Sandbox, hand_over
from maint_pipeline.database.programs import let_others_pass

_PREFIX = "restore-"


@dataclass(frozen=True)
class Scratch:
    """A folder for one restore.

    Attributes:
        folder: ours.
        inside: the part of it that belongs to the sandbox.
        sockets: the sandbox's too, apart because paths of sockets are short by law.
        sandbox: where programs run that touch the backup.
    """

    folder: Path
    inside: Path
    sockets: Path
    sandbox: Sandbox

    @property
    def data(self) -> Path:
        """The scratch server's data folder."""
        return self.inside / "data"


@contextmanager
def scratch_folder(
    parent: Path, needed_bytes: int, programs: Path | None = None
) -> Iterator[Scratch]:
    """Give a folder for a restore, and delete it afterwards.

    What earlier, killed runs left is deleted first.

    Args:
        parent: where to make it; made when missing.
        needed_bytes: how much it has to hold.
        programs: PostgreSQL's, where they are not in one of the usual places.

    Raises:
        InsufficientSpaceError: the disk has not so much free.
    """
    folder, lock = _make_folder(parent, needed_bytes)
    try:
        with TemporaryDirectory(prefix="maint-") as short:
            inside, sockets = folder / "inside", Path(short, "s")
            for path in (inside, sockets):
                path.mkdir(mode=0o700)
                _let_sandbox_pass(path.parent)
                hand_over(path)
            if programs and sandbox_user() is not None:
                let_others_pass(programs)
            sandbox = Sandbox(
                strongest(), folder, [inside, sockets], [programs.parent] if programs else []
            )
            with sandbox.watched():
                yield Scratch(folder, inside, sockets, sandbox)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _let_sandbox_pass(folder: Path) -> None:
    if sandbox_user() is not None:
        folder.chmod(0o711)
        let_others_pass(folder)


def _make_folder(parent: Path, needed_bytes: int) -> tuple[Path, int]:
    """Make a folder, and hold it by a lock that ends with us however we end."""
    parent.mkdir(parents=True, exist_ok=True)
    with _locked(parent):
        for leftover in parent.glob(f"{_PREFIX}*"):
            _clear(leftover)
        free = shutil.disk_usage(parent).free
        if free < needed_bytes + SPARE_BYTES:
            raise InsufficientSpaceError(
                f"Restoring takes about {_mebibytes(needed_bytes + SPARE_BYTES)} in {parent}, "
                f"where {_mebibytes(free)} are free. Name another folder in MAINT_SCRATCH_DIR."
            )
        folder = Path(mkdtemp(prefix=_PREFIX, dir=parent))
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
    return folder, lock


def _clear(leftover: Path) -> None:
    """Delete a folder in which nobody works; its programs ended with those who started them."""
    with suppress(OSError), _locked(leftover, fcntl.LOCK_NB):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def _locked(folder: Path, how: int = 0) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(descriptor)


def _mebibytes(count: int) -> str:
    return f"{count / 1048576:,.0f} MiB"
