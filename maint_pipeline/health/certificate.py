"""When the certificate of a PostgreSQL server ends, as a client sees it."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Iterator
from datetime import UTC, datetime

from maint_pipeline.errors import MaintError

_SECONDS = 5.0
_SSL_REQUEST = struct.pack("!II", 8, 80877103)
_UTC_TIME, _EXPLICIT_VERSION = 0x17, 0xA0
_LONG_LENGTH = 0x80


class CertificateError(MaintError):
    """The server's certificate can't be seen."""


def certificate_end(host: str, port: int) -> datetime:
    """Ask a server for its certificate, and say when that ends.

    Nothing is sent but the request for TLS, and nobody is trusted: the certificate is only read.

    Args:
        host: name or address of the server.
        port: of it.

    Raises:
        CertificateError: it speaks no TLS, or can't be reached or understood.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with socket.create_connection((host, port), timeout=_SECONDS) as plain:
            plain.sendall(_SSL_REQUEST)
            if plain.recv(1) != b"S":
                raise CertificateError("the server speaks no TLS: ssl_off is about that")
            with context.wrap_socket(plain) as secured:
                certificate = secured.getpeercert(binary_form=True)
    except OSError as error:
        raise CertificateError(f"the server's certificate can't be asked for: {error}") from None
    return end_of(certificate or b"")


def end_of(certificate: bytes) -> datetime:
    """Read when a certificate ends.

    Args:
        certificate: X.509, in DER.

    Raises:
        CertificateError: it is none.
    """
    try:
        ((_, whole),) = _elements(certificate)
        (_, signed), *_ = _elements(whole)
        parts = [each for each in _elements(signed) if each[0] != _EXPLICIT_VERSION]
        # Serial number, algorithm, issuer, validity.
        _, (kind, ends_at) = _elements(parts[3][1])
        text = ends_at.decode("ascii")
        if kind == _UTC_TIME:
            text = ("19" if int(text[:2]) >= 50 else "20") + text  # noqa: PLR2004 (RFC 5280)
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except (ValueError, IndexError, UnicodeError) as error:
        raise CertificateError(f"the server's certificate can't be read: {error}") from None


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the elements of a DER sequence: tag and content."""
    position = 0
    while position < len(content):
        tag, length = content[position], content[position + 1]
        position += 2
        if length >= _LONG_LENGTH:
            digits = length - _LONG_LENGTH
            length = int.from_bytes(content[position : position + digits])
            position += digits
        yield tag, content[position : position + length]
        position += length
