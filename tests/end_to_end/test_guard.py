"""The guard around the web server of a real `maint dev`, met by forged requests."""

import json

import pytest

from maint_pipeline.instance.web.guard import SECURITY_HEADERS
from tests.attacks import BODY, IN_URL, runs, send

pytestmark = pytest.mark.full

JSON = "Content-Type: application/json"
UPGRADE = [
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol: graphql-ws",
]
POST = "POST /graphql HTTP/1.1"


def us(dev) -> str:
    return f"Host: 127.0.0.1:{dev.port}"


ATTACKS = {
    "GET": ([f"GET {IN_URL} HTTP/1.1", "{us}"], ""),
    "GET as a page": ([f"GET {IN_URL} HTTP/1.1", "{us}", "Accept: text/html"], ""),
    "HEAD": ([f"HEAD {IN_URL} HTTP/1.1", "{us}"], ""),
    "GET with another spelling": (
        [f"GET {IN_URL.replace('query=', 'q%75ery=')} HTTP/1.1", "{us}"], ""),
    "GET of another path's spelling": (
        [f"GET {IN_URL.replace('/graphql', '/%67raphql')} HTTP/1.1", "{us}"], ""),
    "POST in the URL": ([f"POST {IN_URL} HTTP/1.1", "{us}", JSON], "{}"),
    "POST without content type": ([POST, "{us}"], BODY),
    "POST in the URL without body": ([f"POST {IN_URL} HTTP/1.1", "{us}"], ""),
    "text/plain": ([POST, "{us}", "Content-Type: text/plain"], BODY),
    "text/plain; application/json": (
        [POST, "{us}", "Content-Type: text/plain; application/json"], BODY),
    "application/graphql": (
        [POST, "{us}", "Content-Type: application/graphql"], json.loads(BODY)["query"]),
    "two content types": ([POST, "{us}", JSON, "Content-Type: text/plain"], BODY),
    "a form": ([POST, "{us}", "Content-Type: application/x-www-form-urlencoded"], BODY),
    "a foreign origin": ([POST, "{us}", JSON, "Origin: http://evil.example"], BODY),
    "another port": ([POST, "{us}", JSON, "Origin: http://127.0.0.1:1"], BODY),
    "the origin null": ([POST, "{us}", JSON, "Origin: null"], BODY),
    "two origins": ([POST, "{us}", JSON, "Origin: {address}", "Origin: http://evil.example"], BODY),
    "a foreign site": ([POST, "{us}", JSON, "Sec-Fetch-Site: cross-site"], BODY),
    "DNS rebinding": ([POST, "Host: evil.example", JSON], BODY),
    "DNS rebinding with our port": ([POST, "Host: evil.example:{port}", JSON], BODY),
    "DNS rebinding with its own origin": (
        [POST, "Host: evil.example:{port}", JSON, "Origin: http://evil.example:{port}",
         "Sec-Fetch-Site: same-origin"], BODY),
    "a trailing dot": ([POST, "Host: localhost.:{port}", JSON], BODY),
    "a user in the host": ([POST, "Host: 127.0.0.1:{port}@evil.example", JSON], BODY),
    "X-Forwarded-Host": (
        [POST, "Host: evil.example", "X-Forwarded-Host: 127.0.0.1:{port}",
         "X-Forwarded-For: 127.0.0.1", JSON], BODY),
    "asset materialization": (["POST /report_asset_materialization/a HTTP/1.1", "{us}"], ""),
    "asset check": (["POST /report_asset_check/a?passed=true&check_name=x HTTP/1.1", "{us}"], ""),
    "asset observation": (
        ["POST /report_asset_observation/ HTTP/1.1", "{us}", JSON], '{"asset_key": "a"}'),
    "PUT": (["PUT /graphql HTTP/1.1", "{us}", JSON], BODY),
    "a preflight": (
        ["OPTIONS /graphql HTTP/1.1", "{us}", "Origin: http://evil.example",
         "Access-Control-Request-Method: POST",
         "Access-Control-Request-Headers: content-type"], ""),
    "a WebSocket": (["GET /graphql HTTP/1.1", "{us}", "Origin: http://evil.example", *UPGRADE], ""),
    "a WebSocket from null": (["GET /graphql HTTP/1.1", "{us}", "Origin: null", *UPGRADE], ""),
    "a WebSocket rebound": (
        ["GET /graphql HTTP/1.1", "Host: evil.example:{port}", "Origin: http://evil.example:{port}",
         *UPGRADE], ""),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_says_why_and_starts_nothing(dev, attack):
    before = runs(dev)
    lines, body = ATTACKS[attack]
    known = {"{us}": us(dev), "{port}": str(dev.port), "{address}": dev.address}
    for name, value in known.items():
        lines = [line.replace(name, value) for line in lines]
    status, headers, text = send(dev.port, lines, body)
    assert runs(dev) == before
    assert status == 403
    assert text.strip().count("\n") == 0
    assert attack == "HEAD" or len(text) > 20
    assert headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "lines",
    [
        ["POST http://evil.example/graphql HTTP/1.1", "{us}", JSON],
        ["POST {address}/graphql HTTP/1.1", "Host: evil.example", JSON],
        [POST, JSON],
        [POST, "{us}", "Host: evil.example", JSON],
        [POST, "Host: evil.example", "{us}", JSON],
        ["POST /graphql HTTP/1.0", JSON],
    ],
    ids=["absolute", "absolute, ours", "no host", "two hosts", "two hosts, ours last", "HTTP/1.0"],
)
def test_a_request_that_is_not_one_is_refused(dev, lines):
    before = runs(dev)
    lines = [x.replace("{us}", us(dev)).replace("{address}", dev.address) for x in lines]
    status, _, _ = send(dev.port, lines, BODY)
    assert runs(dev) == before
    assert status in (400, 403)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
