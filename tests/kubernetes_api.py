"""The part of Kubernetes' API that dagster-k8s asks, over TLS, with the rights of the manifests."""

import http.server
import json
import re
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

PATH = re.compile(
    r"/apis?(?:/(?P<group>batch))?/v1/namespaces/maint/(?P<kind>jobs|pods|events)"
    r"(?:/(?P<name>[\w-]+))?(?:/(?P<part>status|log))?"
)
VERBS = {"POST": "create", "DELETE": "delete", "PATCH": "patch"}
STATUS = {"kind": "Status", "apiVersion": "v1", "metadata": {}}


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for loopback; give it and its key."""
    made, key = folder / "ca.crt", folder / "api.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=api", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", made],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


class Api:
    """A server on loopback that keeps jobs; the cluster runs and ends their pods."""

    def __init__(self, cluster: Any, folder: Path) -> None:
        self.cluster, self.refused = cluster, list[str]()
        made, key = certificate(folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method: str, address: str, token: str, body: Any) -> tuple[int, Any]:
        """Answer a request: an HTTP status, and an object."""
        path = urlsplit(address)
        found = PATH.fullmatch(path.path)
        if not found:
            return 404, STATUS
        verb = VERBS.get(method) or ("get" if found["name"] else "list")
        kind = found["kind"] + (f"/{found['part']}" if found["part"] else "")
        if not self.cluster.may(token, found["group"] or "", kind, verb):
            self.refused.append(f"{verb} {kind}")
            return 403, {**STATUS, "reason": "Forbidden", "code": 403}
        if verb == "list":
            wanted = parse_qs(path.query).get("labelSelector", [""])[0]
            labels = dict([wanted.split("=", 1)] if wanted else [])
            items = self.cluster.listed(found["kind"], labels)
            return 200, {"kind": "List", "apiVersion": "v1", "metadata": {}, "items": items}
        return self._about_one(verb, found["kind"], found["name"], body)

    def _about_one(self, verb: str, kind: str, name: str, body: Any) -> tuple[int, Any]:
        if verb == "create":
            return 201, self.cluster.create_job(body)
        known = self.cluster.found(kind, name)
        if known is None:
            return 404, {**STATUS, "reason": "NotFound", "code": 404}
        if verb == "delete":
            self.cluster.delete(kind, name)
        return 200, known

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(api: Api) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"null")
            token = self.headers.get("Authorization", "").partition(" ")[2]
            status, found = api.answer(self.command, self.path, token, body)
            written = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        do_GET = do_POST = do_DELETE = do_PATCH = answer

        def log_message(self, *arguments: Any) -> None: ...

    return Handler
