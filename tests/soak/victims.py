"""A process that works and is killed: forked from a warm one, so that thousands cost little."""

import json
import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import IO

import psycopg

MOST_SECONDS = 120


@dataclass(frozen=True)
class Death:
    """When a victim is to die.

    Attributes:
        roundtrip: it kills itself at this exchange with the server; None: it doesn't.
        after: whether after the server's answer; otherwise before anything is sent.
        seconds: killed from outside after so long; None: it isn't.
    """

    roundtrip: int | None = None
    after: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class Ended:
    """How a victim ended.

    Attributes:
        killed: by SIGKILL.
        error: of Python, as a traceback; empty where it came to its end.
        roundtrips: with the server, where it came to its end.
        seconds: that it worked, where it came to its end.
    """

    killed: bool
    error: str = ""
    roundtrips: int = 0
    seconds: float = 0.0


class Victim:
    """A forked child that does some work. Its parent must have no other thread."""

    def __init__(self, work: Callable[[], None], death: Death = Death()) -> None:
        self._read, self._write = os.pipe()
        self._begun = time.monotonic()
        self._death = death
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _be(work, death, os.fdopen(self._write, "w"))
        os.close(self._write)

    def wait(self) -> Ended:
        """Wait for its end, and bring it about where it is to be killed from outside."""
        if self._death.seconds is not None:
            time.sleep(max(0.0, self._begun + self._death.seconds - time.monotonic()))
            os.kill(self.pid, signal.SIGKILL)
        with os.fdopen(self._read) as pipe:
            said = self._last_words(pipe)
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            return Ended(killed=True)
        return Ended(killed=False, **json.loads(said))

    def _last_words(self, pipe: IO[str]) -> str:
        signal.signal(signal.SIGALRM, self._is_stuck)
        signal.alarm(MOST_SECONDS)
        try:
            return pipe.read()
        finally:
            signal.alarm(0)

    def _is_stuck(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError(f"a run did not end within {MOST_SECONDS} seconds")


def _be(work: Callable[[], None], death: Death, pipe: IO[str]) -> None:
    logging.disable()  # that an outcome could not be recorded is what is wanted here
    begun = time.monotonic()
    said: dict[str, object] = {}
    count = _count_roundtrips(death)
    try:
        work()
    except BaseException:
        said["error"] = traceback.format_exc()
    said |= {"roundtrips": count[0], "seconds": time.monotonic() - begun}
    with pipe:
        json.dump(said, pipe)
    pipe.close()
    os._exit(0)


def _count_roundtrips(death: Death) -> list[int]:
    """Count what psycopg asks the server, commits and copies too, and die at the right one."""
    count = [0]
    wait = psycopg.Connection.wait

    def counting(self, *arguments, **options):
        count[0] += 1
        dies = count[0] == death.roundtrip
        if dies and not death.after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = wait(self, *arguments, **options)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    psycopg.Connection.wait = counting  # type: ignore[method-assign]
    return count


def some_death(random: Random, usual: Ended) -> Death:
    """Choose when to die within what a whole run takes."""
    if random.random() < 0.6:
        return Death(random.randint(1, usual.roundtrips), after=random.random() < 0.5)
    return Death(seconds=random.uniform(0, usual.seconds * 1.1))
