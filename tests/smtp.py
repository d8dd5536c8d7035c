"""Real SMTP servers on loopback: one that behaves, with TLS and login, and some that don't."""

import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

PASSWORD = "s3cret-p@ss"


@dataclass
class Mailbox:
    """What a server has accepted.

    `answer` may refuse, per recipient or message; `accepted` is called before the server answers.
    """

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answer: Callable[[EmailMessage], str] = lambda mail: "250 taken"
    refused: set[str] = field(default_factory=set)
    logins: list[str] = field(default_factory=list)

    def url(self, scheme: str = "mailto", login: str = "", more: str = "") -> str:
        return (
            f"{scheme}://{login}127.0.0.1:{self.port}?from=maint@example.com&to=ops@example.com"
            f"{more}"
        )

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=default)
        answer = self.answer(mail)
        if answer.startswith("2"):
            self.mails.append(mail)
            self.recipients.append(list(envelope.rcpt_tos))
        return answer


@contextmanager
def mail_server(certificate: Path | None = None, tls: str = "") -> Iterator[Mailbox]:
    """A server that behaves. tls: "starttls" or "ssl"; then it wants a login too."""
    mailbox = Mailbox()

    def authenticate(server, session, envelope, mechanism, data):
        assert isinstance(data, LoginPassword)
        mailbox.logins.append(data.login.decode())
        return AuthResult(success=data.password.decode() == PASSWORD, handled=False)

    options: dict = {"decode_data": False}
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        options |= {"authenticator": authenticate, "auth_required": True}
        if tls == "ssl":
            options |= {"auth_require_tls": False, "ssl_context": context}
        else:
            options |= {"tls_context": context, "require_starttls": True}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        mailbox.port = probe.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    if tls == "ssl":
        # The controller greets itself to see whether it is up, but can't speak TLS.
        controller._trigger_server = lambda: greet(mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def greet(port: int) -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port), 5) as plain:
        with context.wrap_socket(plain) as connection:
            connection.recv(100)


def self_signed(folder: Path) -> Path:
    """A certificate that nobody vouches for, with its key."""
    file = folder / "server.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file,
         "-out", folder / "cert.pem", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (folder / "cert.pem").read_text())
    return file


@contextmanager
def bad_server(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each connection what `behave` says; gives its port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            behave(self.request)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def say(connection: socket.socket, *answers: str) -> None:
    """Answer one line of the client's with each of these, after a greeting."""
    connection.sendall(b"220 here\r\n")
    for answer in answers:
        if not connection.recv(65536):
            return
        connection.sendall(answer.encode() + b"\r\n")


def drops_in_data(connection: socket.socket) -> None:
    """Takes the beginning of the message, and is gone."""
    say(connection, "250 hello", "250 OK", "250 OK", "354 go on")
    connection.recv(10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


def accepts_then_dies(connection: socket.socket) -> None:
    """Accepts the message, and is gone before anybody says good-bye."""
    take(connection)
    connection.sendall(b"250 taken\r\n")
    connection.close()


def takes_and_closes(connection: socket.socket) -> None:
    """Takes the whole message, and is gone without an answer."""
    take(connection)
    connection.close()


def take(connection: socket.socket) -> None:
    """Have the client hand over a whole message."""
    say(connection, "250 hello", "250 OK", "250 OK", "354 go on")
    received = b""
    while not received.endswith(b"\r\n.\r\n"):
        more = connection.recv(65536)
        assert more, "gone before the end"
        received += more


@dataclass
class Dawdler:
    """Takes messages, and answers each only when the test says so. One `taken` for each message."""

    port: int = 0
    taken: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    answers: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    accepted: int = 0

    def behave(self, connection: socket.socket) -> None:
        take(connection)
        self.accepted += 1
        self.taken.release()
        self.answers.acquire()
        connection.sendall(b"250 taken\r\n")
        connection.recv(100)
        connection.sendall(b"221 bye\r\n")


@contextmanager
def dawdling_server() -> Iterator[Dawdler]:
    dawdler = Dawdler()
    with bad_server(dawdler.behave) as dawdler.port:
        yield dawdler
        dawdler.answers.release(100)


def drips(connection: socket.socket) -> None:
    """Greets with one byte now and then, and never comes to an end."""
    while not hangs_up(connection, 0.05):
        connection.sendall(b"2")


def drips_when_handed_over(connection: socket.socket) -> None:
    """Takes the whole message, and then says yes without end."""
    take(connection)
    while not hangs_up(connection, 0.05):
        connection.sendall(b"250-taken\r\n")


def hangs_up(connection: socket.socket, seconds: float) -> bool:
    """Whether the client closes the connection meanwhile."""
    connection.settimeout(seconds)
    try:
        return not connection.recv(65536)
    except TimeoutError:
        return False
    except OSError:
        return True
