"""Restoring a copy of a data folder: a base backup of pg_basebackup, or pgBackRest's."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import zstandard

from maint_pipeline.backups.errors import BackupUnusableError, MissingProgramsError
from maint_pipeline.backups.sources import ARCHIVE_SUFFIXES, Backup, stanza_and_config
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS, installed_programs, run_program

_OLDEST_VERSION = 15


def put_back(backup: Backup, data: Path) -> None:
    """Put a physical backup into a new data folder, ready to recover.

    Args:
        backup: not a dump.
        data: the folder; it doesn't exist yet.

    Raises:
        BackupUnusableError: it can't be read to its end, or says itself that it is damaged.
    """
    try:
        if backup.kind == "pgbackrest":
            _restore_from_pgbackrest(backup, data)
        elif backup.kind == "basebackup":
            shutil.copytree(backup.path, data, symlinks=True)
        else:
            _unpack(backup.path, data)
    except (tarfile.TarError, zstandard.ZstdError, EOFError, OSError, ValueError) as error:
        raise BackupUnusableError(f"{backup.name} can't be read: {error}") from None
    if any((data / "pg_tblspc").iterdir()):
        raise BackupUnusableError(
            f"{backup.name} has tablespaces, which verify_restore can't place anywhere yet."
        )
    # Settings that the original server was given, such as where it archives to, are not for us;
    # and a backup of a standby shall end its recovery too.
    (data / "postgresql.auto.conf").write_text("")
    (data / "standby.signal").unlink(missing_ok=True)


def programs_of(data: Path, configured: Path | None) -> Path:
    """Find the programs that a data folder needs.

    Args:
        data: a data folder.
        configured: MAINT_RESTORE_BIN_DIR.

    Raises:
        MissingProgramsError: there are none of its version.
    """
    if configured:
        return configured
    version = int((data / "PG_VERSION").read_text())
    found = installed_programs(version) if version >= _OLDEST_VERSION else None
    if found is None:
        raise MissingProgramsError(
            f"The backup is of PostgreSQL {version}, whose programs are not installed here. "
            "Install them, or name their folder in MAINT_RESTORE_BIN_DIR."
        )
    return found


def verify_manifest(programs: Path, data: Path) -> bool:
    """Compare a data folder with its backup manifest.

    Args:
        programs: PostgreSQL's.
        data: as it was put back, before any server ran on it.

    Returns:
        Whether that could be done: it takes a manifest, and pg_verifybackup.

    Raises:
        BackupUnusableError: a file is missing or not what the manifest says.
    """
    # The embedded server's pg_verifybackup crashes.
    if programs == EMBEDDED_PROGRAMS or not (data / "backup_manifest").is_file():
        return False
    # WAL is proven by recovery; our own two changes are not the backup's.
    verified = run_program(
        programs / "pg_verifybackup", "--no-parse-wal", "--exit-on-error",
        "--ignore=postgresql.auto.conf", "--ignore=standby.signal", data,
    )  # fmt: skip
    if verified.returncode:
        raise BackupUnusableError(f"pg_verifybackup: {verified.stderr.strip()[:500]}")
    return True


def recovery_options(backup: Backup, data: Path) -> dict[str, str]:
    """Give the settings with which a server on this data finds the WAL it needs."""
    if backup.kind != "pgbackrest" or not (data / "recovery.signal").exists():
        return {}
    command = [*_pgbackrest(backup), f"--pg1-path={data}", "archive-get", "%f", "%p"]
    return {"restore_command": shlex.join(command)}


def _pgbackrest(backup: Backup) -> list[str]:
    stanza, config = stanza_and_config(backup.source)
    logs = ["--log-level-file=off", "--log-level-console=warn"]
    return ["pgbackrest", *([f"--config={config}"] if config else []), f"--stanza={stanza}", *logs]


def _restore_from_pgbackrest(backup: Backup, data: Path) -> None:
    data.mkdir(mode=0o700)
    restored = run_program(
        *_pgbackrest(backup), f"--pg1-path={data}", f"--set={backup.name}", "--archive-mode=off",
        "--tablespace-map-all=" + str(data.parent / "tablespaces"), "restore",
    )  # fmt: skip
    if restored.returncode:
        words = (restored.stderr + restored.stdout).strip()
        raise BackupUnusableError(f"pgbackrest restore: {words[-500:]}")


def _unpack(folder: Path, data: Path) -> None:
    data.mkdir(mode=0o700)
    for name, target in (("base", data), ("pg_wal", data / "pg_wal")):
        archive = next(
            (file for suffix in ARCHIVE_SUFFIXES if (file := folder / f"{name}{suffix}").exists()),
            None,
        )
        if archive is not None:
            with _tar_stream(archive) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
                tar.extractall(target, filter="data")
    if any(re.fullmatch(r"\d+\.tar.*", file.name) for file in folder.iterdir()):
        raise ValueError("it has tablespaces, which verify_restore can't place anywhere yet")
    if (folder / "backup_manifest").is_file():
        shutil.copy(folder / "backup_manifest", data)


@contextmanager
def _tar_stream(archive: Path) -> Iterator[IO[bytes]]:
    with archive.open("rb") as file:
        if archive.name.endswith(".zst"):
            with zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as zst:
                yield zst
        elif archive.name.endswith(".gz"):
            with subprocess.Popen(
                ["gzip", "-dc"], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            ) as process:
                assert process.stdout and process.stderr  # noqa: S101
                yield process.stdout
                process.stdout.read()
                if process.wait():
                    raise ValueError(process.stderr.read().decode(errors="replace").strip())
        else:
            yield file
