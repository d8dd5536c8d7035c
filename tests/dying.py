"""A migration that is killed, in a process of its own: forked from one that has all loaded."""

import multiprocessing
import os
import signal
from collections.abc import Collection
from multiprocessing.connection import Connection as Pipe

from maint_pipeline.installation.install import install

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["maint_pipeline.installation.install"])


def install_until_a_new_step(url: str, done: Collection[str]) -> str | None:
    """Install, and be killed before the first step that is not among those to be done.

    Returns:
        That step, or nothing where the installation came to its end.
    """
    ours, theirs = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_install_and_die, args=(url, list(done), theirs))
    process.start()
    theirs.close()
    process.join(120)
    if process.exitcode == 0:
        return None
    assert process.exitcode == -signal.SIGKILL, process.exitcode
    return ours.recv()


def _install_and_die(url: str, done: list[str], told: Pipe) -> None:
    def die(step: str) -> None:
        if not step.startswith("waiting") and step not in done:
            told.send(step)
            os.kill(os.getpid(), signal.SIGKILL)

    install(url, die)
