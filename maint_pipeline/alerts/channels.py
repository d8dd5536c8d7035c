"""Channels: where messages go, as MAINT_NOTIFY_URLS names them.

Mail is sent by mail.py, everything else by Apprise. Which notifications a channel receives is
decided in the database (database/sql/28_notifications.sql).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from maint_pipeline.errors import ConfigurationError, MaintError

if TYPE_CHECKING:
    import apprise

_ENTRY = re.compile(r"(?:(?P<name>[a-z][a-z0-9_-]{0,39})=)?(?P<url>[a-zA-Z][a-zA-Z0-9]*://\S+)")
_SEPARATOR = re.compile(r"[\s,]+(?=(?:[a-z][a-z0-9_-]*=)?[a-zA-Z][a-zA-Z0-9]*://)")
_SHORTEST_SECRET = 4
_LONGEST_PROBLEM = 300


class DeliveryError(MaintError):
    """A message was not accepted."""


class UnansweredError(DeliveryError):
    """A server got a message and did not answer: another attempt may deliver a copy."""


@dataclass(frozen=True)
class Message:
    """What a channel sends.

    Attributes:
        key: the same for the same message, so that a repetition can be recognised.
        subject: one line.
        text: plain text.
        html: the same as a page.
        pictures: PNG files by the name under which `html` shows them, as `cid:NAME`.
    """

    key: str
    subject: str
    text: str
    html: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)


class Channel(Protocol):
    """A way to send messages."""

    @property
    def name(self) -> str:
        """What the channel is called in MAINT_NOTIFY_URLS and in the database."""

    def send(self, message: Message) -> str | None:
        """Send a message.

        Args:
            message: what to send.

        Returns:
            What should be known of it although it was accepted, or None.

        Raises:
            DeliveryError: it was not accepted; the reason, without secrets.
            UnansweredError: it may have been.
        """


def parse_channels(urls: str) -> dict[str, Channel]:
    """Read MAINT_NOTIFY_URLS.

    Args:
        urls: `URL` or `NAME=URL`, separated by spaces or commas. Without a name it is called
            channel1, channel2 and so on, by its place.

    Returns:
        The channels by name.

    Raises:
        ConfigurationError: an entry is no URL that Apprise knows, a name is used twice, or a
            password would cross the network in clear. The message has no secret.
    """
    channels: dict[str, Channel] = {}
    for place, entry in enumerate(filter(None, _SEPARATOR.split(urls.strip())), start=1):
        match = _ENTRY.fullmatch(entry.strip(", "))
        if match is None:
            raise ConfigurationError(
                f"MAINT_NOTIFY_URLS: entry {place} is not written as URL or NAME=URL "
                "(name: lower-case letters, digits, - and _)"
            )
        name = match["name"] or f"channel{place}"
        if name in channels:
            raise ConfigurationError(f"MAINT_NOTIFY_URLS: the name {name} is used twice")
        channels[name] = _channel(name, match["url"])
    return channels


def _channel(name: str, url: str) -> Channel:
    # Imported here: it takes half a second, which only those who send should wait.
    import apprise  # noqa: PLC0415
    from apprise.plugins.email import NotifyEmail  # noqa: PLC0415

    from maint_pipeline.alerts.mail import MailChannel  # noqa: PLC0415

    scheme = url.partition("://")[0]
    with _captured(logging.WARNING) as log:
        service = apprise.Apprise.instantiate(url)
        # Apprise masks URLs but shows the first and the last letter of a password.
        lines = [line for line in log.getvalue().splitlines() if "://" not in line]
        reason = without_secrets(" ".join(lines), _parts(url))
    if service is None:
        raise ConfigurationError(
            f"MAINT_NOTIFY_URLS: {name} ({scheme}://...) is not a URL that Apprise can use; "
            f"https://appriseit.com lists them. {reason}"
        )
    if isinstance(service, NotifyEmail):
        return MailChannel.from_apprise(name, service)
    return AppriseChannel(name, url, service)


def _captured(level: int) -> AbstractContextManager[StringIO]:
    """Catch what Apprise logs: it names URLs with their secrets."""
    import apprise  # noqa: PLC0415

    captured: AbstractContextManager[StringIO] = apprise.LogCapture(level=level, fmt="%(message)s")  # type: ignore[no-untyped-call]
    return captured


class AppriseChannel:
    """A service that Apprise knows."""

    def __init__(self, name: str, url: str, service: apprise.NotifyBase) -> None:
        self.name = name
        self._service = service
        self._secrets = _parts(url)

    def send(self, message: Message) -> str | None:
        """Send a message's subject and text; see `Channel.send`."""
        with _captured(logging.WARNING) as log:
            try:
                accepted = self._service.notify(
                    body=message.text, title=message.subject, body_format="text"
                )
                problem = log.getvalue()
            except Exception as error:  # whatever a plugin of a hundred raises
                raise DeliveryError(self._without_secrets(repr(error))) from None
        if not accepted:
            raise DeliveryError(self._without_secrets(problem) or "the service did not accept it")
        return None

    def _without_secrets(self, text: str) -> str:
        return without_secrets(text, self._secrets)


def _parts(url: str) -> list[str]:
    """Give all of a URL that may be a secret: each service has them in another place."""
    return [unquote(part) for part in re.split(r"[:/?&=@#,]+", url)[1:]]


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Give a text on one line, shortened, with each secret replaced by ***.

    Args:
        text: what a server or a library said.
        secrets: what must not be in it; strings shorter than four characters are ignored.
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= _SHORTEST_SECRET:
            text = text.replace(secret, "***")
    return " ".join(text.split())[:_LONGEST_PROBLEM]
