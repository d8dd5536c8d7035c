"""Which requests are let in to Dagster's web application, and why others are not.

Dagster executes mutations sent by GET, takes any content type that contains `application/json`, and
answers any Host: a page that an operator merely opens could launch jobs. These are pure rules about
one request; applying them is `guard`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl

from maint_pipeline.instance.web.addresses import Host, Ours, parse_host, parse_origin

GRAPHQL = "/graphql"
_READING = ("GET", "HEAD")
_CLOSED = {
    "report_asset": "Asset events are recorded by runs only: start a job instead.",
    "notebook": "There are no notebooks here.",
    "dagit": "There are no notebooks here. The versions are at /server_info.",
}
_NOT_PAGES = ("/graphql", "/logs", "/download_debug")
"""What a link on another site may not open: it answers with data, not with the UI's page."""

_PARAMETER = r"[\w.+-]+=(?:[\w.+-]+|\"[\w.+-]*\")"
_JSON = re.compile(rf"application/json(?:[ \t]*;[ \t]*{_PARAMETER})*", re.ASCII)


@dataclass(frozen=True)
class Request:
    """What the rules look at.

    Attributes:
        method: in upper case; GET for a WebSocket's handshake.
        path: decoded, as the router sees it.
        query: the part of the URL after `?`, still encoded.
        headers: names in lower case, as often as they were sent.
    """

    method: str
    path: str
    query: str
    headers: Sequence[tuple[str, str]]

    def header(self, name: str) -> tuple[str, ...]:
        """Give every value of a header."""
        return tuple(value for key, value in self.headers if key == name)


class Refusal(NamedTuple):
    """Why a request is not let in.

    Attributes:
        rule: a word for it.
        reason: a sentence or two for people, safe to print, that say what to do.
    """

    rule: str
    reason: str


def refusal(request: Request, ours: Ours) -> Refusal | None:
    """Judge a request.

    Args:
        request: an HTTP request or a WebSocket's handshake.
        ours: the names under which the server may be called.

    Returns:
        Why it is refused; None where it is let in.
    """
    host, refused = _host(request, ours)
    if host is None:
        return refused
    return (
        _origin(request, host, ours)
        or _site(request)
        or _path(request)
        or _method(request)
        or _body(request)
    )


def _host(request: Request, ours: Ours) -> tuple[Host | None, Refusal | None]:
    """Another name may be an attacker's that leads here (DNS rebinding)."""
    sent = request.header("host")
    host = parse_host(sent[0]) if len(sent) == 1 else None
    if host is None:
        return None, Refusal("host", "The request needs exactly one Host header with a host name.")
    if not ours.has_host(host):
        reason = f"The host {host} is not ours. If it should be, add it to MAINT_ALLOWED_HOSTS."
        return None, Refusal("host", reason)
    return host, None


def _origin(request: Request, host: Host, ours: Ours) -> Refusal | None:
    sent = request.header("origin")
    if not sent:
        return None
    origin = parse_origin(sent[0]) if len(sent) == 1 else None
    if origin is None:
        return Refusal(
            "origin", "The page that sent this has no origin of the web. Open the UI itself."
        )
    if ours.has_origin(origin, host):
        return None
    return Refusal(
        "origin",
        f"Pages of {origin} may not call this server. "
        "If that is the UI's own address, name it in MAINT_UI_URL.",
    )


def _site(request: Request) -> Refusal | None:
    """A browser's own word on where the request comes from."""
    sites = request.header("sec-fetch-site")
    if not sites or sites == ("same-origin",):
        return None
    navigates = request.method in _READING and request.header("sec-fetch-mode") == ("navigate",)
    if sites == ("none",) and navigates:
        return None  # typed, or a bookmark
    # A link in a mail or chat may open a page of the UI in a tab, of which it can read nothing.
    in_a_tab = navigates and request.header("sec-fetch-dest") == ("document",)
    if (
        sites in (("cross-site",), ("same-site",))
        and in_a_tab
        and not request.path.startswith(_NOT_PAGES)
    ):
        return None
    return Refusal("site", "Another site sent this through the browser. Open the UI itself.")


def _path(request: Request) -> Refusal | None:
    if not request.path.startswith("/") or ".." in request.path.split("/"):
        return Refusal("path", "The request needs a path that begins with / and has no .. in it.")
    first = request.path.lstrip("/").lower()
    for start, reason in _CLOSED.items():
        if first.startswith(start):
            return Refusal("path", reason)
    return None


def _method(request: Request) -> Refusal | None:
    if request.method in _READING:
        return None
    if request.method != "POST" or request.path != GRAPHQL:
        return Refusal("method", f"Only GET and HEAD are answered here, and POST at {GRAPHQL}.")
    if len(sent := request.header("content-type")) == 1 and _JSON.fullmatch(sent[0]):
        return None
    return Refusal("content type", "A POST needs exactly one Content-Type: application/json.")


def _body(request: Request) -> Refusal | None:
    """A query belongs in the body: any page can make a browser request any URL."""
    if not request.path.startswith(GRAPHQL):
        return None
    # As Dagster reads it.
    if "query" in dict(parse_qsl(request.query, keep_blank_values=True)):
        return Refusal("query", "Send GraphQL as JSON in the body of a POST, not in the URL.")
    return None
