"""What a dump says of itself before it is restored: versions, entries, extensions.

None of it can be trusted. It only selects programs and names; what was restored is counted later.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from maint_pipeline.backups import unpack
from maint_pipeline.backups.errors import BackupUnusableError, MissingProgramsError
from maint_pipeline.backups.isolation import sandbox_user
from maint_pipeline.backups.sandbox import hand_over
from maint_pipeline.backups.scratch import Scratch
from maint_pipeline.backups.sources import Backup, refuse_links
from maint_pipeline.database.programs import installed_programs

OLDEST_VERSION, _NEWEST_VERSION = 15, 30
_HEAD_BYTES = 1 << 20
_SHOWN = 500
_DUMPED = re.compile(
    r"^(?:--|;) +Dumped (?:from database|by pg_dump) version:? (\d+)", re.MULTILINE
)
_ENTRY = re.compile(r"^(\d+); \d+ \d+ (.+?) *$", re.MULTILINE)
_KINDS_WITH_ROWS = (
    "TABLE DATA", "TABLE ATTACH", "TABLE", "SEQUENCE SET", "SEQUENCE", "BLOB METADATA", "BLOBS",
    "BLOB",
)  # fmt: skip
_NAME = r'("(?:[^"\n]|"")+"|[a-z_][a-z0-9_$]*)'
_EXTENSION = re.compile(
    rf"^CREATE EXTENSION IF NOT EXISTS {_NAME} WITH SCHEMA {_NAME};$", re.MULTILINE
)


@dataclass(frozen=True)
class Contents:
    """What a dump says that it holds.

    Attributes:
        version: the newest major version of PostgreSQL that had a part in it.
        entries: of an archive's list, by their number, as pg_restore prints them: kind, schema,
            name, owner. A script has no list.
        extensions: name and schema of each.
    """

    version: int
    entries: dict[int, str] = field(default_factory=dict)
    extensions: tuple[tuple[str, str], ...] = ()

    def tables(self) -> list[str]:
        """Give schema, name and owner, separated by spaces, of each table."""
        return [
            words.removeprefix("TABLE ")
            for words in self.entries.values()
            if kind_with_rows(words) == "TABLE"
        ]

    def is_of_extension(self, number: int) -> bool:
        """Return whether an entry fills a table or sequence that an extension makes."""
        words = self.entries.get(number, "")
        for kind, maker in (("TABLE DATA ", "TABLE "), ("SEQUENCE SET ", "SEQUENCE ")):
            if words.startswith(kind):
                made = maker + words.removeprefix(kind)
                return bool(self.extensions) and made not in self.entries.values()
        return False


def kind_with_rows(words: str) -> str | None:
    """Give the kind of an archive's entry if it holds rows, or where rows go, else None."""
    return next((kind for kind in _KINDS_WITH_ROWS if words.startswith(f"{kind} ")), None)


def read_contents(scratch: Scratch, backup: Backup, configured: Path | None) -> Contents:
    """Read what a dump says of itself.

    Args:
        scratch: where.
        backup: a dump.
        configured: MAINT_RESTORE_BIN_DIR.

    Raises:
        BackupUnusableError: it can't be read.
    """
    if backup.kind == "plain":
        head = _head_of_script(scratch, backup.path)
        return Contents(_version(head), extensions=tuple(_extensions(head)))
    newest = configured or _installed(range(_NEWEST_VERSION, OLDEST_VERSION - 1, -1))
    listed = run_pg_restore(scratch, newest, backup, "--list")
    if listed.returncode:
        raise BackupUnusableError(f"pg_restore: {listed.stderr.strip()[:_SHOWN]}")
    entries = {int(number): words for number, words in _ENTRY.findall(listed.stdout)}
    statements = run_pg_restore(scratch, newest, backup, "--section=pre-data", "--file=-")
    return Contents(_version(listed.stdout), entries, tuple(_extensions(statements.stdout)))


def programs_for(contents: Contents, configured: Path | None) -> Path:
    """Choose PostgreSQL's programs for a dump: the machine's own, which have extensions.

    Args:
        contents: of the dump.
        configured: MAINT_RESTORE_BIN_DIR.

    Raises:
        MissingProgramsError: all that are installed are older than the dump.
    """
    oldest = max(contents.version, OLDEST_VERSION)
    return configured or _installed(range(oldest, _NEWEST_VERSION + 1))


def run_pg_restore(
    scratch: Scratch, programs: Path, backup: Backup, *options: str
) -> subprocess.CompletedProcess[str]:
    """Run pg_restore on an archive in the sandbox."""
    if backup.kind == "directory":
        path = _within_reach(scratch, backup.path)
        return scratch.sandbox.run(programs / "pg_restore", *options, path, readable=[path])
    # We have opened it, so that the sandbox's user needs no right to read it.
    with backup.path.open("rb") as archive:
        return scratch.sandbox.run(programs / "pg_restore", *options, stdin=archive)


def _within_reach(scratch: Scratch, folder: Path) -> Path:
    """Give a folder that the sandbox's user may read: a copy where that is another user."""
    try:
        if sandbox_user() is None:
            refuse_links(folder)
            return folder
        copy = scratch.inside / "dump"
        if not copy.exists():
            refuse_links(folder)
            shutil.copytree(folder, copy, symlinks=True)
            hand_over(copy)
    except (OSError, ValueError) as error:
        raise BackupUnusableError(f"{folder.name} can't be read: {error}") from None
    return copy


def _head_of_script(scratch: Scratch, path: Path) -> str:
    with path.open("rb") as file:
        process = scratch.sandbox.start(
            sys.executable, "-I", unpack.__file__, "script", stdin=file, stdout=subprocess.PIPE
        )
        try:
            assert process.stdout  # noqa: S101
            with process.stdout as head:
                return head.read(_HEAD_BYTES).decode(errors="replace")
        finally:
            scratch.sandbox.end(process)


def _installed(versions: Iterable[int]) -> Path:
    for version in versions:
        if found := installed_programs(version):
            return found
    raise MissingProgramsError(
        f"The dump is of PostgreSQL {min(versions)}; all that is installed here is older. Install "
        "that version, or name the folder of its programs in MAINT_RESTORE_BIN_DIR."
    )


def _version(text: str) -> int:
    return max((int(number) for number in _DUMPED.findall(text)), default=OLDEST_VERSION)


def _extensions(statements: str) -> Iterable[tuple[str, str]]:
    for words in _EXTENSION.findall(statements):
        name, schema = (
            word[1:-1].replace('""', '"') if word.startswith('"') else word for word in words
        )
        yield name, schema
