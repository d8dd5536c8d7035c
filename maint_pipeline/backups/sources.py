"""Where backups are: the newest one of a folder, or of a pgBackRest repository.

A folder may be a backup itself or hold several; each is recognised by what it contains, never by
its name.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from maint_pipeline.backups import pgbackrest
from maint_pipeline.backups.errors import BackupSourceError

ARCHIVE_SUFFIXES = (".tar", ".tar.gz", ".tar.zst")
_UNFINISHED = (".part", ".partial", ".tmp", ".unfinished")
_COMPRESSED_FACTOR = 8
"""Disk for a restored dump, indexes included, as multiple of a compressed one; 3 of a plain one."""
_PLAIN_FACTOR = 3
_WAL_BYTES = 1 << 30


@dataclass(frozen=True)
class Backup:
    """One backup.

    Attributes:
        source: as MAINT_RESTORE_SOURCE says.
        name: of this backup.
        kind: `custom`, `tar`, `directory` or `plain` of pg_dump; `basebackup`, `basebackup_tar`;
            `pgbackrest`.
        path: of its file or folder; of pgBackRest's configuration file, or an empty path.
        taken_at: aware.
        bytes: its size.
        needed_bytes: disk that restoring it takes, estimated where it can't be known.
    """

    source: str
    name: str
    kind: str
    path: Path
    taken_at: datetime
    bytes: int
    needed_bytes: int

    @property
    def is_dump(self) -> bool:
        """Whether it is a logical one, which every newer server can take."""
        return self.kind in ("custom", "tar", "directory", "plain")


def newest_backup(source: str) -> Backup:
    """Find the newest backup of a source.

    Args:
        source: a path, or `pgbackrest:STANZA`, or `pgbackrest:STANZA?config=FILE`.

    Raises:
        BackupSourceError: there is none, or the source can't be read.
    """
    if source.startswith(pgbackrest.PREFIX):
        return _newest_of_pgbackrest(source)
    path = Path(source).expanduser()
    if not path.exists():
        raise BackupSourceError(f"{path} doesn't exist. Correct MAINT_RESTORE_SOURCE.")
    try:
        found = list(_backups_in(source, path))
    except PermissionError as error:
        raise BackupSourceError(f"{error.filename} can't be read: {error.strerror}.") from None
    if not found:
        raise BackupSourceError(
            f"{path} holds no backup: neither a dump of pg_dump nor a base backup of pg_basebackup."
        )
    return max(found, key=lambda backup: backup.taken_at)


def refuse_links(folder: Path) -> None:
    """Refuse a folder that holds anything but folders and plain files.

    Raises:
        ValueError: it does; the message names the first.
    """
    for path, folders, files in os.walk(folder):
        for name in (*folders, *files):
            entry = Path(path, name)
            kind = entry.lstat().st_mode
            if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
                raise ValueError(f"{entry.relative_to(folder)} is a link or a device, no file")


def _backups_in(source: str, path: Path) -> Iterator[Backup]:
    if kind := _kind(path):
        yield _backup(source, path, kind)
        return
    if not path.is_dir():
        return
    for child in path.iterdir():
        # Barman keeps a base backup in the folder data of its own folder.
        for candidate in (child, child / "data"):
            if not child.name.endswith(_UNFINISHED) and (kind := _kind(candidate)):
                yield _backup(source, candidate, kind)


def _kind(path: Path) -> str | None:
    if path.is_dir():
        return _kind_of_folder(path)
    return _kind_of_file(path) if path.is_file() else None


def _kind_of_folder(path: Path) -> str | None:
    if (path / "toc.dat").is_file():
        return "directory"
    if (path / "PG_VERSION").is_file() and (path / "global" / "pg_control").is_file():
        return "basebackup"
    if any((path / f"base{suffix}").is_file() for suffix in ARCHIVE_SUFFIXES):
        return "basebackup_tar"
    return None


def _kind_of_file(path: Path) -> str | None:
    if path.name.endswith((".sql", ".sql.gz")):
        return "plain"
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(b"PGDMP"):
        return "custom"
    if start.startswith(b"toc.dat\0"):
        return "tar"
    return "plain" if b"-- PostgreSQL database dump" in start else None


def _backup(source: str, path: Path, kind: str) -> Backup:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    # The file that is written last shows when the backup was complete.
    last = {"directory": path / "toc.dat", "basebackup": path / "backup_manifest"}.get(kind, path)
    moment = (last if last.exists() else path).stat().st_mtime
    return Backup(
        source=source,
        name=path.parent.name if path.name == "data" else path.name,
        kind=kind,
        path=path,
        taken_at=datetime.fromtimestamp(moment, UTC),
        bytes=size,
        needed_bytes=_needed(path, kind, size),
    )


def _needed(path: Path, kind: str, size: int) -> int:
    if kind.startswith("basebackup"):
        manifest = path / "backup_manifest"
        if not manifest.is_file():
            return size + _WAL_BYTES
        try:
            files = json.loads(manifest.read_bytes())["Files"]
            return sum(int(file["Size"]) for file in files) + _WAL_BYTES
        except (ValueError, KeyError, TypeError):
            return size + _WAL_BYTES  # pg_verifybackup will say what is wrong with it
    is_plain = kind == "tar" or path.name.endswith(".sql")
    return size * (_PLAIN_FACTOR if is_plain else _COMPRESSED_FACTOR)


def _newest_of_pgbackrest(source: str) -> Backup:
    stanza, config = pgbackrest.stanza_and_config(source)
    backups = pgbackrest.backups_of(source)
    if not backups:
        raise BackupSourceError(f"pgBackRest has no backup of the stanza {stanza}.")
    newest = max(backups, key=lambda backup: backup["timestamp"]["stop"])
    return Backup(
        source=source,
        name=newest["label"],
        kind="pgbackrest",
        path=config or Path(),
        taken_at=datetime.fromtimestamp(newest["timestamp"]["stop"], UTC),
        bytes=newest["info"]["repository"]["size"],
        needed_bytes=newest["info"]["size"] + _WAL_BYTES,
    )
