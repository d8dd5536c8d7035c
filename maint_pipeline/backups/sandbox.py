"""Running programs on what a backup contains: without secrets and network, in some folders only.

Every such program runs here and nowhere else: servers, restores, the unpacking of archives.
`isolation` knows how programs are isolated; here they are started, watched and ended.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import IO

import psutil

from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.isolation import (
    ENVIRONMENT,
    command,
    ends_as_a_whole,
    sandbox_user,
    user_options,
)
from maint_pipeline.processes import die_with_parent

TIME_SECONDS = 24 * 3600
"""A restore that takes longer is no help, and an endless loop in the backup must end."""

SPARE_BYTES = 1 << 28
"""Of the disk, this much stays free for others, whatever a backup unpacks to."""

MEMORY_BYTES = 4 << 30
"""Private memory of each process; PostgreSQL's own limit for one value is 1 GB."""

_OUTPUT_BYTES = 1 << 26
_STOP_SECONDS = 30
_LOOK_SECONDS = 0.5


@dataclass
class Sandbox:
    """Where programs run that touch a backup's content.

    Attributes:
        isolation: what holds them, as `isolation.strongest` says.
        folder: ours, not theirs: for what they print.
        writable: the only folders in which they may write, where the isolation protects files.
        readable: what they may read, beside the system and what is installed.
        ended_because: the limit that was exceeded, as text; None within the limits.
    """

    isolation: str
    folder: Path
    writable: Sequence[Path]
    readable: Sequence[Path] = ()
    ended_because: str | None = None
    _running: dict[subprocess.Popen[bytes], psutil.Process] = field(default_factory=dict)

    def start(
        self,
        program: str | Path,
        *arguments: str | Path,
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        stdout: int | IO[bytes] = subprocess.DEVNULL,
        stderr: int | IO[bytes] = subprocess.DEVNULL,
        readable: Iterable[Path] = (),
    ) -> subprocess.Popen[bytes]:
        """Start a program, which the caller has to `end`.

        Args:
            program: its path.
            arguments: of the program.
            stdin: as in `subprocess`; the three streams are all that it inherits.
            stdout: as in `subprocess`.
            stderr: as in `subprocess`.
            readable: what this one may read in addition.
        """
        isolated = command(self.isolation, self.writable, (*self.readable, *readable))
        process = subprocess.Popen(
            [*isolated, program, *arguments], stdin=stdin, stdout=stdout, stderr=stderr,
            env=ENVIRONMENT, cwd="/", start_new_session=True,
            preexec_fn=_limit,  # noqa: PLW1509 - it calls the system only
            **user_options(),
        )  # fmt: skip
        # It knows when the number is another process's.
        self._running[process] = psutil.Process(process.pid)
        return process

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End a program, with all that it started where the isolation allows that."""
        known = self._running.pop(process, None)
        if known is None:
            return
        with suppress(psutil.Error):
            if ends_as_a_whole(self.isolation):
                # The first process within: once it has ended, nothing is left to write anywhere.
                for child in known.children():
                    child.kill()
            else:
                process.send_signal(signal.SIGQUIT)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def run(
        self,
        program: str | Path,
        *arguments: str | Path,
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        readable: Iterable[Path] = (),
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end.

        Args:
            program: its path.
            arguments: of the program.
            stdin: as in `subprocess`.
            readable: what this one may read in addition.

        Returns:
            Its exit code and what it printed, 64 MiB of each stream at most.

        Raises:
            BackupUnusableError: it went beyond a limit.
        """
        with self.file() as stdout, self.file() as stderr:
            process = self.start(
                program, *arguments, stdin=stdin, stdout=stdout, stderr=stderr, readable=readable
            )
            try:
                process.wait()
            finally:
                self.end(process)
            self.check()
            return subprocess.CompletedProcess(
                process.args, process.returncode, text_of(stdout), text_of(stderr)
            )

    def file(self) -> IO[bytes]:
        """Open a file without a name for what a program prints, on the disk that is watched."""
        return tempfile.TemporaryFile(dir=self.folder)

    def check(self) -> None:
        """Raise BackupUnusableError if the programs were ended at a limit."""
        if self.ended_because:
            raise BackupUnusableError(self.ended_because)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """End all programs when they take too long, or all of the disk, until the block ends."""
        over, deadline = Event(), time.monotonic() + TIME_SECONDS

        def watch() -> None:
            while not over.wait(_LOOK_SECONDS):
                if shutil.disk_usage(self.folder).free < SPARE_BYTES:
                    self.ended_because = "Restoring it needs more disk space than there is."
                elif time.monotonic() > deadline:
                    self.ended_because = (
                        f"Restoring it takes longer than {TIME_SECONDS // 3600} hours."
                    )
                if self.ended_because:
                    for process in list(self._running):
                        self.end(process)

        watcher = Thread(target=watch, name="restore limits", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()


def hand_over(path: Path) -> None:
    """Give a folder, with all that is in it, to the user of sandboxes."""
    user = sandbox_user()
    if user is None:
        return
    os.chown(path, user, user, follow_symlinks=False)
    for folder, folders, files in os.walk(path):
        for name in (*folders, *files):
            os.chown(Path(folder, name), user, user, follow_symlinks=False)


def text_of(file: IO[bytes]) -> str:
    """Give what a program printed into a file, 64 MiB at most."""
    file.seek(0)
    return file.read(_OUTPUT_BYTES).decode(errors="replace")


def _limit() -> None:
    """Between fork and exec: end with us, and bound memory."""
    die_with_parent(signal.SIGKILL)
    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_DATA, MEMORY_BYTES)):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))
