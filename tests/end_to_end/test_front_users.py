"""The front of deploy/nginx for whom it is meant: pages, launches, and by whose name."""

import http.server
import json
import threading

import pytest

from tests.attacks import BODY
from tests.dev import LAUNCH, free_port
from tests.front import AUTHORIZATION, front
from tests.front_attacks import JSON, POST, WITHOUT_LOGIN, place

pytestmark = [pytest.mark.full, pytest.mark.any_version]

LAUNCHED = '{ runOrError(runId: "%s") { ... on Run { tags { key value } } } }'


def launched_by(fronted, bare_ui, *more: str, typed: str = "") -> str | None:
    """Launch a job by the front with our login, and tell which user the run has."""
    tags = [{"key": "maint/user", "value": typed}] if typed else []
    parameters = {
        "selector": {"repositoryLocationName": "maint_pipeline",
                     "repositoryName": "__repository__", "jobName": "verify_backup_health"},
        "executionMetadata": {"tags": tags},
    }  # fmt: skip
    body = json.dumps({"query": LAUNCH, "variables": {"parameters": parameters}})
    status, _, text = fronted.send([POST, "{us}", JSON, AUTHORIZATION, *more], body)
    assert status == 200, text
    run_id = text.partition('"runId":')[2].split('"')[1]
    found = bare_ui.graphql(LAUNCHED % run_id)["runOrError"]["tags"]
    return {tag["key"]: tag["value"] for tag in found}.get("maint/user")


@pytest.mark.parametrize(
    "spoofed",
    [
        (),
        ("X-Forwarded-User: root",),
        ("x-forwarded-user: root", "X-Forwarded-User: root"),
        ("X_Forwarded_User: root",),
        ("Connection: X-Forwarded-User",),
        ("Origin: {address}", "Sec-Fetch-Site: same-origin"),
    ],
    ids=["nothing", "header", "twice", "underscores", "hop by hop", "as the UI does"],
)
def test_an_operator_launches_and_is_recorded_by_his_own_name(fronted, bare_ui, spoofed):
    """What the attacks above try, done by whom it is meant for."""
    assert launched_by(fronted, bare_ui, *spoofed) == "ada"


def test_a_name_typed_into_the_launchpad_names_nobody(fronted, bare_ui):
    assert launched_by(fronted, bare_ui, typed="root") == "ada"


def test_the_pages_are_shown_with_their_headers(fronted):
    for path in ("/", "/runs?q=a//b", "/server_info", "/graphql", "/locations/x@y/jobs", "/none"):
        status, head, _ = fronted.send([f"GET {path} HTTP/1.1", "{us}", AUTHORIZATION,
                                        "Accept: text/html"])  # fmt: skip
        assert status == 200, (path, status)
        assert head.count("x-frame-options: deny") == 1 and "nosniff" in head
        assert "strict-transport-security" in head and "frame-ancestors 'none'" in head
        assert "nginx/" not in head


def test_a_link_from_elsewhere_opens_a_page_only(fronted):
    link = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]
    for path, expected in (("/runs", 200), ("/graphql", 403), ("/download_debug/x", 403)):
        lines = [f"GET {path} HTTP/1.1", "{us}", AUTHORIZATION, *link]
        assert fronted.send(lines)[0] == expected
    framed = [*link[:2], "Sec-Fetch-Dest: iframe"]
    assert fronted.send(["GET /runs HTTP/1.1", "{us}", AUTHORIZATION, *framed])[0] == 403


class _Proxy(http.server.BaseHTTPRequestHandler):
    """Answers as oauth2-proxy documents it: 202 with the user for a session, else 401."""

    def do_GET(self) -> None:
        known = self.path == "/oauth2/auth" and "session=ada" in self.headers.get("Cookie", "")
        sign_in = self.path.startswith("/oauth2/sign_in")
        self.send_response(202 if known else 200 if sign_in else 401)
        if known:
            self.send_header("X-Auth-Request-Email", "ada@example.com")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments) -> None: ...


@pytest.fixture(scope="module")
def signed_in(bare_ports, tmp_path_factory):
    """The front with oauth2-proxy as its login."""
    port = free_port()
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), _Proxy) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with front(tmp_path_factory.mktemp("oauth2"), *bare_ports, oauth2=port) as running:
            yield running
        server.shutdown()


@pytest.mark.parametrize("attack", [name for name in WITHOUT_LOGIN])
def test_nobody_gets_in_without_signing_in(signed_in, nothing_happens, attack):
    lines, body = WITHOUT_LOGIN[attack]
    status, head, text = signed_in.send(place(lines), body)
    assert status == 302 or status >= 400, status
    assert status != 302 or f"location: {signed_in.address()}/oauth2/sign_in?" in head
    assert "dagster" not in text.lower()


def test_the_signed_in_user_is_recorded(signed_in, bare_ui):
    session = "Cookie: session=ada"
    assert launched_by(signed_in, bare_ui, session, "X-Auth-Request-Email: root",
                       "X-Forwarded-User: root") == "ada@example.com"  # fmt: skip
    assert signed_in.send(["GET /oauth2/sign_in HTTP/1.1", "{us}"])[0] == 200
    # Its own question is nobody else's.
    assert signed_in.send(["GET /oauth2/auth HTTP/1.1", "{us}", session])[0] == 404
    foreign = [POST, "{us}", JSON, session, "Origin: https://evil.example"]
    assert signed_in.send(foreign, BODY)[0] == 403
