"""Putting back a copy of a data folder: a base backup of pg_basebackup, or pgBackRest's.

Its files are taken, its configuration is not: what a server on it reads are the data, the backup's
label and WAL.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from maint_pipeline.backups import pgbackrest, unpack
from maint_pipeline.backups.errors import BackupUnusableError, MissingProgramsError
from maint_pipeline.backups.sandbox import hand_over
from maint_pipeline.backups.scratch import Scratch
from maint_pipeline.backups.sources import ARCHIVE_SUFFIXES, Backup, refuse_links
from maint_pipeline.backups.wal import wal_on_request
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS, installed_programs

_OLDEST_VERSION = 15
_NOT_THE_DATA = ("postgresql.auto.conf", "standby.signal", "recovery.signal", "postmaster.pid")


def restore_data_directory(backup: Backup, scratch: Scratch) -> None:
    """Put a physical backup into a new data folder, ready to recover.

    Args:
        backup: not a dump.
        scratch: where.

    Raises:
        BackupUnusableError: it can't be read to its end, or holds what is no data: links,
            tablespaces, names that lead elsewhere.
    """
    data = scratch.data
    try:
        if backup.kind == "pgbackrest":
            pgbackrest.restore(backup.source, backup.name, data)
        elif backup.kind == "basebackup":
            _refuse_tablespaces(backup.path)
            refuse_links(backup.path)
            shutil.copytree(backup.path, data, symlinks=True)
        else:
            _unpack(backup.path, scratch)
        _refuse_tablespaces(data)
        refuse_links(data)
        _leave_configuration_out(backup, data)
    except (OSError, ValueError) as error:
        raise BackupUnusableError(f"{backup.name} can't be read: {error}") from None
    data.chmod(0o700)
    hand_over(data)


def programs_of(data: Path, configured: Path | None) -> Path:
    """Find the programs that a data folder needs.

    Args:
        data: a data folder.
        configured: MAINT_RESTORE_BIN_DIR.

    Raises:
        BackupUnusableError: it doesn't say of which version it is.
        MissingProgramsError: there are none of its version.
    """
    try:
        version = int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise BackupUnusableError("The backup doesn't say of which version it is.") from None
    if configured:
        return configured
    found = installed_programs(version) if version >= _OLDEST_VERSION else None
    if found is None:
        raise MissingProgramsError(
            f"The backup is of PostgreSQL {version}, whose programs are not installed here. "
            "Install them, or name their folder in MAINT_RESTORE_BIN_DIR."
        )
    return found


def verify_manifest(programs: Path, scratch: Scratch) -> bool:
    """Compare a data folder with its backup manifest.

    Args:
        programs: PostgreSQL's.
        scratch: with the data as it was put back, before any server ran on it.

    Returns:
        Whether that could be done: it takes a manifest, and pg_verifybackup.

    Raises:
        BackupUnusableError: a file is missing or not what the manifest says.
    """
    # The embedded server's pg_verifybackup crashes.
    if programs == EMBEDDED_PROGRAMS or not (scratch.data / "backup_manifest").is_file():
        return False
    # WAL is proven by recovery; what we left out is not the backup's.
    ignored = [f"--ignore={name}" for name in _NOT_THE_DATA]
    verified = scratch.sandbox.run(
        programs / "pg_verifybackup", "--no-parse-wal", "--exit-on-error", *ignored, scratch.data
    )
    if verified.returncode:
        raise BackupUnusableError(f"pg_verifybackup: {verified.stderr.strip()[:500]}")
    return True


@contextmanager
def recovery_settings(backup: Backup, scratch: Scratch) -> Iterator[dict[str, str]]:
    """Give the settings with which a server finds the WAL it needs, while the block lasts."""
    if backup.kind != "pgbackrest":
        yield {}
        return
    control = scratch.folder / "control"
    (control / "global").mkdir(parents=True)
    for name in ("PG_VERSION", "global/pg_control"):
        shutil.copyfile(scratch.data / name, control / name, follow_symlinks=False)

    def fetch(name: str, target: Path) -> bool:
        return pgbackrest.fetch_wal(backup.source, control, name, target)

    with wal_on_request(scratch, fetch) as command:
        yield {"restore_command": command}


def _refuse_tablespaces(data: Path) -> None:
    # The server would make links as this file says.
    file, folder = data / "tablespace_map", data / "pg_tblspc"
    if (file.exists() and file.read_bytes().strip()) or any(folder.iterdir()):
        raise ValueError("it has tablespaces, which verify_restore can't place anywhere yet")


def _leave_configuration_out(backup: Backup, data: Path) -> None:
    for name in _NOT_THE_DATA:
        (data / name).unlink(missing_ok=True)
    (data / "postgresql.auto.conf").touch(mode=0o600)
    if backup.kind == "pgbackrest":  # its WAL is in the archive
        (data / "recovery.signal").touch(mode=0o600)


def _unpack(folder: Path, scratch: Scratch) -> None:
    for name, target in (("base", scratch.data), ("pg_wal", scratch.data / "pg_wal")):
        archive = next(
            (file for suffix in ARCHIVE_SUFFIXES if (file := folder / f"{name}{suffix}").exists()),
            None,
        )
        if archive is None:
            continue
        with archive.open("rb") as packed:
            unpacked = scratch.sandbox.run(
                sys.executable, "-I", unpack.__file__, "tar", target, stdin=packed
            )
        if unpacked.returncode:
            raise ValueError(f"{archive.name}: {unpacked.stderr.strip()[-500:]}")
    if (folder / "backup_manifest").is_file():
        shutil.copy(folder / "backup_manifest", scratch.data, follow_symlinks=False)
