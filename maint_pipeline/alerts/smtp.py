"""A mail server that has as long for its answers as RFC 5321 gives it, and no longer.

smtplib's own limit is for each piece of an answer that arrives, so a server that sends one byte
now and then is waited for without end. What a message is, is mail.py's.
"""

from __future__ import annotations

import io
import smtplib
import socket
import ssl
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_SECONDS = 30.0

ANSWER_SECONDS = 300.0
"""For a whole answer: RFC 5321, 4.5.3.2, gives a server five minutes for most commands."""

ACCEPTANCE_SECONDS = 600.0
"""For the answer to a whole message: ten minutes there; giving up sooner sends copies."""

LEAVE_SECONDS = 5.0
"""For the answer to our good-bye, which changes nothing."""


class Server(smtplib.SMTP):
    """A connection to a mail server.

    Args:
        host: name or address.
        port: where it listens; 0 for the usual one.
        tls: how to encrypt from the first byte on; None to begin in clear.

    Attributes:
        is_handed_over: whether it has a whole message that it has not answered yet.

    Raises:
        OSError: it can't be reached.
        smtplib.SMTPException: it doesn't greet as it should.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None = None) -> None:
        self.is_handed_over = False
        self._tls = tls
        self._patience = ANSWER_SECONDS
        self._answers: _Answers | None = None
        if tls:
            self.default_port = smtplib.SMTP_SSL_PORT
        super().__init__(host, port, timeout=CONNECT_SECONDS)

    def leave(self) -> None:
        """Say good-bye where nothing is left to be answered, and close."""
        self._patience = LEAVE_SECONDS
        with suppress(smtplib.SMTPException, OSError):
            if self.sock and not self.is_handed_over:
                self.quit()
        self.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened = socket.create_connection((host, port), timeout, self.source_address)
        return self._tls.wrap_socket(opened, server_hostname=host) if self._tls else opened

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        """Send a command, or a message with the dot that ends it."""
        if self.sock:
            self.sock.settimeout(self._patience)
        super().send(s)
        self.is_handed_over = isinstance(s, bytes) and s.endswith(b"\r\n.\r\n")

    def getreply(self) -> tuple[int, bytes]:
        """Read a whole answer within its time; see smtplib."""
        if self.file is None and self.sock:
            # Also after STARTTLS: what came in clear before is not believed.
            self._answers = _Answers(self.sock)
            self.file = io.BufferedReader(self._answers)
        if self._answers:
            self._answers.wait(ACCEPTANCE_SECONDS if self.is_handed_over else self._patience)
        reply = super().getreply()
        self.is_handed_over = False
        return reply


class _Answers(io.RawIOBase):
    """What a socket receives, each answer until a moment."""

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self.wait(0)

    def wait(self, seconds: float) -> None:
        """Give the next answer so long."""
        self._seconds = seconds
        self._deadline = monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        left = self._deadline - monotonic()
        # A steady stream of bytes would never time out.
        if left > 0:
            self._source.settimeout(left)
            with suppress(TimeoutError):
                return self._source.recv_into(buffer)
        raise TimeoutError(f"timed out: no whole answer within {self._seconds:g} seconds")
