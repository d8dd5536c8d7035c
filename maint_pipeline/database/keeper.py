"""Keeping the embedded server up after a command has ended, for `maint env`.

A small process of its own uses the server and does nothing else; users of the server are counted
(`embedded`), so it stays up until the keeper, and all other users, have ended.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import IO

import psutil

from maint_pipeline.database.embedded import embedded_server, revive
from maint_pipeline.errors import EmbeddedServerError, MaintError

STOP_SECONDS = 150
"""How long a stop may take: twice what PostgreSQL is given for it, and some."""

_LOOK_SECONDS = 2
_LOCK = "env.lock"
_READY = "ready"
# No secrets: the server inherits these, and its superuser can read its environment.
_INHERITED = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


def keep_running(home: Path) -> None:
    """Have the embedded server of a home stay up until `stop_keeping`; safe to repeat.

    Args:
        home: MAINT_HOME, absolute.

    Raises:
        EmbeddedServerError: the server won't start.
    """
    keeper = subprocess.Popen(
        [sys.executable, "-m", __name__, str(home)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _INHERITED if name in os.environ},
        start_new_session=True,  # neither Ctrl-C nor the end of the terminal is meant for it
        text=True,
    )
    # To the end of its output, not of the process.
    answer = keeper.stdout.read().strip() if keeper.stdout else ""
    if answer != _READY:
        raise EmbeddedServerError(answer or "The process that keeps PostgreSQL up ended at once.")


def stop_keeping(home: Path) -> bool:
    """End the keeper of a home; the server stops with its last user.

    Args:
        home: MAINT_HOME, absolute.

    Returns:
        Whether there was one.

    Raises:
        EmbeddedServerError: it doesn't end.
    """
    try:
        lock = (home / _LOCK).open("r+")
    except FileNotFoundError:
        return False
    with lock:
        if _try_lock(lock):
            return False
        keeper = _process(lock.read())
        if keeper:
            keeper.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while not _try_lock(lock):
            if time.monotonic() > deadline or not keeper:
                raise EmbeddedServerError(
                    f"Another process holds {home / _LOCK} and does not end. "
                    "Look for it on the machine that uses this folder."
                )
            time.sleep(0.1)
    return True


def _process(pid: str) -> psutil.Process | None:
    """Find the keeper. On another machine or container the number would be somebody else's."""
    with suppress(ValueError, psutil.Error):
        process = psutil.Process(int(pid))
        if __name__ in process.cmdline():
            return process
    return None


def _try_lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _keep(home: Path) -> None:
    """Be the keeper: say that the server is up, and wait for SIGTERM."""
    asked_to_stop = Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: asked_to_stop.set())
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("a") as lock:
        alone = _try_lock(lock)
        if alone:
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
        # Whoever isn't alone only waits until the server is up.
        with embedded_server(home):
            _answer(_READY)
            while alone and not asked_to_stop.wait(_LOOK_SECONDS):
                revive(home)


def _answer(text: str) -> None:
    print(text, flush=True)
    # Who started us waits for the end of our output.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    try:
        _keep(Path(sys.argv[1]))
    except (MaintError, OSError) as error:
        _answer(str(error))
        sys.exit(1)
