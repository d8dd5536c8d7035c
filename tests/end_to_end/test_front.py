"""Attacks on deploy/nginx, with nothing behind it but Dagster's own web server, without our guard.

So what holds here holds by the front alone. `maint serve`, which production puts behind it, would
refuse most of this once more (test_guard.py).
"""

import json
import struct
from base64 import b64encode
from contextlib import closing

import pytest

from tests.attacks import BODY, MUTATION, runs, send
from tests.front import AUTHORIZATION, OPERATORS, PASSWORD, VIEWERS, read_all
from tests.front_attacks import (
    GET_IN_URL,
    JSON,
    MUTATIONS,
    POST,
    UPGRADE,
    WITH_LOGIN,
    WITHOUT_LOGIN,
    place,
)

pytestmark = [pytest.mark.full, pytest.mark.any_version]


@pytest.mark.parametrize("attack", WITHOUT_LOGIN)
@pytest.mark.parametrize("name", [OPERATORS, VIEWERS])
def test_nobody_gets_in_without_a_login(fronted, nothing_happens, attack, name):
    lines, body = WITHOUT_LOGIN[attack]
    status, _, text = fronted.send(place(lines), body, name)
    assert status in (400, 401, 403, 404, 405, 409), status
    assert "dagster" not in text.lower()


@pytest.mark.parametrize("attack", WITH_LOGIN)
def test_no_other_page_acts_with_an_operators_login(fronted, nothing_happens, attack):
    lines, body = WITH_LOGIN[attack]
    status, _, text = fronted.send(place(lines, AUTHORIZATION), body)
    assert status == 0 or status >= 400, (status, text[:300])
    assert "LaunchRunSuccess" not in text


def answer(fronted, query: str, name: str, *more: str) -> dict:
    lines = [POST, "{us}", JSON, AUTHORIZATION, *more]
    status, _, text = fronted.send(lines, json.dumps({"query": query}), name)
    assert status in (200, 400, 500), (status, text)
    return json.loads(text[text.index("{") : text.rindex("}") + 1])


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_viewer_changes_nothing(fronted, nothing_happens, mutation):
    found = answer(fronted, MUTATIONS[mutation], VIEWERS)
    assert found.get("errors") or "UnauthorizedError" in json.dumps(found["data"]), found


def test_the_viewers_password_does_not_open_the_operators_server(fronted, nothing_happens):
    login = "Authorization: Basic " + b64encode(f"vera:{PASSWORD}".encode()).decode()
    assert fronted.send([POST, "{us}", JSON, login], BODY)[0] == 401
    # Nor by a handshake with the viewers' name, and the operators' Host in it.
    lines = [POST, f"Host: {OPERATORS}:{fronted.port}", JSON, login]
    assert fronted.send(lines, BODY, VIEWERS)[0] in (401, 421)


def test_another_name_is_not_answered(fronted, nothing_happens):
    with pytest.raises(OSError):
        fronted.connect("evil.example")
    for host in ("evil.example", f"{OPERATORS}.evil.example", f"127.0.0.1:{fronted.port}"):
        assert fronted.send([POST, f"Host: {host}", JSON, AUTHORIZATION], BODY)[0] in (0, 400)
    absolute = "POST https://evil.example/graphql HTTP/1.1"
    assert fronted.send([absolute, "{us}", JSON, AUTHORIZATION], BODY)[0] in (0, 400)
    assert fronted.send([POST.replace("1.1", "1.0"), JSON, AUTHORIZATION], BODY)[0] in (0, 400)


def frame(text: str) -> bytes:
    """A frame of a WebSocket from a client."""
    payload = text.encode()
    return struct.pack("!BBH4x", 0x81, 0xFE, len(payload)) + payload


def websocket(fronted, name: str, query: str) -> str:
    """Open the UI's own WebSocket, ask by it, and give all that comes until it is closed."""
    lines = ["GET /graphql HTTP/1.1", f"Host: {name}:{fronted.port}", AUTHORIZATION,
             f"Origin: {fronted.address(name)}", "Connection: Upgrade", *UPGRADE]  # fmt: skip
    with fronted.connect(name) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        assert b" 101 " in connection.recv(20)
        payload = {"type": "start", "id": "1", "payload": {"query": query}}
        connection.sendall(frame('{"type": "connection_init"}') + frame(json.dumps(payload)))
        said = ""
        while '"id":"1"' not in said.replace(" ", "") and (more := connection.recv(65536)):
            said += more.decode("latin-1")
        return said


@pytest.mark.parametrize("name", [OPERATORS, VIEWERS])
def test_a_websocket_carries_no_mutation(fronted, nothing_happens, name):
    assert "LaunchRunSuccess" not in websocket(fronted, name, MUTATION)


def test_a_websocket_carries_subscriptions(fronted):
    """The same, so that the test above fails for the right reason."""
    assert "Cannot query field" in websocket(fronted, OPERATORS, "subscription { nothing }")


def test_a_slow_request_is_ended_and_never_reaches_dagster(fronted, nothing_happens):
    """Dagster is asked only once the whole body is there."""
    lines = [POST, f"Host: {OPERATORS}:{fronted.port}", JSON, AUTHORIZATION]
    head = "\r\n".join([*lines, f"Content-Length: {len(BODY)}", "", ""])
    with closing(fronted.connect()) as body, closing(fronted.connect()) as header:
        body.sendall((head + BODY[:-1]).encode())
        header.sendall(head[:-2].encode())
        assert " 408 " in (read_all(body) or " 408 ")
        assert " 200 " not in read_all(header)


def test_what_is_sent_without_tls_is_led_to_tls(fronted, nothing_happens):
    status, headers, _ = send(fronted.plain_port, [POST, f"Host: {OPERATORS}", JSON], BODY)
    assert status == 308 and headers["location"] == f"https://{OPERATORS}/graphql"


def test_past_the_front_these_attacks_succeed(bare_ports, bare_ui):
    """So that the tests above fail for the right reason; and why nobody may get past it."""
    before = runs(bare_ui)
    port = bare_ports[0]
    us = f"Host: 127.0.0.1:{port}"
    for lines, body in (
        ([GET_IN_URL, us], ""),
        ([POST, us, "Content-Type: text/plain; application/json", "Origin: https://evil"], BODY),
        ([POST, "Host: evil.example", JSON], BODY),
    ):
        assert send(port, lines, body)[0] == 200
    assert runs(bare_ui) == before + 3


def test_there_are_at_least_forty_attacks():
    assert len(WITHOUT_LOGIN) * 3 + len(WITH_LOGIN) + len(MUTATIONS) >= 40
