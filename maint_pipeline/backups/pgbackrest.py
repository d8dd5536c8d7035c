"""pgBackRest: what its repository holds, and getting backups and WAL out of it.

It runs outside the sandbox, because it needs the repository's keys and network, and before any
program of the sandbox may have changed the files it looks at.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from maint_pipeline.backups.errors import BackupSourceError, BackupUnusableError

PREFIX = "pgbackrest:"
_INHERITED = ("PATH", "HOME", "USER", "LOGNAME", "LANG", "TMPDIR", "SSH_AUTH_SOCK")
_SHOWN = 500


def stanza_and_config(source: str) -> tuple[str, Path | None]:
    """Take `pgbackrest:STANZA?config=FILE` apart."""
    stanza, _, query = source.removeprefix(PREFIX).partition("?")
    config = parse_qs(query).get("config")
    return stanza, Path(config[0]) if config else None


def backups_of(source: str) -> list[dict[str, Any]]:
    """List the backups of a stanza, as pgBackRest's own JSON.

    Args:
        source: `pgbackrest:STANZA`, or `pgbackrest:STANZA?config=FILE`.

    Raises:
        BackupSourceError: pgBackRest is not installed, or can't read the repository.
    """
    try:
        answer = _run(source, "--output=json", "info")
    except FileNotFoundError:
        raise BackupSourceError("The program pgbackrest is not installed here.") from None
    if answer.returncode:
        raise BackupSourceError(f"pgbackrest info: {(answer.stderr + answer.stdout).strip()}")
    return [backup for entry in json.loads(answer.stdout) for backup in entry.get("backup", [])]


def restore(source: str, label: str, data: Path) -> None:
    """Restore a backup into a new data folder.

    Args:
        source: as for `backups_of`.
        label: of the backup.
        data: the folder; it doesn't exist yet.

    Raises:
        BackupUnusableError: it can't be read to its end.
    """
    data.mkdir(mode=0o700)
    tablespaces = data.parent / "tablespaces"
    restored = _run(
        source, f"--pg1-path={data}", f"--set={label}", "--archive-mode=off",
        f"--tablespace-map-all={tablespaces}", "restore",
    )  # fmt: skip
    if restored.returncode:
        words = (restored.stderr + restored.stdout).strip()
        raise BackupUnusableError(f"pgbackrest restore: {words[-_SHOWN:]}")


def fetch_wal(source: str, control: Path, name: str, target: Path) -> bool:
    """Fetch a file of the WAL archive.

    Args:
        source: as for `backups_of`.
        control: a folder with the server's PG_VERSION and global/pg_control, as pgBackRest wants.
        name: of the file.
        target: where to put it.

    Returns:
        Whether the archive has it.
    """
    fetched = _run(source, f"--pg1-path={control}", "archive-get", name, str(target))
    return fetched.returncode == 0


def _run(source: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    stanza, config = stanza_and_config(source)
    return subprocess.run(
        [
            "pgbackrest", *([f"--config={config}"] if config else []), f"--stanza={stanza}",
            "--log-level-file=off", "--log-level-console=warn", *arguments,
        ],
        check=False, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL,
        cwd="/",
        env={
            name: value for name, value in os.environ.items()
            if name in _INHERITED or name.startswith("PGBACKREST_")
        },
    )  # fmt: skip
