"""deploy/compose without a container runtime: services run in bubblewrap (tests/containers.py).

Dagster's storage, an image of others, is a server that is there already.
"""

import shutil
import signal
from pathlib import Path

import yaml

from tests.containers import Container, Image, Mount, bare_root
from tests.dev import eventually
from tests.elsewhere import Ports

PATIENCE_SECONDS = 120
"""More than compose.yaml grants most services: what ignores SIGTERM is found all the same."""


class Composition:
    """A folder with compose.yaml, as somebody has it who followed the guide.

    Args:
        folder: with the files.
        image: of our own services.
    """

    def __init__(self, folder: Path, image: Image) -> None:
        self.folder = folder
        elsewhere = Ports()
        self.ports, self.here = elsewhere.of, elsewhere.here
        for file in ("compose.yaml", "workspace.yaml", "nginx/maint.conf"):
            (folder / file).write_text(self.here((folder / file).read_text()))
        self.file = yaml.safe_load((folder / "compose.yaml").read_text())
        nginx = Image(bare_root(folder / "nginx-root"), {"PATH": "/usr/sbin:/usr/bin"})
        self.images = {"${MAINT_IMAGE": image, "nginx:": nginx}
        (folder / "hosts").write_text("127.0.0.1 localhost code storage web\n")
        (folder / "volumes").mkdir()
        self.running: dict[str, Container] = {}

    def _container(self, name: str) -> Container:
        service = self.file["services"][name]
        (image,) = (i for n, i in self.images.items() if service["image"].startswith(n))
        mounts = [Mount("/etc/hosts", self.folder / "hosts")]
        mounts += [Mount(place) for place in service["tmpfs"]]
        for secret in service.get("secrets", []):
            file = self.folder / self.file["secrets"][secret]["file"]
            mounts.append(Mount(f"/run/secrets/{secret}", file))
        for volume in service.get("volumes", []):
            outside, inside, *mode = volume.split(":")
            if outside in self.file["volumes"]:
                place = self.folder / "volumes" / outside
                place.mkdir(exist_ok=True)
            else:
                place = self.folder / outside
            mounts.append(Mount(inside, place, "ro" not in mode))
        # Compose reads two dollars as one.
        command = [word.replace("$$", "$") for word in service["command"]]
        user = tuple(int(number) for number in service["user"].split(":"))
        return Container(name, image, command, service.get("environment", {}), mounts,
                         self.folder / f"{name}.log", user)  # fmt: skip

    # What docker compose does.

    def compose(self, words: list[str]) -> str:
        """Carry out a command of docker compose; give what it prints."""
        verb, *rest = (word for word in words if not word.startswith("--") or word == "--rm")
        return getattr(self, f"_{verb}")([word for word in rest if word != "--rm"]) or ""

    def _run(self, words: list[str]) -> str:
        answer = self._container(words[0]).run()
        assert answer.returncode == 0, answer.stdout + answer.stderr
        return answer.stdout

    def _up(self, words: list[str]) -> None:
        waiting = [name for name, one in self.file["services"].items()
                   if "profiles" not in one and name not in (*self.running, "storage")]  # fmt: skip
        while waiting:
            for name in [name for name in waiting if self._may_start(name)]:
                waiting.remove(name)
                self.running[name] = self._container(name).start()
                self._wait_until_healthy(name)

    def _may_start(self, name: str) -> bool:
        needed = self.file["services"][name].get("depends_on", {})
        return all(one in self.running for one in needed if one != "storage")

    def _wait_until_healthy(self, name: str) -> None:
        container = self.running[name]
        test = self.file["services"][name].get("healthcheck", {}).get("test")

        def healthy() -> bool:
            assert container.exit_code() is None, container.log.read_text()
            return not test or container.run(test[1:]).returncode == 0

        eventually(healthy, seconds=240, every=1)

    def _exec(self, words: list[str]) -> str:
        answer = self.running[words[0]].run(words[1:])
        return answer.stdout + answer.stderr

    def _stop(self, words: list[str]) -> None:
        for name in words:
            code = self.running.pop(name).stop(PATIENCE_SECONDS)
            assert code != -signal.SIGKILL, f"{name} does not end by SIGTERM"

    def close(self) -> None:
        for container in self.running.values():
            container.stop(20)
        shutil.rmtree(self.folder, ignore_errors=True)
