"""The image of deploy/image, built here: each line of the Containerfile is carried out, as far as
that goes without a container runtime. The base is this machine's /usr and Python.
"""

import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.containers import BWRAP, Image, bare_root, base

ROOT = Path(__file__).parents[1]
CONTAINERFILE = ROOT / "deploy" / "image" / "Containerfile"
LOCK = "requirements-kubernetes.lock"
_OF_THE_BASE = (
    "passwd",
    "group",
    "shadow",
    "gshadow",
    "login.defs",
    "ld.so.cache",
    "nsswitch.conf",
)


def instructions() -> list[tuple[str, str]]:
    """The Containerfile's instructions, each with its arguments."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE.read_text(), flags=re.M).replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def wheels(folder: Path) -> Path:
    """Fetch what the lock names, with this machine's pip: the build itself has no network."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / LOCK], check=True, capture_output=True)
    # What builds our own package is not in the lock.
    subprocess.run([*pip, "setuptools>=77"], check=True, capture_output=True)
    return folder


class Build:
    """One build; a stage is a folder."""

    def __init__(self, folder: Path, fetched: Path) -> None:
        self.folder, self.fetched = folder, fetched
        self.stages: dict[str, Image] = {}
        self.arguments = {"LOCK": LOCK}
        self.image = Image(folder)

    def run(self) -> Image:
        for word, rest in instructions():
            getattr(self, f"_{word.lower()}")(rest)
        return self.image

    def _from(self, rest: str) -> None:
        python, _, name = rest.partition(" AS ")
        assert python.startswith("python:3.11-slim")
        root = bare_root(self.folder / f"stage{len(self.stages)}")
        for file in _OF_THE_BASE:
            if os.access(f"/etc/{file}", os.R_OK):
                shutil.copy(f"/etc/{file}", root / "etc" / file)
        self.image = Image(root, {"PATH": "/usr/local/bin:/usr/sbin:/usr/bin"})
        self.stages[name or "last"] = self.image

    def _arg(self, rest: str) -> None:
        self.arguments.setdefault(*rest.split("=", 1))

    def _env(self, rest: str) -> None:
        self.image.environment |= dict(pair.split("=", 1) for pair in shlex.split(rest))

    def _workdir(self, rest: str) -> None:
        self.image.folder = rest
        self._inside(rest).mkdir(parents=True, exist_ok=True)

    def _inside(self, path: str) -> Path:
        return self.image.root / (Path(self.image.folder) / path).relative_to("/")

    def _copy(self, rest: str) -> None:
        *sources, target = rest.split()
        if stage := re.match(r"--from=(\w+) ", rest):
            there = self.stages[stage[1]].root / sources[1].lstrip("/")
            there.rename(self._inside(target))  # nothing else needs that stage
            return
        for pattern in sources:
            for found in ROOT.glob(pattern):
                assert is_sent(found), found
                if found.is_dir():
                    kept = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(found, self._inside(target), ignore=kept)
                else:
                    shutil.copy(found, self._inside(target))

    def _run(self, rest: str) -> None:
        # Fetched before: a mirror of this machine's is nothing that a line should name.
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels", "HOME": "/tmp"}
        variables = {**self.image.environment, **self.arguments, **offline}
        options = [*base(self.image.root), "--unshare-net", "--clearenv"]
        options += ["--ro-bind", str(self.fetched), "/wheels", "--chdir", self.image.folder]
        for name, value in variables.items():
            options += ["--setenv", name, value]
        if os.geteuid() != 0:
            options += ["--unshare-user", "--uid", "0", "--gid", "0"]
            rest = rest.replace("install -d -o 10001 -g 10001", "install -d")  # there is one user
        answer = subprocess.run(
            [str(BWRAP), *options, "--", "sh", "-ec", rest], check=False, capture_output=True,
            text=True, timeout=600,
        )  # fmt: skip
        assert answer.returncode == 0, (rest, answer.stdout, answer.stderr)

    def _user(self, rest: str) -> None:
        user, group = rest.split(":")
        self.image.user = (int(user), int(group))

    def _cmd(self, rest: str) -> None:
        self.image.command = json.loads(rest)


def is_sent(path: Path) -> bool:
    """Whether .containerignore lets a file or folder of the repository into the build."""
    lines = (ROOT / ".containerignore").read_text().splitlines()
    assert lines[0] == "*"
    return any(path.relative_to(ROOT).match(line[1:]) for line in lines if line.startswith("!"))


def built_image(folder: Path) -> Image:
    """Build the image, once for all tests of a run.

    Args:
        folder: that all of them share.
    """
    with (folder / "image.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "image.json"
        if not made.exists():
            with_wheels = folder / "wheels"
            image = Build(folder / "image", wheels(with_wheels)).run()
            shutil.rmtree(with_wheels)
            made.write_text(json.dumps({**vars(image), "root": str(image.root)}))
        saved = json.loads(made.read_text())
    return Image(**{**saved, "root": Path(saved["root"]), "user": tuple(saved["user"])})
