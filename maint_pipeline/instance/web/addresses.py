"""Hosts and origins: reading them from headers and settings, and which of them are ours.

Names are compared exactly, apart from upper case. Nothing is resolved, and no other spelling of an
address (a trailing dot, 127.1, a user in front) is understood: only our own spelling is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from maint_pipeline.errors import ConfigurationError

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
_HOST = r"(?P<name>[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?"
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Host(NamedTuple):
    """A host as a Host header names it.

    Attributes:
        name: in lower case.
        port: None for the scheme's own in a header, for any one in `Ours`.
    """

    name: str
    port: int | None

    def __str__(self) -> str:
        """Write it as a Host header does."""
        return self.name if self.port is None else f"{self.name}:{self.port}"


class Origin(NamedTuple):
    """Where a page comes from, as browsers send it."""

    scheme: str
    name: str
    port: int

    def __str__(self) -> str:
        """Write it as browsers do."""
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.name}{port}"


def parse_host(text: str) -> Host | None:
    """Read a host with or without a port.

    Returns:
        The host in lower case; None where it is not one. What is returned is safe to print.
    """
    # Only ASCII: some other letters become ASCII ones in lower case.
    found = re.fullmatch(_HOST, text.lower()) if text.isascii() else None
    return Host(found["name"], int(found["port"]) if found["port"] else None) if found else None


def parse_origin(text: str) -> Origin | None:
    """Read an origin.

    Returns:
        The origin with its port; None where it is none of the web (such as `null`). What is
        returned is safe to print.
    """
    scheme, _, rest = text.partition("://")
    host = parse_host(rest)
    if scheme not in _DEFAULT_PORTS or host is None:
        return None
    return Origin(scheme, host.name, host.port or _DEFAULT_PORTS[scheme])


@dataclass(frozen=True)
class Ours:
    """The names under which the web server may be called.

    Attributes:
        hosts: what a Host header may say.
        ui: the origin that users see, if `MAINT_UI_URL` is set.
    """

    hosts: frozenset[Host]
    ui: Origin | None = None

    @classmethod
    def of(cls, port: int, *, ui_url: str | None, allowed_hosts: str | None) -> Ours:
        """Gather the names: loopback with our port, the UI's address, and what is allowed besides.

        Args:
            port: on which the server listens.
            ui_url: `MAINT_UI_URL`.
            allowed_hosts: `MAINT_ALLOWED_HOSTS`, hosts separated by commas.

        Raises:
            ConfigurationError: a setting holds something else; the message names the setting.
        """
        hosts = {Host(name, port) for name in LOOPBACK_NAMES}
        ui = _ui_origin(ui_url) if ui_url else None
        if ui:
            hosts.add(Host(ui.name, ui.port))
        for text in filter(None, (part.strip() for part in (allowed_hosts or "").split(","))):
            host = parse_host(text)
            if host is None:
                raise ConfigurationError(
                    "MAINT_ALLOWED_HOSTS: write host names separated by commas, with a port where "
                    "only that one is meant, such as dagster.example.com,10.0.0.5:8080."
                )
            hosts.add(host)
        return cls(frozenset(hosts), ui)

    def has_host(self, host: Host) -> bool:
        """Return whether a Host header may name this host."""
        # Without a port, a browser means its scheme's; a proxy may have ended TLS.
        ports = (80, 443, None) if host.port is None else (host.port, None)
        return any(Host(host.name, port) in self.hosts for port in ports)

    def has_origin(self, origin: Origin, host: Host) -> bool:
        """Return whether a page of this origin is our own.

        Args:
            origin: of the page.
            host: that the page calls, one of ours.
        """
        if origin == self.ui:
            return True
        # The UI's own address is known with its scheme: http://name is no part of https://name.
        if self.ui and host.name == self.ui.name and host.port in (None, self.ui.port):
            return False
        return (origin.name, origin.port) == (
            host.name,
            host.port or _DEFAULT_PORTS[origin.scheme],
        )


def _ui_origin(url: str) -> Origin:
    try:
        parts = urlsplit(url)
        origin = parse_origin(f"{parts.scheme}://{parts.netloc.lower()}")
    except ValueError:
        origin = None
    if origin is None:
        raise ConfigurationError(
            "MAINT_UI_URL: write the address of the Dagster UI, such as https://dagster.example.com."
        )
    return origin
