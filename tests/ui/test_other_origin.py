"""A hostile page in the operator's browser, on another origin: whatever it tries starts no run."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.attacks import BODY, IN_URL, MUTATION, runs
from tests.dev import free_port
from tests.ui.conftest import ANY_NAME

pytestmark = pytest.mark.full

IMAGE = """url => new Promise(done => {
    const image = new Image(); image.onload = image.onerror = () => done('tried'); image.src = url;
    document.body.append(image); })"""
SCRIPT = """url => new Promise(done => {
    const script = document.createElement('script'); script.src = url;
    script.onload = script.onerror = () => done('tried'); document.body.append(script); })"""
FRAME = """url => new Promise(done => {
    const frame = document.createElement('iframe'); frame.src = url;
    frame.onload = frame.onerror = () => done('tried'); document.body.append(frame); })"""
GET = "url => fetch(url, {mode: 'no-cors', credentials: 'include'}).then(a => a.type, e => `${e}`)"
POST = """([url, body, type, mode]) => fetch(url, {
    method: 'POST', mode, body, credentials: 'include', headers: {'Content-Type': type},
}).then(async a => `${a.type} ${a.status}`, e => `${e}`)"""
BEACON = """([url, body]) => { try {
    return navigator.sendBeacon(url, new Blob([body], {type: 'application/json'}));
} catch (e) { return `${e}` } }"""
# The browser writes name=value: the JSON's last text takes the equals sign.
FORM = """([url, name, value, enctype]) => {
    const form = document.createElement('form');
    form.method = 'post'; form.action = url; form.enctype = enctype;
    const input = document.createElement('input'); input.name = name; input.value = value;
    form.append(input); document.body.append(form); form.submit(); }"""
WEBSOCKET = """([url, query]) => new Promise(done => {
    const socket = new WebSocket(url, 'graphql-ws');
    socket.onerror = () => done('refused');
    socket.onopen = () => {
        socket.send(JSON.stringify({type: 'connection_init'}));
        socket.send(JSON.stringify({type: 'start', id: '1', payload: {query}}));
    };
    socket.onmessage = event => { if (JSON.parse(event.data).id) done(event.data); }; })"""


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>free prizes</title><body>")

    def log_message(self, *arguments) -> None: ...


@pytest.fixture(scope="module")
def hostile_port() -> Iterator[int]:
    port = free_port()
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield port
        server.shutdown()


@pytest.fixture(params=["127.0.0.1", "evil.localhost", ANY_NAME])
def hostile(request, browser, dev, hostile_port) -> Iterator[Page]:
    """The hostile page: on another port, on a name of this machine, on a name of the web."""
    opened = browser.new_page()
    opened.set_default_timeout(30_000)
    opened.goto(f"http://{request.param}:{hostile_port}/")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_run_starts(dev):
    before = runs(dev)
    yield
    assert runs(dev) == before


@pytest.mark.parametrize(
    "load", [IMAGE, SCRIPT, FRAME, GET], ids=["img", "script", "iframe", "fetch"]
)
def test_a_mutation_by_get(dev, hostile, load):
    hostile.evaluate(load, dev.address + IN_URL)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "text/plain; application/json", "application/x-www-form-urlencoded"],
)
def test_fetch_with_a_simple_content_type(dev, hostile, content_type):
    url = f"{dev.address}/graphql"
    assert "200" not in hostile.evaluate(POST, [url, BODY, content_type, "no-cors"])


@pytest.mark.parametrize("content_type", ["application/json", "application/graphql"])
def test_fetch_that_needs_a_preflight(dev, hostile, content_type):
    body = BODY if "json" in content_type else MUTATION
    answer = hostile.evaluate(POST, [f"{dev.address}/graphql", body, content_type, "cors"])
    assert "Failed to fetch" in answer


def test_a_beacon(dev, hostile):
    hostile.evaluate(BEACON, [f"{dev.address}/graphql", BODY])
    hostile.wait_for_timeout(1000)


@pytest.mark.parametrize("enctype", ["text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", ["/graphql", IN_URL], ids=["body", "URL"])
def test_a_form(dev, hostile, enctype, path):
    name = BODY[:-1] + ', "ignored": "'
    with hostile.expect_response(lambda answer: answer.url.startswith(dev.address)) as sent:
        hostile.evaluate(FORM, [dev.address + path, name, '"}', enctype])
    assert sent.value.status == 403


def test_an_asset_event(dev, hostile):
    url = f"{dev.address}/report_asset_materialization/forged"
    hostile.evaluate("url => fetch(url, {method: 'POST', mode: 'no-cors'}).catch(() => 0)", url)
    found = dev.graphql(
        "{ assetRecordsOrError { ... on AssetRecordConnection { assets { key { path } } } } }"
    )
    keys = [asset["key"]["path"] for asset in found["assetRecordsOrError"]["assets"]]
    assert ["forged"] not in keys


def test_a_websocket(dev, hostile):
    url = dev.address.replace("http", "ws") + "/graphql"
    assert hostile.evaluate(WEBSOCKET, [url, MUTATION]) == "refused"


def test_a_window_that_is_opened_leads_nowhere(dev, hostile):
    with hostile.expect_popup() as opened:
        hostile.evaluate("url => { window.popup = window.open(url) }", dev.address + IN_URL)
    popup = opened.value
    popup.wait_for_load_state()
    assert "Another site sent this" in popup.content()
    popup.close()


def test_a_link_to_a_run_opens_its_page_and_shows_the_other_site_nothing(dev, hostile):
    """As in a mail or a chat that is read in the browser."""
    with hostile.expect_popup() as opened:
        hostile.evaluate("url => { window.popup = window.open(url) }", f"{dev.address}/runs")
    popup = opened.value
    popup.get_by_role("tab", name="All").first.wait_for()
    assert hostile.evaluate("() => window.popup.closed")  # as far as that page can tell
    popup.close()


def test_dns_rebinding(dev, page):
    """A name of the attacker that leads to us by now: for the browser it is one origin."""
    address = f"http://{ANY_NAME}:{dev.port}"
    answer = page.goto(address)
    assert answer and answer.status == 403
    assert ANY_NAME in page.content() and "MAINT_ALLOWED_HOSTS" in page.content()
    said = page.evaluate(POST, [f"{address}/graphql", BODY, "application/json", "cors"])
    assert said == "basic 403"
    websocket = address.replace("http", "ws") + "/graphql"
    assert page.evaluate(WEBSOCKET, [websocket, MUTATION]) == "refused"


def test_our_own_page_may_do_what_those_may_not(dev, page):
    """The same requests, so that the tests above fail for the right reason."""
    page.goto(f"{dev.address}/server_info")
    query = '{"query": "{ version }"}'
    said = page.evaluate(POST, [f"{dev.address}/graphql", query, "application/json", "cors"])
    assert said == "basic 200"
    websocket = dev.address.replace("http", "ws") + "/graphql"
    assert "Cannot query" in page.evaluate(WEBSOCKET, [websocket, "subscription { nothing }"])


def test_the_query_editor_works(dev, page):
    page.goto(f"{dev.address}/graphql")
    editor = page.locator(".graphiql-query-editor .CodeMirror, .graphiql-editor .CodeMirror").first
    editor.evaluate("element => element.CodeMirror.setValue('{ version }')")
    page.get_by_role("button", name="Execute query").click()
    page.get_by_text('"version"').first.wait_for()
