"""Manifests compared with the models of Kubernetes' API, as its Python client has them."""

import re
from collections.abc import Callable
from typing import Any

from kubernetes import client

_PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float)}
_NOT_MODELS = ("object", "datetime", "date", "file")


def model_of(manifest: dict[str, Any]) -> str:
    """Name the model of a manifest by its kind and the version of its API."""
    version = manifest["apiVersion"].rpartition("/")[2]
    return f"{version[0].upper()}{version[1:]}{manifest['kind']}"


def problems(value: Any, model: str, where: str) -> list[str]:
    """Say what of a value doesn't agree with a model: unknown, of another type, or missing."""
    if listed := re.fullmatch(r"list\[(.*)\]", model):
        return _of_each(value, list, lambda: enumerate(value), listed[1], where)
    if mapped := re.fullmatch(r"dict[\[(]str, (.*)[\])]", model):
        return _of_each(value, dict, lambda: value.items(), mapped[1], where)  # noqa: PLW0108 - it may be none
    if model in _PLAIN:
        is_flag = isinstance(value, bool) and model != "bool"
        return [] if isinstance(value, _PLAIN[model]) and not is_flag else [f"{where}: {value!r}"]
    return [] if model in _NOT_MODELS else _of_object(value, model, where)


def _of_each(value: Any, kind: type, parts: Callable[[], Any], model: str, where: str) -> list[str]:
    if not isinstance(value, kind):
        return [f"{where} is no {kind.__name__}"]
    return [x for key, part in parts() for x in problems(part, model, f"{where}[{key}]")]


def _of_object(value: Any, model: str, where: str) -> list[str]:
    known = getattr(client, model)
    if not isinstance(value, dict):
        return [f"{where} is no {model}"]
    names = {there: here for here, there in known.attribute_map.items()}
    found = [f"{where}.{name} is unknown to {model}" for name in value if name not in names]
    for name in value.keys() & names.keys():
        if value[name] is not None:
            found += problems(value[name], known.openapi_types[names[name]], f"{where}.{name}")
    try:  # the models refuse what is missing
        known(**{here: value.get(there) for there, here in names.items()})
    except ValueError as error:
        found.append(f"{where}: {error}")
    return found


def not_restricted(pod: dict[str, Any]) -> list[str]:
    """Say what of a pod's spec the Pod Security Standard "restricted" would refuse."""
    found = []
    shared = pod.get("securityContext", {})
    if not shared.get("runAsNonRoot") or shared.get("seccompProfile", {}).get("type") not in (
        "RuntimeDefault", "Localhost",
    ):  # fmt: skip
        found.append("the pod")
    safe = {"net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_port_range"}
    if {one["name"] for one in shared.get("sysctls", [])} - safe:
        found.append("sysctls")
    if any(pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC")):
        found.append("the host's namespaces")
    allowed = {"configMap", "emptyDir", "projected", "secret", "downwardAPI", "name"}
    found += [f"volume {one['name']}" for one in pod.get("volumes", []) if set(one) - allowed]
    for container in (*pod["containers"], *pod.get("initContainers", [])):
        own = container.get("securityContext", {})
        if (
            own.get("allowPrivilegeEscalation") is not False
            or own.get("capabilities", {}).get("drop") != ["ALL"]
            or own.get("capabilities", {}).get("add")
            or own.get("privileged")
            or own.get("runAsNonRoot") is False
            or own.get("runAsUser") == 0
            or any("hostPort" in port for port in container.get("ports", []))
        ):
            found.append(f"container {container['name']}")
    return found
