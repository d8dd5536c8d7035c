"""The archive: a folder, or any place that fsspec knows, of files with deleted rows.

A chunk is two files: `POLICY/RUN/NUMBER.csv.zst`, rows as PostgreSQL writes CSV, and beside it
`NUMBER.json`, its manifest. A data file without a manifest was never finished and counts for
nothing. Which rows go in is decided in archiving.py, how they come out again in restore.py.
"""

from __future__ import annotations

import glob
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fsspec
import zstandard
from fsspec.implementations.local import LocalFileSystem

from maint_pipeline.errors import MaintError

FORMAT_VERSION = 1
COMPRESSION_LEVEL = 1
"""More costs time while rows wait for their deletion: level 3 saves a tenth of the size."""

READ_BYTES = 1 << 20

# A day from Python's own limits, so that a time can be shown in any zone.
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}")


class ArchiveError(MaintError):
    """The archive can't be written or read as it should."""


@dataclass(frozen=True)
class Manifest:
    """What is known of one chunk.

    Attributes:
        file: of the rows, relative to the archive.
        policy: name of the retention policy.
        table_name: the relation they were deleted from, with its schema.
        columns: their names, in the file's order.
        rows: how many.
        bytes: size of the file.
        csv_bytes: its size without compression.
        sha256: checksum of the file, hexadecimal.
        oldest: time column of the oldest row, ISO 8601; or as PostgreSQL writes what that can't
            say, `-infinity` or a year `BC` (see `moment`).
        newest: of the newest row.
        archived_at: ISO 8601.
    """

    file: str
    policy: str
    table_name: str
    columns: list[str]
    rows: int
    bytes: int
    csv_bytes: int
    sha256: str
    oldest: str
    newest: str
    archived_at: str
    version: int = FORMAT_VERSION


class Archive:
    """A place for chunks.

    Args:
        url: a folder or an fsspec URL; credentials belong into fsspec's own configuration.

    Raises:
        ArchiveError: nothing installed here knows such a URL.
    """

    def __init__(self, url: str) -> None:
        try:
            self.files, self.root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError) as error:
            raise ArchiveError(f"MAINT_ARCHIVE_URL can't be used: {error}") from None
        self.root = self.root.rstrip("/")

    def write(self, manifest: Manifest, data: bytes) -> None:
        """Store a chunk, its manifest last, and read both back.

        Args:
            manifest: of the chunk.
            data: the file as compressed by `compress`.

        Raises:
            ArchiveError: what came back is not what was written.
            OSError: of the storage.
        """
        self._put(manifest.file, data)
        if problem := self.problem(manifest):
            raise ArchiveError(f"{manifest.file} was not written soundly: {problem}")
        encoded = json.dumps(asdict(manifest), indent=1).encode()
        self._put(_manifest_file(manifest.file), encoded)
        if self.files.cat_file(self._path(_manifest_file(manifest.file))) != encoded:
            raise ArchiveError(f"The manifest of {manifest.file} was not written soundly.")

    def remove(self, manifest: Manifest) -> None:
        """Take a chunk away whose rows are certain to be still in their table."""
        for file in (_manifest_file(manifest.file), manifest.file):
            self.files.rm_file(self._path(file))

    def manifests(self, policy: str | None = None) -> list[Manifest]:
        """Read the manifests of all chunks, or of one policy, in the order of their files."""
        pattern = f"{glob.escape(self.root)}/*/*/*.json"
        manifests = map(self._manifest, sorted(self.files.glob(pattern)))
        return [found for found in manifests if policy in (None, found.policy)]

    def problem(self, manifest: Manifest) -> str | None:
        """Read a chunk in full and compare it with its manifest.

        Returns:
            What is wrong, in words, or None.
        """
        try:
            data: bytes = self.files.cat_file(self._path(manifest.file))
        except FileNotFoundError:
            return "the file is missing"
        if len(data) != manifest.bytes or hashlib.sha256(data).hexdigest() != manifest.sha256:
            return "size or checksum differ"
        try:
            csv_bytes = sum(len(part) for part in decompress(data))
        except zstandard.ZstdError as error:
            return f"it can't be decompressed: {error}"
        return None if csv_bytes == manifest.csv_bytes else "its content has another length"

    def read(self, manifest: Manifest) -> Iterator[bytes]:
        """Give the CSV of a chunk, after its checksum was found right.

        Raises:
            ArchiveError: it is not what its manifest says.
        """
        if problem := self.problem(manifest):
            raise ArchiveError(f"{manifest.file}: {problem}.")
        return decompress(self.files.cat_file(self._path(manifest.file)))

    def _manifest(self, path: str) -> Manifest:
        fields: dict[str, Any] = json.loads(self.files.cat_file(path))
        if fields.get("version") != FORMAT_VERSION:
            raise ArchiveError(f"{path} has format {fields.get('version')}, not {FORMAT_VERSION}.")
        return Manifest(**fields)

    def _put(self, file: str, data: bytes) -> None:
        path = self._path(file)
        if isinstance(self.files, LocalFileSystem):
            _write_durably(Path(path), data)
        else:
            self.files.pipe_file(path, data)

    def _path(self, file: str) -> str:
        # A manifest may be forged.
        if file.startswith("/") or not {"", ".", ".."}.isdisjoint(file.split("/")):
            raise ArchiveError(f"{file!r} is no file of the archive.")
        return f"{self.root}/{file}"


def folder_of(policy: str) -> str:
    """Give the folder of a policy's chunks: its name, or what stands for one that is no file name.

    New policies have plain names (database/sql/51_policy_rules.sql); older ones may have any.
    """
    if _PLAIN_NAME.fullmatch(policy):
        return policy
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", policy)[:40]
    return f"{plain}-{hashlib.sha256(policy.encode()).hexdigest()[:16]}"


def moment(text: str) -> datetime:
    """Read a time as manifests have it.

    Returns:
        The time; the first or last that Python knows where it lies beyond.
    """
    if text == "-infinity" or text.endswith("BC"):
        return EARLIEST
    try:
        return max(EARLIEST, min(LATEST, datetime.fromisoformat(text)))
    except ValueError:  # infinity, or a year of more than four digits
        return LATEST


def compress(parts: Iterable[bytes]) -> tuple[bytes, int]:
    """Compress CSV as it comes in.

    Args:
        parts: of any size.

    Returns:
        The compressed file and how many bytes went in.
    """
    compressed, size = io.BytesIO(), 0
    compressor = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL, write_checksum=True)
    with compressor.stream_writer(compressed, closefd=False) as writer:
        for part in parts:
            size += len(part)
            writer.write(part)
    return compressed.getvalue(), size


def decompress(data: bytes) -> Iterator[bytes]:
    """Give what `compress` got, in parts of a megabyte at most."""
    with zstandard.ZstdDecompressor().stream_reader(data) as reader:
        while part := reader.read(READ_BYTES):
            yield part


def _manifest_file(file: str) -> str:
    return file.removesuffix(".csv.zst") + ".json"


def _write_durably(path: Path, data: bytes) -> None:
    """Write a file that outlives a loss of power: its rows will be gone from the database."""
    for folder in reversed([folder for folder in path.parents if not folder.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    entry = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)
