"""Processes that `maint dev` starts, and everything that these start: none is left behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import psutil

from maint_pipeline.errors import MaintError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

STOP_SECONDS = 20
"""How long runs in progress may take to record that they were canceled."""

# Loaded here: between fork and exec nothing may be loaded.
_LIBC = ctypes.CDLL(None)


class Server:
    """A server in a process of its own, with its log.

    Args:
        name: what messages call it, and its log file.
        arguments: of `python -m`.
        logs: the folder of its log; later starts append.
        environment: variables on top of ours.
        without: variables of ours that it doesn't need.
    """

    def __init__(
        self,
        name: str,
        arguments: list[str],
        logs: Path,
        environment: Mapping[str, str],
        without: Collection[str] = (),
    ) -> None:
        variables = {**os.environ, **environment}
        self.name = name
        self.log = logs / f"{name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={key: value for key, value in variables.items() if key not in without},
                preexec_fn=die_with_parent,  # noqa: PLW1509 - no thread has started
            )

    def log_tail(self) -> str:
        """Give the end of the log, some 20 lines."""
        return self.log.read_text(errors="replace")[-2000:]


def run_apart(work: Callable[[], T]) -> T:
    """Do something in a process forked from this one, so that what it loads is not kept here.

    It has our signal handlers and our terminal, and ends when we leave early.

    Args:
        work: what to do; its result must be picklable. No thread may run yet.

    Returns:
        What it returned.

    Raises:
        MaintError: it ended without a word; or whatever else it raised.
    """
    # Most commands need none of it.
    from multiprocessing import get_context  # noqa: PLC0415

    fork = get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    child = fork.Process(target=_work_apart, args=(work, sender))
    child.start()
    try:
        sender.close()
        try:
            result, error = receiver.recv()
        except EOFError:
            raise MaintError("A process that this one started was ended from outside.") from None
        child.join()
    finally:
        child.terminate()
        child.join(STOP_SECONDS)
        child.kill()
        child.join()
    if error:
        raise error
    done: T = result
    return done


def _work_apart(work: Callable[[], object], sender: Connection) -> None:
    if signal.getsignal(signal.SIGTERM) is signal.SIG_IGN:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    result = error = None
    try:
        result = work()
    except Exception as raised:
        error = raised
    except BaseException:  # asked to end, as our parent is
        return
    try:
        sender.send((result, error))
    except Exception:  # it can't be pickled
        sender.send((None, MaintError(f"{type(error).__name__}: {error}")))


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent ends, so that none is missed (Linux)."""
    _prctl(36)  # PR_SET_CHILD_SUBREAPER


def die_with_parent(number: int = signal.SIGTERM) -> None:
    """Have this child ended by the kernel when we are killed and can't do it (Linux)."""
    _prctl(1, number)  # PR_SET_PDEATHSIG


def _prctl(option: int, value: int = 1) -> None:
    if sys.platform == "linux":
        _LIBC.prctl(option, value, 0, 0, 0)


def stop_descendants() -> None:
    """End every process we started, runs in progress included: ask, wait, then kill."""
    deadline = time.monotonic() + STOP_SECONDS
    asked: set[int] = set()
    while alive := living_descendants():
        late = time.monotonic() > deadline
        for process in alive:
            if late or process.pid not in asked:
                _signal(process, signal.SIGKILL if late else signal.SIGTERM)
                asked.add(process.pid)
        psutil.wait_procs(alive, timeout=0.2)


def living_descendants() -> list[psutil.Process]:
    """Give every process below this one that runs still, after clearing away those that ended."""
    found = psutil.Process().children(recursive=True)
    return [process for process in found if not _reap(process)]


def _reap(process: psutil.Process) -> bool:
    """Return whether a process has ended, clearing it away where it is a child of ours."""
    try:
        if process.status() != psutil.STATUS_ZOMBIE:
            return False
        # Of servers, subprocess asks for the exit code itself.
        if process.ppid() == os.getpid():
            process.wait(timeout=0)
    except (psutil.NoSuchProcess, psutil.TimeoutExpired):
        pass
    return True


def _signal(process: psutil.Process, number: int) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)
