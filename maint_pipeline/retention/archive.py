"""The archive: a folder, or any place that fsspec knows, of files with deleted rows.

A chunk is two files: `POLICY/RUN/NUMBER.csv.zst`, rows as PostgreSQL writes CSV, and beside it
`NUMBER.json`, its manifest. A data file without a manifest was never finished and counts for
nothing. Which rows go in is decided in archiving.py, how they come out again in restore.py.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import zstandard

from maint_pipeline.retention.manifest import (
    DATA,
    MOST_BYTES,
    Manifest,
    encode,
    manifest_file,
    parse,
)
from maint_pipeline.retention.storage import PART, ArchiveError, FileMissingError, Storage

COMPRESSION_LEVEL = 1
"""More costs time while rows wait for their deletion: level 3 saves a tenth of the size."""

READ_BYTES = 1 << 20
UNKNOWN = -1
"""Stands for the length of a chunk's content that nobody has noted."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}")
_OURS = re.compile(rf"(.*/\d+)(\.json|{re.escape(DATA)})({re.escape(PART)})?")


@dataclass(frozen=True)
class Scan:
    """What manifests there are.

    Attributes:
        manifests: of whole chunks, in the order of their files.
        problems: what is no manifest, or a folder that can't be read, each with the reason.
    """

    manifests: list[Manifest]
    problems: dict[str, str]


class Archive:
    """A place for chunks.

    Args:
        url: a folder or an fsspec URL; credentials belong into fsspec's own configuration.

    Raises:
        ArchiveError: nothing installed here knows such a URL, or it keeps no files.
    """

    def __init__(self, url: str) -> None:
        self.storage = Storage(url)

    @property
    def root(self) -> str:
        """Where it is."""
        return self.storage.root

    def write(self, manifest: Manifest, data: bytes) -> None:
        """Store a chunk, its manifest last, and read both back.

        Args:
            manifest: of the chunk.
            data: the file as compressed by `compress`.

        Raises:
            ArchiveError: it can't be written, or what came back is not what was written; nothing
                of it is left, if the storage still lets files be removed.
        """
        try:
            self._write(manifest, data)
        except ArchiveError:
            with suppress(ArchiveError):
                self.remove(manifest)
            raise

    def _write(self, manifest: Manifest, data: bytes) -> None:
        self.storage.write(manifest.file, data)
        if problem := self.problem(manifest):
            raise ArchiveError(f"{manifest.file} was not written correctly: {problem}")
        encoded = encode(manifest)
        self.storage.write(manifest_file(manifest.file), encoded)
        if self.storage.read(manifest_file(manifest.file)) != encoded:
            raise ArchiveError(f"The manifest of {manifest.file} was not written correctly.")

    def remove(self, manifest: Manifest) -> None:
        """Take a chunk away whose rows are certain to be still in their table.

        Raises:
            ArchiveError: it can't be removed.
        """
        for file in (manifest_file(manifest.file), manifest.file):
            self.storage.remove(file)

    def remove_all_but(self, folder: str, files: set[str]) -> int:
        """Take away what a run has left in its folder, whole chunks and beginnings of such.

        Args:
            folder: of the run.
            files: data files that stay, with their manifests.

        Returns:
            How many files went.

        Raises:
            ArchiveError: one can't be removed.
        """
        found, unreadable = self.storage.list(folder)
        for path, reason in unreadable.items():
            raise ArchiveError(f"{self.root}/{path}: {reason}")
        left = []
        for file in found:
            ours = _OURS.fullmatch(file)
            if ours and (ours[3] or ours[1] + DATA not in files):
                left.append(file)
        # A manifest before its data: killed here, what stays counts for nothing.
        for file in sorted(left, key=lambda name: (".json" not in name, name)):
            self.storage.remove(file)
        self.storage.remove_empty_folder(folder)
        return len(left)

    def scan(self, policy: str | None = None) -> Scan:
        """Read the manifests of all chunks, or of one policy; a bad one costs only itself.

        Raises:
            ArchiveError: the archive as a whole can't be read.
        """
        files, unreadable = self.storage.list()
        scan = Scan([], dict(unreadable))
        for path in files:
            if path.count("/") != 2 or not path.endswith(".json"):  # noqa: PLR2004 - POLICY/RUN/FILE
                continue
            try:
                scan.manifests.append(parse(path, self.storage.read(path, MOST_BYTES)))
            except ArchiveError as error:
                scan.problems[path] = str(error)
        if policy is None:
            return scan
        return Scan(
            [found for found in scan.manifests if found.policy == policy],
            {
                path: problem
                for path, problem in scan.problems.items()
                if path.partition("/")[0] in (policy, folder_of(policy))
            },
        )

    def manifests(self, policy: str | None = None) -> list[Manifest]:
        """Read the manifests that can be read, of all chunks or of one policy."""
        return self.scan(policy).manifests

    def problem(self, manifest: Manifest) -> str | None:
        """Read a chunk in full and compare it with its manifest.

        Returns:
            What is wrong, as text, or None.
        """
        try:
            self._checked(manifest)
        except ArchiveError as error:
            return str(error)
        return None

    def read(self, manifest: Manifest) -> Iterator[bytes]:
        """Give the CSV of a chunk, after its checksum was found right.

        Raises:
            ArchiveError: it is not what its manifest says.
        """
        try:
            return decompress(self._checked(manifest))
        except ArchiveError as error:
            raise ArchiveError(f"{manifest.file}: {error}.") from None

    def _checked(self, manifest: Manifest) -> bytes:
        """Read the file of a chunk; the error says what is wrong."""
        try:
            data = self.storage.read(manifest.file)
        except FileMissingError:
            raise ArchiveError("the file is missing") from None
        if len(data) != manifest.bytes or hashlib.sha256(data).hexdigest() != manifest.sha256:
            raise ArchiveError("size or checksum differ")
        try:
            csv_bytes = sum(len(part) for part in decompress(data))
        except zstandard.ZstdError as error:
            raise ArchiveError(f"it can't be decompressed: {error}") from None
        if manifest.csv_bytes not in (csv_bytes, UNKNOWN):
            raise ArchiveError("its content has another length")
        return data


def folder_of(policy: str) -> str:
    """Give the folder of a policy's chunks: its name, or what stands for one that is no file name.

    New policies have plain names (database/sql/51_policy_rules.sql); older ones may have any.
    """
    if _PLAIN_NAME.fullmatch(policy):
        return policy
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", policy)[:40]
    return f"{plain}-{hashlib.sha256(policy.encode()).hexdigest()[:16]}"


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
