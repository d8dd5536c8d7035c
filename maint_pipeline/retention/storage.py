"""The files of an archive: where they are, how one is written so that it lasts.

What the files mean is known in archive.py. Every error of a storage leaves here as an
`ArchiveError` that names the file.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from maint_pipeline.errors import MaintError

PART = ".part"
"""Ends the name of a file that is being written."""

_FORGETFUL = {
    "blockcache", "cached", "data", "filecache", "http", "https", "memory", "reference",
    "simplecache", "tar", "zip",
}  # fmt: skip
"""What fsspec knows and what keeps no file, or can't be written to as a folder."""


class ArchiveError(MaintError):
    """The archive can't be written or read as it should."""


class FileMissingError(ArchiveError):
    """There is no such file in the archive."""


class Storage:
    """A folder of files.

    Args:
        url: a path or an fsspec URL; credentials belong into fsspec's own configuration.

    Raises:
        ArchiveError: nothing installed here knows such a URL, or it keeps no files.
    """

    def __init__(self, url: str) -> None:
        if "://" not in url and not url.startswith("data:"):
            self.files: fsspec.AbstractFileSystem = LocalFileSystem()
            self.root = _absolute(url)
            return
        try:
            self.files, self.root = fsspec.core.url_to_fs(url)
        except Exception as error:  # each implementation has its own
            reason = str(error) or type(error).__name__
            raise ArchiveError(f"MAINT_ARCHIVE_URL can't be used: {reason}") from None
        if not _FORGETFUL.isdisjoint(_protocols(self.files)):
            raise ArchiveError(
                f"MAINT_ARCHIVE_URL can't be used: {url.partition(':')[0]} keeps no files, and "
                "rows are deleted once they are archived. Name a folder or an object store."
            )
        self.root = self.root.rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine."""
        return isinstance(self.files, LocalFileSystem)

    def path(self, file: str) -> str:
        """Give the full path of a file.

        Raises:
            ArchiveError: it would be outside.
        """
        # A manifest may be forged.
        if file.startswith("/") or not {"", ".", ".."}.isdisjoint(file.split("/")):
            raise ArchiveError(f"{file!r} is no file of the archive.")
        return f"{self.root}/{file}"

    def read(self, file: str, most: int | None = None) -> bytes:
        """Read a file.

        Args:
            file: relative to the root.
            most: bytes to read at most; None for all.

        Raises:
            FileMissingError: there is none.
            ArchiveError: it can't be read.
        """
        path = self.path(file)
        with _naming(path):
            content: bytes = self.files.cat_file(path, end=most)
        return content

    def write(self, file: str, data: bytes) -> None:
        """Write a file that appears as a whole or not at all, and outlives a loss of power.

        Raises:
            ArchiveError: it can't be written; nothing of it is left.
        """
        path = self.path(file)
        with _naming(path):
            if self.is_local:
                _write_durably(Path(path), data)
            else:
                self.files.pipe_file(path, data)

    def remove(self, file: str) -> None:
        """Remove a file, if it is there.

        Raises:
            ArchiveError: it can't be removed.
        """
        path = self.path(file)
        with suppress(FileMissingError), _naming(path):
            self.files.rm_file(path)

    def remove_empty_folder(self, folder: str) -> None:
        """Remove a folder in which nothing is left, where there are such things as folders."""
        if self.is_local:
            with suppress(OSError):
                Path(self.path(folder)).rmdir()

    def list(self, folder: str = "") -> tuple[list[str], dict[str, str]]:
        """List the files of a folder and of those below it.

        Args:
            folder: relative to the root; empty for all.

        Returns:
            The files, relative to the root, in order; and the folders that can't be read, each
            with the reason.

        Raises:
            ArchiveError: nothing can be listed.
        """
        top = self.path(folder) if folder else self.root
        if self.is_local:
            files, unreadable = _walk(top)
        else:
            with _naming(top):
                self.files.invalidate_cache()
                files, unreadable = list(self.files.find(top)), {}
        start = len(self.root) + 1
        return sorted(file[start:] for file in files), {
            path[start:]: reason for path, reason in unreadable.items()
        }


def _absolute(path: str) -> str:
    try:
        return str(Path(path).expanduser().absolute()).rstrip("/")
    except (OSError, RuntimeError, ValueError) as error:  # such as a deleted working directory
        raise ArchiveError(f"MAINT_ARCHIVE_URL can't be used: {path}: {error}") from None


def _protocols(files: fsspec.AbstractFileSystem) -> set[str]:
    names = {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
    inner = getattr(files, "fs", None)
    return names | (_protocols(inner) if isinstance(inner, fsspec.AbstractFileSystem) else set())


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Make any error of a storage one that names the file."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileMissingError(f"{path}: {error.strerror or 'there is no such file'}") from None
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error
    except Exception as error:  # object stores have their own
        raise ArchiveError(f"{path}: {error or type(error).__name__}") from error


def _walk(top: str) -> tuple[list[str], dict[str, str]]:
    unreadable: dict[str, str] = {}

    def note(error: OSError) -> None:
        if error.errno != errno.ENOENT:
            unreadable[str(error.filename)] = error.strerror or str(error)

    found = [
        f"{folder}/{name}" for folder, _, names in os.walk(top, onerror=note) for name in names
    ]
    if top in unreadable:
        raise ArchiveError(f"{top}: {unreadable[top]}")
    return found, unreadable


def _write_durably(path: Path, data: bytes) -> None:
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(folder.parent)
    beside = path.with_name(path.name + PART)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
