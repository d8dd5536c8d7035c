"""A cluster of one test: Kubernetes' objects as kubectl makes them, with pods that are processes.

It keeps to the manifests' rights and to the standard that the namespace demands. It has no
scheduler and no network policies, and its ports are others than a real one's.
"""

from pathlib import Path
from typing import Any

import yaml

from tests.containers import Image, Mount, bare_root
from tests.dev import eventually
from tests.elsewhere import Ports
from tests.kubernetes_api import Api
from tests.kubernetes_models import model_of, not_restricted, problems
from tests.pods import Node, Pod


class Cluster:
    """A cluster with nothing in it.

    Args:
        folder: for the files of its pods; empty.
        image: of our own containers.
    """

    def __init__(self, folder: Path, image: Image) -> None:
        self.objects: dict[tuple[str, str], dict[str, Any]] = {}
        self.pods: dict[str, Pod] = {}
        self.complaints: list[str] = []
        elsewhere = Ports()
        self.ports, self.here = elsewhere.of, elsewhere.here
        self.api = Api(self, folder)
        nginx = Image(bare_root(folder / "nginx"), {"PATH": "/usr/sbin:/usr/bin"})
        (folder / "hosts").write_text("127.0.0.1 localhost maint-code\n")
        self.node = Node(
            folder, {"registry.": image, "nginx:": nginx}, self._data,
            [Mount("/etc/hosts", folder / "hosts")],
            {"KUBERNETES_SERVICE_HOST": "127.0.0.1",
             "KUBERNETES_SERVICE_PORT": str(self.api.port)},
        )  # fmt: skip
        self._keep("ConfigMap", "kube-root-ca.crt", {"ca.crt": (folder / "ca.crt").read_text()})

    # What kubectl does.

    def kubectl(self, words: list[str], folder: Path) -> str:
        """Carry out a command of kubectl's, in a folder; give what it prints."""
        verb, *rest = words[2:] if words[0] == "-n" else words
        return getattr(self, f"_{verb}")(rest, folder) or ""

    def _apply(self, words: list[str], folder: Path) -> None:
        for file in (word for word in words if word != "-f"):
            for manifest in yaml.safe_load_all(self.here((folder / file).read_text())):
                kind, name = manifest["kind"], manifest["metadata"]["name"]
                self.complaints += problems(manifest, model_of(manifest), name)
                self.objects[kind, name] = manifest
                if kind == "Deployment":
                    self._end(f"{name}-")
                    for number in range(manifest["spec"]["replicas"]):
                        self._pod(f"{name}-{number}", manifest)
                elif kind == "Job":
                    self._pod(name, manifest)

    def _create(self, words: list[str], folder: Path) -> None:
        plain = [word for word in words if not word.startswith("-")]
        options = [word.partition("=")[::2] for word in words if word.startswith("-")]
        kind, name = {"configmap": "ConfigMap", "secret": "Secret"}[plain[0]], plain[-1]
        data = {}
        for option, value in options:
            key, _, path = value.rpartition("=")
            named = {"--cert": "tls.crt", "--key": "tls.key"}.get(option, key)
            place = folder / path
            for file in sorted(place.iterdir()) if place.is_dir() else [place]:
                if file.is_file():
                    data[named or file.name] = self.here(file.read_text())
        assert data and (kind, name) not in self.objects, name
        self._keep(kind, name, data)

    def _keep(self, kind: str, name: str, data: dict[str, str]) -> None:
        self.objects[kind, name] = {"kind": kind, "metadata": {"name": name}, "data": data}

    def _wait(self, words: list[str], folder: Path) -> None:
        name = words[-1].partition("/")[2] if "/" in words[-1] else words[1].partition("/")[2]
        codes = eventually(lambda: None not in (c := self.pods[name].exit_codes()) and c, 240)
        assert codes == [0], (codes, self.pods[name].logs())

    def _rollout(self, words: list[str], folder: Path) -> None:
        for word in words[1:]:
            for pod in self.of(f"{word.partition('/')[2]}-"):
                self._wait_until_ready(pod)

    def _wait_until_ready(self, pod: Pod) -> None:
        try:
            eventually(pod.is_ready, seconds=240, every=1)
        except AssertionError:
            raise AssertionError(f"{pod.name}: {pod.problem}\n{pod.logs()}") from None

    def _delete(self, words: list[str], folder: Path) -> None:
        kind = {"secret": "Secret", "job": "Job"}[words[0]]
        for name in words[1:]:
            del self.objects[kind, name]
            if kind == "Job":
                self.pods.pop(name).delete()

    def _get(self, words: list[str], folder: Path) -> None:
        """Asked for the pods of runs that work, somebody looks again until there is none."""
        assert words[:3] == ["pods", "-l", "app=maint-run"]

        def none_works() -> bool:
            runs = [pod for pod in self.of("") if pod.labels.get("app") == "maint-run"]
            return all(None not in pod.exit_codes() for pod in runs)

        eventually(none_works, seconds=240)

    def _scale(self, words: list[str], folder: Path) -> None:
        replicas = int(words[-1].partition("=")[2])
        for word in words[:-1]:
            name = word.partition("/")[2]
            self._end(f"{name}-")
            for number in range(replicas):
                self._pod(f"{name}-{number}", self.objects["Deployment", name])

    def _exec(self, words: list[str], folder: Path) -> str:
        pod = self.of(f"{words[0].partition('/')[2]}-")[0]
        answer = pod.containers[0].run(words[words.index("--") + 1 :])
        return answer.stdout + answer.stderr

    # Its pods.

    def of(self, beginning: str) -> list[Pod]:
        """The pods whose names begin so and are not deleted."""
        return [p for n, p in self.pods.items() if n.startswith(beginning) and not p.is_deleted]

    def _end(self, beginning: str) -> None:
        for pod in self.of(beginning):
            pod.delete()
            for thread in pod.ending:
                thread.join()

    def _pod(self, name: str, owner: dict[str, Any]) -> None:
        template = owner["spec"]["template"]
        self.complaints += [f"{name}: {x}" for x in not_restricted(template["spec"])]
        labels = {**template["metadata"].get("labels", {}), "job-name": owner["metadata"]["name"]}
        self.pods[name] = Pod(name, labels, {"volumes": [], **template["spec"]}, self.node)

    def _data(self, kind: str, name: str) -> dict[str, str]:
        return self.objects[kind[0].upper() + kind[1:], name]["data"]

    # What its API answers.

    def may(self, token: str, group: str, kind: str, verb: str) -> bool:
        """Whether the account of a token has a right, by its roles."""
        account = token.removeprefix("of ")
        roles = [
            self.objects["Role", o["roleRef"]["name"]]
            for (known, _), o in self.objects.items()
            if known == "RoleBinding" and account in [s["name"] for s in o["subjects"]]
        ]
        return any(
            group in rule["apiGroups"] and kind in rule["resources"] and verb in rule["verbs"]
            for role in roles for rule in role["rules"]
        )  # fmt: skip

    def create_job(self, job: dict[str, Any]) -> dict[str, Any]:
        name = job["metadata"]["name"]
        self.complaints += problems(job, "V1Job", name)
        self.objects["Job", name] = job
        self._pod(name, job)
        return job

    def found(self, kind: str, name: str) -> dict[str, Any] | None:
        if kind == "pods":
            return self._described(name) if name in self.pods else None
        if ("Job", name) not in self.objects:
            return None
        codes = self.pods[name].exit_codes()
        ended = None not in codes
        status = {"active": int(not ended), "failed": int(ended and any(codes)),
                  "succeeded": int(ended and not any(codes))}  # fmt: skip
        return {**self.objects["Job", name], "status": status}

    def listed(self, kind: str, labels: dict[str, str]) -> list[dict[str, Any]]:
        if kind != "pods":
            return []
        return [
            self._described(name) for name, pod in self.pods.items()
            if labels.items() <= pod.labels.items() and not pod.is_deleted
        ]  # fmt: skip

    def _described(self, name: str) -> dict[str, Any]:
        pod = self.pods[name]
        ended = None not in pod.exit_codes()
        return {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": name, "labels": pod.labels},
                "status": {"phase": "Failed" if ended else "Running"}}  # fmt: skip

    def delete(self, kind: str, name: str) -> None:
        """A Job that is deleted by the API leaves its pods, unless asked otherwise."""
        if kind == "jobs":
            del self.objects["Job", name]
        else:
            self.pods[name].delete()

    def close(self) -> None:
        self._end("")
        self.api.close()
