"""Mail: a message as MIME, handed to an SMTP server, so that its answer is known exactly."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, localtime
from typing import TYPE_CHECKING

from maint_pipeline.alerts.channels import (
    DeliveryError,
    Message,
    UnansweredError,
    without_secrets,
)
from maint_pipeline.alerts.smtp import Server
from maint_pipeline.errors import ConfigurationError

if TYPE_CHECKING:
    from apprise.plugins.email import NotifyEmail

_SENDER = "maint_pipeline"
_APPRISE_SENDER = "Apprise"


@dataclass(frozen=True)
class MailChannel:
    """Recipients, and the SMTP server that takes mail for them.

    Attributes:
        security: `insecure`, `starttls` or `ssl`.
        verify: whether the server's certificate has to be valid.
    """

    name: str
    host: str
    port: int
    security: str
    verify: bool
    user: str | None
    password: str | None
    sender: Address
    to: tuple[Address, ...]
    copies: tuple[str, ...] = ()
    blind_copies: tuple[str, ...] = ()

    @classmethod
    def from_apprise(cls, name: str, parsed: NotifyEmail) -> MailChannel:
        """Take a `mailto://` or `mailtos://` URL as Apprise understands it.

        Args:
            name: of the channel.
            parsed: Apprise's object.

        Raises:
            ConfigurationError: a password would cross the network in clear.
        """
        security = str(parsed.secure_mode)
        if parsed.password and security == "insecure" and not _is_loopback(parsed.smtp_host):
            raise ConfigurationError(
                f"MAINT_NOTIFY_URLS: {name} would send its password in clear to "
                f"{parsed.smtp_host}; write mailtos:// instead of mailto://"
            )
        return cls(
            name=name,
            host=parsed.smtp_host,
            port=int(parsed.port or 0),
            security=security,
            verify=parsed.verify_certificate,
            user=parsed.user,
            password=parsed.password,
            sender=_address(parsed.from_addr[0], parsed.from_addr[1]),
            to=tuple(_address(name, address) for name, address in parsed.targets),
            copies=tuple(sorted(parsed.cc)),
            blind_copies=tuple(sorted(parsed.bcc)),
        )

    def send(self, message: Message) -> str | None:
        """Hand a message to the server; see `channels.Channel.send`."""
        everybody = [*(to.addr_spec for to in self.to), *self.copies, *self.blind_copies]
        is_handed_over = False
        try:
            with self._server() as server:
                try:
                    refused = server.send_message(
                        self.mime(message), from_addr=self.sender.addr_spec, to_addrs=everybody
                    )
                finally:
                    is_handed_over = server.is_handed_over
        except (smtplib.SMTPException, OSError, ValueError) as error:
            if is_handed_over:
                words = f"the whole message was sent, and no answer came: {error}"
                raise UnansweredError(self._words(words)) from None
            raise DeliveryError(self._words(_answer(error))) from None
        return f"refused for: {', '.join(sorted(refused))}" if refused else None

    def mime(self, message: Message) -> EmailMessage:
        """Give a message as mail: plain text, the same as HTML, and its pictures inline."""
        mail = EmailMessage()
        mail["Subject"] = "".join(c if c.isprintable() else " " for c in message.subject)
        mail["From"] = self.sender
        mail["To"] = self.to
        if self.copies:
            mail["Cc"] = ", ".join(self.copies)
        mail["Date"] = format_datetime(localtime())
        digest = hashlib.sha256(f"{self.name} {message.key}".encode()).hexdigest()[:32]
        mail["Message-ID"] = f"<{digest}@{self.sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes, please
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        page = mail.get_payload(1)
        assert isinstance(page, EmailMessage)  # noqa: S101
        for name, picture in message.pictures.items():
            page.add_related(
                picture,
                "image",
                "png",
                cid=f"<{name}>",
                filename=f"{name}.png",
                disposition="inline",
            )
        return mail

    @contextmanager
    def _server(self) -> Iterator[Server]:
        """Give the server, greeted and logged in, and take leave of it."""
        context = ssl.create_default_context()
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        server = Server(self.host, self.port, context if self.security == "ssl" else None)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user and self.password:
                server.login(self.user, self.password)
            yield server
        finally:
            server.leave()

    def _words(self, words: str) -> str:
        secret = self.password or ""
        forms = [secret, base64.b64encode(secret.encode()).decode()]
        return f"{self.host}:{self.port}: {without_secrets(words, forms)}"


def _answer(error: Exception) -> str:
    words = str(error)
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        words = f"the server answered {error.smtp_code} {text}"
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        words = f"every recipient was refused: {', '.join(sorted(error.recipients))}"
    return f"{type(error).__name__}: {words}"


def _address(name: object, address: object) -> Address:
    shown = _SENDER if name == _APPRISE_SENDER else name or ""
    return Address(display_name=str(shown), addr_spec=str(address))


def _is_loopback(host: str) -> bool:
    try:
        addresses = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return all(ipaddress.ip_address(address).is_loopback for address in addresses)
