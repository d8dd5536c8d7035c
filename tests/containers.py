"""Containers without a runtime for them: a process in bubblewrap that has what a container has.

Its root is an image's, read-only; it is process 1, has the user, the environment and the mounts
that are given, and no capability. The network is this machine's.
"""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.dev import eventually

BWRAP = shutil.which("bwrap")


def need_bubblewrap() -> None:
    """Skip where there is none."""
    if BWRAP is None:
        assert not os.environ.get("MAINT_TEST_REQUIRE_ALL"), "bubblewrap is not installed"
        pytest.skip("bubblewrap is not installed")


@dataclass
class Image:
    """What a Containerfile makes: a root folder without /usr, which is this machine's, and more."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    user: tuple[int, int] = (0, 0)
    folder: str = "/"
    command: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mount:
    """A file or folder of this machine at a place in a container; None: a new empty folder."""

    inside: str
    outside: Path | None = None
    is_writable: bool = False


def bare_root(root: Path) -> Path:
    """Make a root folder with nothing of its own."""
    for empty in ("etc", "tmp", "opt", "run", "var/lib"):
        (root / empty).mkdir(parents=True)
    for merged in ("bin", "lib", "lib32", "lib64", "sbin"):
        if (place := Path("/") / merged).is_symlink():
            (root / merged).symlink_to(place.readlink())
    return root


def base(root: Path) -> list[str]:
    """Give bubblewrap's options for a root whose /usr is this machine's, with this Python in it."""
    options = ["--bind", root, "/", "--ro-bind", "/usr", "/usr"]
    # At its own place, too, where its libraries look for each other.
    for place in ("/usr/local", sys.base_prefix):
        options += ["--ro-bind", sys.base_prefix, place]
    return [str(x) for x in (*options, "--proc", "/proc", "--dev", "/dev", "--die-with-parent")]


@dataclass
class Container:
    """A container: start it, ask within it, stop it as a runtime does."""

    name: str
    image: Image
    command: list[str]
    environment: dict[str, str]
    mounts: list[Mount]
    log: Path
    user: tuple[int, int] | None = None
    process: subprocess.Popen[bytes] | None = None

    def _arguments(self, command: list[str]) -> list[str]:
        user, group = self.user or self.image.user
        found = [str(BWRAP), *base(self.image.root), "--unshare-user", "--unshare-pid",
                 "--unshare-ipc", "--unshare-uts", "--as-pid-1", "--new-session", "--clearenv",
                 "--uid", str(user), "--gid", str(group), "--cap-drop", "ALL"]  # fmt: skip
        for mount in sorted(self.mounts, key=lambda mount: mount.inside):
            if mount.outside is None:
                found += ["--tmpfs", mount.inside]
            else:
                bind = "--bind" if mount.is_writable else "--ro-bind"
                found += [bind, str(mount.outside), mount.inside]
        for name, value in {**self.image.environment, **self.environment}.items():
            found += ["--setenv", name, value]
        return [*found, "--remount-ro", "/", "--chdir", self.image.folder, "--", *command]

    def start(self) -> "Container":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._arguments(self.command), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        return self

    def run(self, command: list[str] | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, in a container like this one: `exec`, a probe, a task."""
        return subprocess.run(
            self._arguments(command or self.command), check=False, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=240,
        )  # fmt: skip

    def first_process(self) -> psutil.Process | None:
        """Process 1 of the container, as this machine has it; none before it is there."""
        assert self.process
        try:
            children = psutil.Process(self.process.pid).children()
        except psutil.NoSuchProcess:
            return None
        return children[0] if children else None

    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def signal(self, number: int) -> None:
        """Signal process 1, unless the container has ended."""
        assert self.process
        found = eventually(lambda: self.first_process() or self.exit_code() is not None, 30)
        if isinstance(found, psutil.Process):
            found.send_signal(number)

    def stop(self, grace: float) -> int:
        """SIGTERM, and SIGKILL when the grace period, in seconds, is over; give the exit code."""
        assert self.process
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(grace)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(30)
            return -signal.SIGKILL
