"""WAL for a server in a sandbox, which can't reach the archive: it asks, and we fetch.

It asks by a file's name in a folder of its own; we answer in a folder that it can only read.
Nothing but names comes out of the sandbox.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from maint_pipeline.backups.sandbox import hand_over
from maint_pipeline.backups.scratch import Scratch

Fetch = Callable[[str, Path], bool]

_NAME = re.compile(r"[0-9A-F]{8}(\.history|[0-9A-F]{16}(\.[0-9A-F]{8}\.backup|\.partial)?)")
_LOOK_SECONDS = 0.05
_KEPT = 2
"""Files that stay; recovery reads forward, and what it asks for again is fetched again."""


@contextmanager
def wal_on_request(scratch: Scratch, fetch: Fetch) -> Iterator[str]:
    """Answer a server's requests for WAL until the block ends.

    Args:
        scratch: the server's folder.
        fetch: puts the file of a name at a path, and returns whether there is one.

    Yields:
        The server's `restore_command`.
    """
    requests, answers = scratch.inside / "requests", scratch.folder / "wal"
    requests.mkdir(mode=0o700)
    hand_over(requests)
    answers.mkdir(mode=0o755)
    # By its number: the folder's name may be made to mean another one.
    wanted = os.open(requests, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    over = Event()

    def serve() -> None:
        answered: list[str] = []
        while not over.wait(_LOOK_SECONDS):
            for name in os.listdir(wanted):  # noqa: PTH208 - a number, no path
                if _NAME.fullmatch(name):
                    _answer(answers, name, fetch)
                    with suppress(OSError):
                        os.unlink(name, dir_fd=wanted)
                    answered.append(name)
            while len(answered) > _KEPT:
                _forget(answers, answered.pop(0), answered)

    server = Thread(target=serve, name="WAL requests", daemon=True)
    server.start()
    try:
        yield _command(requests, answers)
    finally:
        over.set()
        server.join()
        os.close(wanted)
        shutil.rmtree(answers, ignore_errors=True)


def _answer(answers: Path, name: str, fetch: Fetch) -> None:
    unfinished, file = answers / "unfinished", answers / name
    if fetch(name, unfinished):
        unfinished.chmod(0o644)
        unfinished.rename(file)
    (answers / f"{name}.answered").touch(mode=0o644)


def _forget(answers: Path, name: str, still: list[str]) -> None:
    if name not in still:
        (answers / f"{name}.answered").unlink(missing_ok=True)
        (answers / name).unlink(missing_ok=True)


def _command(requests: Path, answers: Path) -> str:
    """Give a shell command in which PostgreSQL puts names for %f and %p."""
    asked, answered = (shlex.quote(str(path)).replace("%", "%%") for path in (requests, answers))
    return (
        f"touch {asked}/%f; until [ -e {answered}/%f.answered ]; do sleep 0.05; done; "
        f"exec cp {answered}/%f %p"
    )
