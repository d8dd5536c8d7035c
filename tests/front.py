"""The front of deploy/nginx as it stands, before real web servers of Dagster, on free ports."""

import os
import shutil
import socket
import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.dev import eventually, free_port

DEPLOY = Path(__file__).parents[1] / "deploy" / "nginx"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
OPERATORS, VIEWERS = "dagster.localhost", "dagster-view.localhost"
PASSWORD = "correct horse"
AUTHORIZATION = "Authorization: Basic " + b64encode(f"ada:{PASSWORD}".encode()).decode()


class Front:
    """A running nginx with our files."""

    def __init__(
        self, folder: Path, port: int, operators: int, viewers: int, oauth2: int | None
    ) -> None:
        self.port, self.plain_port = port, free_port()
        self.folder = folder
        _make_secrets(folder)
        for file in DEPLOY.rglob("*.conf"):
            (folder / "maint").mkdir(exist_ok=True)
            text = file.read_text()
            for old, new in self._replacements(operators, viewers, oauth2):
                text = text.replace(old, new)
            (folder / file.relative_to(DEPLOY)).write_text(text)
        (folder / "nginx.conf").write_text(_main(folder))
        self.command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-p", str(folder)]

    def _replacements(self, operators: int, viewers: int, oauth2: int | None):
        """What an administrator edits, and the ports, which are others here."""
        yield "/etc/nginx/maint/", f"{self.folder}/maint/"
        yield "dagster.example.com;", f"{OPERATORS};"
        yield "dagster-view.example.com", VIEWERS
        yield "dagster.example.com dagster-view", f"{OPERATORS} dagster-view"
        for name in (OPERATORS, VIEWERS):
            yield f"$maint_origin https://{name};", f"$maint_origin https://{name}:{self.port};"
        yield "listen 443", f"listen 127.0.0.1:{self.port}"
        yield "listen 80", f"listen 127.0.0.1:{self.plain_port}"
        yield "127.0.0.1:3000", f"127.0.0.1:{operators}"
        yield "127.0.0.1:3001", f"127.0.0.1:{viewers}"
        if oauth2:
            yield "maint/login-basic.conf", "maint/login-oauth2.conf"
            yield "127.0.0.1:4180", f"127.0.0.1:{oauth2}"

    def address(self, name: str = OPERATORS) -> str:
        return f"https://{name}:{self.port}"

    def connect(self, name: str = OPERATORS, seconds: float = 60) -> ssl.SSLSocket:
        """Open a TLS connection, with a server's name."""
        context = ssl.create_default_context(cafile=self.folder / "maint/tls/fullchain.pem")
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        return context.wrap_socket(plain, server_hostname=name)

    def send(self, lines: list[str], body: str = "", name: str = OPERATORS) -> tuple[int, str, str]:
        """Send a request as it stands; give status, headers, body. Status 0: no answer.

        Args:
            lines: the request line and the headers; {us} is our Host, {address} our address.
            body: may be empty; with one, Content-Length is added unless the lines have a length.
            name: of the server.
        """
        text = "\r\n".join(lines).replace("{us}", f"Host: {name}:{self.port}")
        text = text.replace("{address}", self.address(name))
        if body and "length" not in text.lower() and "transfer" not in text.lower():
            text += f"\r\nContent-Length: {len(body)}"
        with self.connect(name) as connection:
            with suppress(OSError):  # refused before all of it was read: the answer says so
                connection.sendall(f"{text}\r\nConnection: close\r\n\r\n{body}".encode("latin-1"))
            answer = read_all(connection)
        head, _, rest = answer.partition("\r\n\r\n")
        return (int(head.split()[1]) if head else 0), head.lower(), rest


def read_all(connection: ssl.SSLSocket) -> str:
    """Read until the server closes the connection."""
    answer = b""
    with suppress(ConnectionResetError, ssl.SSLError):
        while more := connection.recv(65536):
            answer += more
    return answer.decode("latin-1")


def _make_secrets(folder: Path) -> None:
    tls = folder / "maint" / "tls"
    tls.mkdir(parents=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=maint", "-addext", f"subjectAltName=DNS:{OPERATORS},DNS:{VIEWERS}",
         "-keyout", tls / "privkey.pem", "-out", tls / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    for file, user in (("operators", "ada"), ("viewers", "vera"), ("viewers", "ada")):
        hashed = subprocess.run(
            ["openssl", "passwd", "-6", "-stdin"], check=True, capture_output=True,
            input=PASSWORD, text=True,
        ).stdout  # fmt: skip
        with (folder / "maint" / file).open("a") as passwords:
            passwords.write(f"{user}:{hashed}")


def _main(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""{user}
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log info;
events {{ worker_connections 512; }}
http {{
access_log {folder}/access.log;
{temporary}
include {folder}/maint.conf;
}}
"""


@contextmanager
def front(
    folder: Path,
    operators: int,
    viewers: int,
    *,
    oauth2: int | None = None,
    port: int | None = None,
) -> Iterator[Front]:
    """Run the front before two web servers of Dagster.

    Args:
        folder: for its files; empty.
        operators: port of the web server that can do everything.
        viewers: port of the read-only one.
        oauth2: port of an oauth2-proxy, which then is the login; None: passwords.
        port: where the front listens; None: any.
    """
    if NGINX is None:
        assert not os.environ.get("MAINT_TEST_REQUIRE_ALL"), "nginx is not installed"
        pytest.skip("nginx is not installed")
    made = Front(folder, port or free_port(), operators, viewers, oauth2)
    subprocess.run([*made.command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(made.command, stderr=subprocess.DEVNULL)

    def answers() -> bool:
        assert process.poll() is None, (folder / "error.log").read_text()
        try:
            made.connect().close()
        except OSError:
            return False
        return True

    try:
        eventually(answers)
        yield made
    finally:
        process.terminate()
        process.wait(timeout=30)
