"""The manifest of a chunk: what it says, and how one is read that anybody may have written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from maint_pipeline.retention.storage import ArchiveError

FORMAT_VERSION = 1
MOST_BYTES = 1 << 20
"""A manifest names the columns, at most 1,600 of 63 letters."""

DATA = ".csv.zst"

# A day from Python's own limits, so that a time can be shown in any zone.
EARLIEST = datetime(1, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)

_PYTHON_TYPES = {"str": str, "int": int, "list[str]": list}


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


def encode(manifest: Manifest) -> bytes:
    """Write a manifest as JSON."""
    return json.dumps(asdict(manifest), indent=1).encode()


def parse(path: str, content: bytes) -> Manifest:
    """Read a manifest that may be torn or forged.

    Args:
        path: where it was found, relative to the archive.
        content: of the file.

    Raises:
        ArchiveError: it is none, or not of the chunk beside it; the message says why.
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        what = "is empty" if not content.strip(b"\0 \n") else "is incomplete, or not JSON"
        raise ArchiveError(f"the manifest {what}") from None
    if not isinstance(found, dict):
        raise ArchiveError("the manifest is that of something else")
    if found.get("version") != FORMAT_VERSION:
        raise ArchiveError(
            f"the manifest has format {found.get('version')!r}, not {FORMAT_VERSION}"
        )
    wrong = [
        field.name for field in fields(Manifest) if not _fits(str(field.type), field.name, found)
    ]
    if wrong:
        raise ArchiveError(f"the manifest has no valid value of {', '.join(wrong)}")
    manifest = Manifest(**{field.name: found[field.name] for field in fields(Manifest)})
    if manifest_file(manifest.file) != path:
        raise ArchiveError(f"the manifest belongs to {manifest.file}: it was copied or moved")
    return manifest


def _fits(kind: str, name: str, found: dict[str, Any]) -> bool:
    value = found.get(name)
    if not isinstance(value, _PYTHON_TYPES[kind]) or isinstance(value, bool):
        return False
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return not isinstance(value, int) or value >= 0


def manifest_file(file: str) -> str:
    """Name the manifest of a data file."""
    return file.removesuffix(DATA) + ".json"


def data_file(path: str) -> str:
    """Name the data file of a manifest."""
    return path.removesuffix(".json") + DATA


def moment(text: str) -> datetime:
    """Read a time as manifests have it.

    Returns:
        The time; the first or last that Python knows where it lies beyond.
    """
    if text == "-infinity" or text.endswith("BC"):
        return EARLIEST
    try:
        found = datetime.fromisoformat(text)
    except ValueError:  # infinity, or a year of more than four digits
        return LATEST
    return max(EARLIEST, min(LATEST, found if found.tzinfo else found.replace(tzinfo=UTC)))
