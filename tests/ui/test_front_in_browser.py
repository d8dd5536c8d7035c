"""The front of deploy/nginx and `maint serve` behind it, as production has them, in a browser."""

import pytest

from maint_pipeline.database.keeper import stop_keeping
from tests.attacks import BODY, IN_URL, MUTATION, runs
from tests.dev import DagsterUi, eventually, free_port, maint
from tests.end_to_end.test_serve import Serve
from tests.front import OPERATORS, PASSWORD, VIEWERS, front
from tests.ui.browser import launch_in_browser
from tests.ui.conftest import ANY_NAME
from tests.ui.test_other_origin import (
    BEACON,
    FORM,
    FRAME,
    GET,
    IMAGE,
    POST,
    SCRIPT,
    WEBSOCKET,
    hostile_port,
)  # fmt: skip

__all__ = ["hostile_port"]
pytestmark = [pytest.mark.full, pytest.mark.any_version]
USER = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { tags { key value } } } }"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The front, and the operators' web server behind it."""
    home = tmp_path_factory.mktemp("fronted") / "home"
    assert maint(home, "env").returncode == 0
    port, started = free_port(), []
    try:
        for name, more in ((OPERATORS, ()), (VIEWERS, ("--read-only",))):
            variables = {"MAINT_UI_URL": f"https://{name}:{port}"}
            started.append(Serve(home, *more, MAINT_USER_HEADER="X-Forwarded-User", **variables))
            started[-1].wait_until_up()
        ports = [serving.port for serving in started]
        with front(tmp_path_factory.mktemp("nginx"), *ports, port=port) as running:
            yield running, started[0]
    finally:
        for serving in started:
            serving.stop()
        stop_keeping(home)


@pytest.fixture
def signed_in(browser, served):
    """An operator's browser, which has the login at hand for whoever asks."""
    context = browser.new_context(
        ignore_https_errors=True, http_credentials={"username": "ada", "password": PASSWORD}
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    assert page.goto(served[0].address() + "/server_info").status == 200
    yield context
    context.close()


def test_an_operator_launches_by_the_launchpad(served, signed_in):
    running, serving = served
    page = signed_in.new_page()
    sockets, received = [], []

    def receive(frame) -> None:
        received.append(frame)

    def watch(socket) -> None:
        sockets.append(socket.url)
        socket.on("framereceived", receive)

    page.on("websocket", watch)
    run_id = launch_in_browser(DagsterUi(running.address()), page, "verify_backup_health")
    tags = serving.graphql(USER, id=run_id)["runOrError"]["tags"]
    assert {"key": "maint/user", "value": "ada"} in tags
    eventually(lambda: page.wait_for_timeout(200) or received)  # subscriptions come through
    assert all(url.startswith("wss://") for url in sockets)


def test_a_viewer_sees_the_pages_and_can_not_launch(served, signed_in):
    running, serving = served
    before = runs(serving)
    page = signed_in.new_page()
    page.goto(f"{running.address(VIEWERS)}/runs")
    page.get_by_role("tab", name="All").first.wait_for()
    launched = page.evaluate(
        """body => fetch('/graphql', {
            method: 'POST', body, headers: {'Content-Type': 'application/json'},
        }).then(answer => answer.text())""",
        BODY,
    )
    assert "UnauthorizedError" in launched
    assert runs(serving) == before


@pytest.mark.parametrize("host", ["127.0.0.1", f"evil.{OPERATORS}", ANY_NAME])
def test_a_page_elsewhere_does_nothing_with_the_operators_login(
    served, signed_in, hostile_port, host
):
    running, serving = served
    before = runs(serving)
    url = running.address()
    page = signed_in.new_page()
    page.goto(f"http://{host}:{hostile_port}/")
    for load in (IMAGE, SCRIPT, FRAME, GET):
        page.evaluate(load, url + IN_URL)
    for kind in ("text/plain", "text/plain; application/json", "application/json"):
        for mode in ("no-cors", "cors"):
            said = page.evaluate(POST, [f"{url}/graphql", BODY, kind, mode])
            assert "200" not in said
    page.evaluate(BEACON, [f"{url}/graphql", BODY])
    event = f"{url}/report_asset_materialization/forged"
    page.evaluate("url => fetch(url, {method: 'POST', mode: 'no-cors'}).catch(() => 0)", event)
    socket = url.replace("https", "wss") + "/graphql"
    assert page.evaluate(WEBSOCKET, [socket, MUTATION]) == "refused"
    with page.expect_popup() as opened:
        page.evaluate("url => { window.popup = window.open(url) }", url + IN_URL)
    opened.value.wait_for_load_state()
    with page.expect_response(lambda answer: answer.url.startswith(url)) as sent:
        page.evaluate(FORM, [f"{url}/graphql", BODY[:-1] + ', "ignored": "', '"}', "text/plain"])
    assert sent.value.status == 403
    assert runs(serving) == before
    assets = "{ assetRecordsOrError { ... on AssetRecordConnection { assets { key { path } } } } }"
    assert "forged" not in str(serving.graphql(assets))


def test_our_own_page_may_do_what_those_may_not(served, signed_in):
    """The same requests, so that the test above fails for the right reason."""
    running, _ = served
    page = signed_in.new_page()
    page.goto(f"{running.address()}/server_info")
    query = '{"query": "{ version }"}'
    said = page.evaluate(POST, [f"{running.address()}/graphql", query, "application/json", "cors"])
    assert said == "basic 200"
    socket = running.address().replace("https", "wss") + "/graphql"
    assert "Cannot query" in page.evaluate(WEBSOCKET, [socket, "subscription { nothing }"])
