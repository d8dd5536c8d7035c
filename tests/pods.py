"""Pods in small: their containers run in bubblewrap, with the volumes that their spec names."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.containers import Container, Image, Mount


@dataclass(frozen=True)
class Node:
    """What pods find where they run.

    Attributes:
        folder: for their files.
        images: by the beginning of their names.
        data: gives the data of a ConfigMap or Secret, by kind and name.
        mounts: that every container gets beside its spec, and
        variables: likewise: what a cluster's network would give.
    """

    folder: Path
    images: dict[str, Image]
    data: Callable[[str, str], dict[str, str]]
    mounts: list[Mount]
    variables: dict[str, str]


class Pod:
    """A pod of a Deployment or a Job.

    Args:
        name: of the pod; its folder has that name.
        labels: of the pod.
        spec: as Kubernetes has it.
        node: where it runs.
    """

    def __init__(self, name: str, labels: dict[str, str], spec: dict[str, Any], node: Node) -> None:
        self.name, self.labels, self.spec, self.node = name, labels, spec, node
        self.folder = node.folder / name
        while self.folder.exists():  # of a pod of that name that is deleted
            self.folder = self.folder.with_name(f"{self.folder.name}_")
        self.folder.mkdir()
        self.volumes = {volume["name"]: self._volume(volume) for volume in spec["volumes"]}
        self.containers = [self._container(one) for one in spec["containers"]]
        self.is_deleted = False
        self.begun = threading.Event()
        threading.Thread(target=self._work, daemon=True).start()

    def _volume(self, volume: dict[str, Any]) -> Path:
        folder = self.folder / "volumes" / volume["name"]
        folder.mkdir(parents=True)
        sources = [volume]
        mode = (volume.get("secret") or volume.get("projected") or {}).get("defaultMode", 0o644)
        if "projected" in volume:
            sources = volume["projected"]["sources"]
        for source in sources:
            for path, text in self._files(source).items():
                file = folder / path
                file.parent.mkdir(exist_ok=True)
                file.write_text(text)
                file.chmod(mode)
        return folder

    def _files(self, source: dict[str, Any]) -> dict[str, str]:
        if "serviceAccountToken" in source:
            return {source["serviceAccountToken"]["path"]: f"of {self.spec['serviceAccountName']}"}
        if "downwardAPI" in source:
            (item,) = source["downwardAPI"]["items"]
            assert item["fieldRef"] == {"fieldPath": "metadata.namespace"}
            return {item["path"]: "maint"}
        kind = "secret" if "secret" in source else "configMap"
        if kind not in source:
            return {}
        named = source[kind]
        data = self.node.data(kind, named.get("name") or named["secretName"])
        items = named.get("items", [{"key": key, "path": key} for key in data])
        return {item["path"]: data[item["key"]] for item in items}

    def _container(self, one: dict[str, Any]) -> Container:
        mounts, variables = list(self.node.mounts), dict(self.node.variables)
        for mount in one["volumeMounts"]:
            outside = self.volumes[mount["name"]] / mount.get("subPath", "")
            mounts.append(Mount(mount["mountPath"], outside, not mount.get("readOnly")))
        for source in one.get("envFrom", []):
            variables |= self.node.data("configMap", source["configMapRef"]["name"])
        variables |= {pair["name"]: pair["value"] for pair in one.get("env", [])}
        (image,) = (
            made for name, made in self.node.images.items() if one["image"].startswith(name)
        )
        own, whole = one["securityContext"], self.spec["securityContext"]
        return Container(
            one["name"], image, [*one.get("command", []), *one.get("args", [])], variables, mounts,
            self.folder / f"{one['name']}.log",
            tuple(own.get(key, whole[key]) for key in ("runAsUser", "runAsGroup")),
        )  # fmt: skip

    def _work(self) -> None:
        try:
            self._start()
        finally:
            self.begun.set()
        for container in self.containers:  # bubblewrap ends with the thread that started it
            if container.process:
                container.process.wait()

    def _start(self) -> None:
        for one in self.spec.get("initContainers", []):
            first = self._container(one)
            answer = first.run()
            first.log.write_text(answer.stdout + answer.stderr)
            if answer.returncode:
                return
        if not self.is_deleted:
            for container in self.containers:
                container.start()

    def is_ready(self) -> bool:
        """Whether the readiness probes that are commands say so."""
        for container, one in zip(self.containers, self.spec["containers"], strict=True):
            self.problem = f"{container.name} does not run"
            if container.process is None or container.exit_code() is not None:
                return False
            if command := one.get("readinessProbe", {}).get("exec", {}).get("command"):
                answer = container.run(command)
                self.problem = answer.stdout + answer.stderr
                if answer.returncode:
                    return False
        return True

    def exit_codes(self) -> list[int | None]:
        """Of its containers; None while one runs, or has not begun."""
        self.begun.wait(240)
        return [1 if c.process is None else c.exit_code() for c in self.containers]

    def delete(self) -> None:
        """As Kubernetes does: SIGTERM, and in the background SIGKILL after the grace period."""
        self.is_deleted = True
        grace = self.spec.get("terminationGracePeriodSeconds", 30)
        ending = [
            threading.Thread(target=container.stop, args=[grace], daemon=True)
            for container in self.containers if container.exit_code() is None and container.process
        ]  # fmt: skip
        for thread in ending:
            thread.start()
        self.ending = ending

    def logs(self) -> str:
        return "\n".join(file.read_text() for file in sorted(self.folder.glob("*.log")))