@pytest.mark.parametrize("content_type", [JSON, "content-type: application/json; charset=utf-8"])
def test_a_program_on_this_machine_is_let_in(dev, name, content_type):
    status, _, text = send(
        dev.port, [POST, f"Host: {name}:{dev.port}", content_type], '{"query": "{ version }"}'
    )
    assert status == 200
    assert json.loads(text)["data"]["version"]


@pytest.mark.parametrize("origin", [None, "{address}"], ids=["a program", "our page"])
def test_a_websocket_of_our_own_is_opened(dev, origin):
    lines = ["GET /graphql HTTP/1.1", us(dev), *UPGRADE]
    if origin:
        lines.append(f"Origin: {dev.address}")
    status, headers, _ = send(dev.port, lines)
    assert status == 101
    assert headers["sec-websocket-protocol"] == "graphql-ws"


@pytest.mark.parametrize(
    "path", ["/", "/runs", "/favicon.png", "/server_info", "/graphql", "/logs/x/y", "/_next/none"]
)
def test_security_headers_are_on_every_answer(dev, path):
    status, headers, _ = send(dev.port, [f"GET {path} HTTP/1.1", us(dev), "Connection: close"])
    assert status in (200, 400, 404)
    for name, value in SECURITY_HEADERS:
        assert headers[name.decode()] == value.decode()
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_refusals_are_logged_once_and_without_what_was_sent(dev):
    lines = [f"GET {IN_URL}&token=s3cret HTTP/1.1", us(dev), "Authorization: Bearer s3cret"]
    for _ in range(3):
        assert send(dev.port, lines)[0] == 403
        assert send(dev.port, ["GET / HTTP/1.1", "Host: ada:s3cret@once.example"])[0] == 403
        assert send(dev.port, ["GET / HTTP/1.1", "Host: once.example"])[0] == 403
        websocket = ["GET /graphql HTTP/1.1", us(dev), "Origin: http://once.example", *UPGRADE]
        assert send(dev.port, websocket)[0] == 403
    log = (dev.home / "logs" / "webserver.log").read_text()
    assert log.count("The host once.example is not ours") == 1
    assert log.count("not in the URL") == 1
    assert "s3cret" not in log
    assert "Traceback" not in log and "ERROR" not in log
