"""Work in a process of its own: its errors arrive, and it ends with who waits for it."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from maint_pipeline.errors import ConfigurationError, MaintError
from maint_pipeline.processes import run_apart
from maint_pipeline.signals import _raise_again_what_is_lost


class StrangeError(Exception):
    """Can't be pickled."""

    def __init__(self) -> None:
        super().__init__("strange")
        self.hold = Path(os.devnull).open()  # noqa: SIM115


def raiser(error: BaseException):
    def work() -> None:
        raise error

    return work


def test_it_works_in_another_process_and_returns():
    assert run_apart(os.getpid) != os.getpid()


def test_errors_arrive_with_their_class():
    with pytest.raises(ConfigurationError, match="No such place"):
        run_apart(raiser(ConfigurationError("No such place")))


def test_an_error_that_can_not_be_pickled_arrives_as_words():
    with pytest.raises(MaintError, match="StrangeError: strange"):
        run_apart(raiser(StrangeError()))


@pytest.fixture(params=[signal.SIG_DFL, signal.SIG_IGN])
def sigterm(request):
    """However SIGTERM is handled where it is started."""
    before = signal.signal(signal.SIGTERM, request.param)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_ended_from_outside(number, sigterm):
    with pytest.raises(MaintError, match="ended from outside"):
        run_apart(lambda: os.kill(os.getpid(), number))


class AskedToEnd(BaseException):
    """What the handler of a signal raises."""


@pytest.fixture
def usr1(monkeypatch):
    # As a command has it: the signal may come while this process forks.
    monkeypatch.setattr(sys, "unraisablehook", _raise_again_what_is_lost)

    def ask(_number, _frame) -> None:
        raise AskedToEnd

    before = signal.signal(signal.SIGUSR1, ask)
    yield signal.SIGUSR1
    signal.signal(signal.SIGUSR1, before)


def test_it_ends_when_who_waits_is_asked_to_end(tmp_path, usr1, sigterm):
    def work() -> None:
        (tmp_path / "pid").write_text(str(os.getpid()))
        os.kill(os.getppid(), usr1)
        time.sleep(600)

    with pytest.raises(AskedToEnd):
        run_apart(work)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
