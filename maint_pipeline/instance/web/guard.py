"""The rules around an ASGI application: refusals, and security headers on every answer."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maint_pipeline.instance.web.addresses import Ours
from maint_pipeline.instance.web.rules import Refusal, Request, refusal

logger = logging.getLogger("maint_pipeline.instance.web")
MAXIMUM_LOGGED = 200
"""Different refusals that are logged: a page that tries on and on must not fill the disk."""

# Beside the policy for scripts that Dagster sends with its page: browsers follow both.
_CONTENT_POLICY = "; ".join(
    (
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
        "connect-src 'self'",
        # What tasks record may hold text of the application: it can't have a browser call home.
        "img-src 'self' data: blob:",
        "media-src 'self'",
        "font-src 'self' data:",
        "frame-src 'none'",
    )
)
SECURITY_HEADERS = (
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_OURS = frozenset(name for name, _ in SECURITY_HEADERS)
_REFUSAL_HEADERS = (
    (b"content-type", b"text/plain; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"connection", b"close"),
)


class Guard:
    """An ASGI application that lets in to another one what the rules allow.

    Args:
        app: the application behind it.
        ours: the names under which the server may be called.
    """

    def __init__(self, app: ASGIApp, ours: Ours) -> None:
        self._app = app
        self._ours = ours
        self._logged: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif refused := refusal(_request(scope), self._ours):
            self._log(refused)
            await _refuse(scope, send, refused)
        else:
            await self._app(scope, receive, _with_security_headers(send))

    def _log(self, refused: Refusal) -> None:
        # Only the reason: a URL or a header may hold anything.
        if refused.reason in self._logged or len(self._logged) >= MAXIMUM_LOGGED:
            return
        self._logged.add(refused.reason)
        logger.warning("Refused (%s), logged once: %s", refused.rule, refused.reason)


def _request(scope: Scope) -> Request:
    return Request(
        method=scope.get("method", "GET"),
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers=[
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
        ],
    )


def _with_security_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"].endswith("http.response.start"):
            message["headers"] = _secured(message.get("headers", ()))
        await send(message)

    return send_with_headers


def _secured(headers: Any) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
    return [*kept, *SECURITY_HEADERS, (b"content-security-policy", _CONTENT_POLICY.encode())]


async def _refuse(scope: Scope, send: Send, refused: Refusal) -> None:
    prefix = ""
    is_websocket = scope["type"] == "websocket"
    if is_websocket:
        if "websocket.http.response" not in scope.get("extensions", {}):
            await send({"type": "websocket.close"})  # the server makes a bare 403 of it
            return
        prefix = "websocket."
    body = f"{refused.reason}\n".encode()
    headers = [*_REFUSAL_HEADERS, (b"content-length", str(len(body)).encode())]
    start = {"type": f"{prefix}http.response.start", "status": 403, "headers": _secured(headers)}
    await send(start)
    if scope.get("method") == "HEAD":
        body = b""
    await send({"type": f"{prefix}http.response.body", "body": body})
    if is_websocket:
        # uvicorn logs an error, as often as a page tries, when we return before it has closed the
        # connection, which it does in the next turn of the loop.
        await asyncio.sleep(0)
